import { Problem } from '@selene/shapes'
import { describe, expect, test } from 'vitest'
import { manualClock } from '../../testing/manual-clock.ts'
import { memoryKeychain } from '../memory-keychain.ts'
import { createAttempts, delayAfter } from './attempts.ts'
import { keepNote } from './note.ts'

const fails = (): Promise<never> => Promise.reject(new Problem('store/wrong-secret'))
const opens = (): Promise<string> => Promise.resolve('open')
const wrong = { code: 'store/wrong-secret' }
const waits = (seconds: number) => ({ code: 'store/attempts', retryAfterSeconds: seconds })

function device(keychain = memoryKeychain(), clock = manualClock()) {
  const note = keepNote(keychain)
  return { keychain, clock, note, attempts: createAttempts({ note, clock }) }
}
type Device = ReturnType<typeof device>

/** The same device after its process has ended. */
const restarted = ({ keychain }: Device, clock = manualClock()): Device => device(keychain, clock)

async function failTimes({ attempts, clock }: Device, times: number): Promise<void> {
  for (let i = 1; i <= times; i++) {
    await expect(attempts.run('pin', fails)).rejects.toMatchObject(wrong)
    if (i < times) clock.advance(delayAfter(i))
  }
}

describe('K9 attempts', () => {
  test('are free four times, then wait from half a minute to an hour', () => {
    expect([1, 4, 5, 6, 7, 11, 12, 13, 1_000].map(delayAfter)).toEqual([
      0, 0, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000,
    ])
  })

  test('before their time are not made, and say how long it is', async () => {
    const on = device()
    await failTimes(on, 5)
    let asked = 0
    const counts = async (): Promise<void> => void (asked += 1)
    await expect(on.attempts.run('pin', counts)).rejects.toMatchObject(waits(30))
    on.clock.advance(29_000)
    await expect(on.attempts.run('pin', counts)).rejects.toMatchObject(waits(1))
    expect(asked).toBe(0)
    on.clock.advance(1_000)
    await on.attempts.run('pin', counts)
    expect(asked).toBe(1)
  })

  test('begin anew after a success', async () => {
    const on = device()
    await failTimes(on, 4)
    expect(await on.attempts.run('pin', opens)).toBe('open')
    await failTimes(on, 4)
    expect(await restarted(on).attempts.run('pin', opens)).toBe('open')
  })

  test('of the passphrase are counted apart', async () => {
    const on = device()
    await failTimes(on, 5)
    expect(await on.attempts.run('passphrase', opens)).toBe('open')
    await expect(on.attempts.run('pin', opens)).rejects.toMatchObject(waits(30))
  })

  test('are counted before they are made: a process that is killed meanwhile gains none', async () => {
    let on = device()
    for (let i = 0; i < 5; i++) {
      void on.attempts.run('pin', () => new Promise(() => {}))
      await expect.poll(async () => (await on.note.read()).failures?.pin?.count).toBe(i + 1)
      on = restarted(on)
    }
    await expect(on.attempts.run('pin', opens)).rejects.toMatchObject(waits(30))
  })

  test('wait on across a restart, by the clock', async () => {
    const start = 1_780_000_000_000
    const on = device(memoryKeychain(), manualClock(start))
    await failTimes(on, 5)
    const later = restarted(on, manualClock(on.clock.now() + 10_000))
    await expect(later.attempts.run('pin', opens)).rejects.toMatchObject(waits(20))
    later.clock.advance(20_000)
    expect(await later.attempts.run('pin', opens)).toBe('open')
  })

  test('wait from the beginning when the clock was set back', async () => {
    const on = device()
    await failTimes(on, 5)
    const back = restarted(on, manualClock(on.clock.now() - 86_400_000))
    await expect(back.attempts.run('pin', opens)).rejects.toMatchObject(waits(30))
    back.clock.advance(30_000)
    expect(await back.attempts.run('pin', opens)).toBe('open')
  })

  test('setting the clock while the process runs helps nobody', async () => {
    const on = device()
    await failTimes(on, 5)
    on.clock.advance(-86_400_000)
    await expect(on.attempts.run('pin', opens)).rejects.toMatchObject(waits(30))
    on.clock.advance(30_000)
    expect(await on.attempts.run('pin', opens)).toBe('open')
  })

  test('go on when the note cannot be written, and are counted in memory', async () => {
    const full = { ...memoryKeychain(), writeNote: () => Promise.reject(new Error('full')) }
    const on = device(full)
    await failTimes(on, 5)
    await expect(on.attempts.run('pin', opens)).rejects.toMatchObject(waits(30))
    on.clock.advance(30_000)
    expect(await on.attempts.run('pin', opens)).toBe('open')
  })
})
