import { Problem } from '@selene/shapes'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import type { Outbox, Sent } from './outbox.ts'
import { startSender, type Sender } from './sender.ts'

let clock: ManualClock
let sender: Sender
afterEach(() => sender.stop())

/** A sender of an outbox that does what it is told, one send after the other. */
function start(...results: (Sent['sent'] | 'full' | Problem | Promise<Sent>)[]) {
  clock = manualClock()
  const sends: AbortSignal[] = []
  const reported: (string | undefined)[] = []
  const outbox: Outbox = {
    enqueue: async () => {},
    wasRolledBack: () => false,
    counts: async () => ({ unsent: 0, setAside: 0 }),
    async sendOnce(signal) {
      sends.push(signal!)
      const result = results.shift() ?? 'nothing'
      if (result instanceof Problem) throw result
      if (typeof result !== 'string') return result
      if (result === 'put-back') return { sent: result, code: 'doc/chain' }
      return result === 'nothing' ? { sent: result } : { sent: 'batch', more: result === 'full' }
    },
  }
  sender = startSender({
    outbox,
    clock,
    random: systemRandom,
    report: (problem) => reported.push(problem?.code),
  })
  return { sends, reported, results }
}

/** Waits until a timer is set, and says for how long. */
const resting = (): Promise<number> =>
  vi.waitUntil(() => clock.waits()[0], { timeout: 2_000, interval: 1 })

const monthMs = 2 ** 31 - 1

describe('the sender', () => {
  test('sends until nothing is left, then rests until it is woken', async () => {
    const { sends } = start('batch', 'batch')
    while ((await resting()) <= 250) clock.advance(250)
    expect(sends).toHaveLength(3)
    expect(await resting()).toBe(monthMs)
    sender.wake()
    await expect.poll(() => sends.length).toBe(4)
  })

  test('C11 sends at once after 250 ms without sending, and collects what follows for 250 ms', async () => {
    const { sends, results } = start('batch')
    expect(await resting()).toBe(250)
    sender.wake()
    expect(clock.waits()).toEqual([250])
    clock.advance(250)
    await expect.poll(() => clock.waits()).toEqual([monthMs])
    expect(sends).toHaveLength(2)
    results.push('batch')
    sender.wake()
    await expect.poll(() => clock.waits()).toEqual([250])
    expect(sends).toHaveLength(3)
  })

  test('C11 what had no room in a request goes right after it', async () => {
    const { sends } = start('full', 'full', 'batch')
    expect(await resting()).toBe(250)
    expect(sends).toHaveLength(3)
  })

  test('C11 does not wait after it has looked and found nothing', async () => {
    const { sends } = start()
    for (const looks of [2, 3]) {
      expect(await resting()).toBe(monthMs)
      sender.wake()
      await expect.poll(() => sends.length).toBe(looks)
    }
    await expect.poll(() => clock.waits()).toEqual([monthMs])
  })

  test('collects no longer when the clock is set back', async () => {
    start('batch')
    await resting()
    clock.advance(250)
    await expect.poll(() => clock.waits()).toEqual([monthMs])
    clock.advance(-3_600_000)
    sender.wake()
    await expect.poll(() => clock.waits()).toEqual([250])
  })

  test('honours Retry-After, whatever is written meanwhile', async () => {
    const busy = new Problem('server/overloaded', { retryAfterSeconds: 30 })
    const { sends, reported } = start(busy)
    expect(await resting()).toBe(30_000)
    sender.wake()
    await sender.flush()
    clock.advance(29_999)
    expect(clock.waits()).toEqual([1])
    expect(sends).toHaveLength(1)
    clock.advance(1)
    await expect.poll(() => sends.length).toBe(2)
    expect(reported).toEqual(['server/overloaded'])
  })

  test('C17 tries again by itself after a full disk, as nobody says that there is room', async () => {
    const { sends } = start(new Problem('store/full'), 'batch')
    expect(await resting()).toBeLessThanOrEqual(250)
    clock.advance(500)
    await expect.poll(() => sends.length).toBeGreaterThan(1)
  })

  test('C17 waits no longer than it would when the clock jumps by years, and sends once', async () => {
    const years = 10 * 365 * 86_400_000
    const { sends, results } = start('nothing')
    for (const jump of [-years, years, -2 * years]) {
      expect(await resting()).toBe(monthMs)
      results.push(new Problem('server/unreachable'), 'nothing')
      clock.advance(jump)
      const before = sends.length
      sender.wake()
      for (let wait = await resting(); wait !== monthMs; wait = await resting()) {
        expect(wait).toBeLessThanOrEqual(250)
        clock.advance(Math.ceil(wait))
      }
      expect(sends).toHaveLength(before + 2)
    }
  })

  test('waits ever longer while the server cannot be reached, but is woken by what may help', async () => {
    const away = new Problem('server/unreachable')
    const { sends } = start(away, away, away, away, away, away, away)
    const waits: number[] = []
    for (let i = 1; i < 7; i++) {
      waits.push(await resting())
      clock.advance(waits.at(-1)!)
      if ((await resting()) <= 250 && sends.length === i) clock.advance(250)
      await expect.poll(() => sends.length).toBe(i + 1)
    }
    expect(Math.max(...waits)).toBeGreaterThan(2_000)
    sender.wake()
    await expect.poll(() => clock.waits()).toEqual([250])
  })

  test('does not hammer a server that has it seal again and again', async () => {
    const { reported } = start('put-back', 'put-back', 'put-back', 'put-back', 'batch')
    const waits: number[] = []
    while (reported.length < 4) {
      const wait = await resting()
      waits.push(wait)
      clock.advance(wait)
    }
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(125 + 250 + 500)
    expect(reported).toEqual(['doc/chain', 'doc/chain', 'doc/chain', 'doc/chain'])
  })

  test('rests after a lasting problem until it is woken', async () => {
    start(new Problem('outbox/sequence-lost'))
    expect(await resting()).toBe(monthMs)
  })
})

describe('flush', () => {
  test('waits for what was written before it, not for a send that began earlier', async () => {
    const { promise, resolve } = Promise.withResolvers<Sent>()
    const { sends } = start(promise, 'batch')
    await expect.poll(() => sends.length).toBe(1)
    const flush = sender.flush()
    const early = vi.fn()
    void flush.then(early)
    resolve({ sent: 'nothing' })
    await resting()
    expect(early).not.toHaveBeenCalled()
    await expect
      .poll(() => {
        clock.advance(250)
        return early.mock.calls.length
      })
      .toBe(1)
    expect(sends).toHaveLength(3)
  })

  test('ends for everyone who asked, when sending fails too', async () => {
    const { results } = start()
    await resting()
    results.push(new Problem('server/unreachable'))
    await Promise.all([sender.flush(), sender.flush()])
  })

  test('ends when the sender stops, and at once when it has', async () => {
    const { sends } = start(new Promise<Sent>(() => {}))
    await expect.poll(() => sends.length).toBe(1)
    expect(sends[0]!.aborted).toBe(false)
    void sender.stop()
    expect(sends[0]!.aborted).toBe(true)
    sender = { ...sender, stop: async () => {} }
    await sender.flush()
  })

  test('that waits when the sender stops is let go', async () => {
    const { promise, resolve } = Promise.withResolvers<Sent>()
    const { sends } = start(promise)
    await expect.poll(() => sends.length).toBe(1)
    const flush = sender.flush()
    const stopped = sender.stop()
    resolve({ sent: 'batch', more: false })
    await Promise.all([flush, stopped])
  })
})
