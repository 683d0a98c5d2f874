import { bytesToBase64url, Problem, type Notice } from '@selene/shapes'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import {
  scriptedSockets,
  type ScriptedSocket,
  type ScriptedSockets,
} from '../testing/scripted-sockets.ts'
import { openTestDevice, signIn, type TestDevice } from '../testing/test-device.ts'
import { problemResponse, sessionNumber, someId } from '../testing/scripted-server.ts'
import { startLiveSocket, type LiveSocket } from './live-socket.ts'

const ticket = bytesToBase64url(new Uint8Array(32).fill(7))
const standing = (id: number): Notice => ({
  type: 'notice',
  id,
  kind: 'standing',
  alert: someId('d'),
})
const hello = (id: number) => ({ type: 'hello', last_id: id })
const ack = (id: number) => ({ type: 'ack', id })

let device: TestDevice
let scripted: ScriptedSockets
let live: LiveSocket
let taken: number[]
let last: number
let reported: (string | undefined)[]
let taking: () => Promise<void>

beforeAll(async () => {
  device = await openTestDevice()
  await signIn(device)
})
afterAll(() => device.client.close())

beforeEach(() => {
  scripted = scriptedSockets()
  device.scripted.always('/v1/tickets', () => ({ ticket, seconds: 60 }))
  taken = []
  last = 0
  reported = []
  taking = async () => {}
  live = startLiveSocket({
    ...device,
    random: systemRandom,
    sockets: scripted.sockets,
    lastId: async () => last,
    async take(notice) {
      await taking()
      taken.push(notice.id)
      last = Math.max(last, notice.id)
    },
    report: (problem) => void reported.push(problem?.code),
  })
})
afterEach(() => live.stop())

/** The socket number `n`, from 1, once it is asked for. */
async function socket(n: number): Promise<ScriptedSocket> {
  await expect.poll(() => scripted.all.length).toBeGreaterThanOrEqual(n)
  return scripted.all[n - 1]!
}
async function opened(n: number): Promise<ScriptedSocket> {
  const one = await socket(n)
  one.open()
  return one
}
/** How long it stays away after the failure number `n`, in milliseconds; moves time on to its end. */
async function restAfter(n: number): Promise<number> {
  await expect.poll(() => reported.filter(Boolean).length).toBeGreaterThanOrEqual(n)
  // Nothing else waits: requests and sockets have ended.
  await expect.poll(() => device.clock.waits()).toHaveLength(1)
  const [rest] = device.clock.waits()
  device.clock.advance(rest!)
  return rest!
}

describe('the live connection', () => {
  test('shows a fresh ticket for each attempt, and says where it stopped', async () => {
    const first = await opened(1)
    expect([first.url.href, first.protocols]).toEqual([
      'wss://server.test/v1/live',
      ['selene.v1', `ticket.${ticket}`],
    ])
    await expect.poll(() => first.sent).toEqual([hello(0)])
    first.say(standing(4))
    await expect.poll(() => taken).toEqual([4])
    first.drop()
    const asked = device.scripted.to('/v1/tickets').length
    await restAfter(1)
    const second = await opened(2)
    expect(device.scripted.to('/v1/tickets')).toHaveLength(asked + 1)
    await expect.poll(() => second.sent).toEqual([hello(4)])
  })

  test('acknowledges a notice once it is stored, and takes one after the other', async () => {
    const one = await opened(1)
    const held = Promise.withResolvers<void>()
    taking = () => held.promise
    one.say(standing(1))
    one.say(standing(2))
    one.say({ type: 'current' })
    await expect.poll(() => reported).toEqual([undefined])
    expect([taken, one.sent]).toEqual([[], [hello(0)]])
    held.resolve()
    await expect.poll(() => one.sent).toEqual([hello(0), ack(1), ack(2)])
    expect(taken).toEqual([1, 2])
  })

  test('acknowledges nothing that could not be stored, and comes back for it', async () => {
    const one = await opened(1)
    taking = () => Promise.reject(new Problem('store/closed'))
    one.say(standing(1))
    one.say(standing(2))
    await expect.poll(() => one.isClosed()).toBe(true)
    expect([taken, one.sent]).toEqual([[], [hello(0)]])
    await expect.poll(() => reported).toEqual(['store/closed'])
    taking = async () => {}
    live.wake()
    const two = await opened(2)
    two.say(standing(1))
    await expect.poll(() => taken).toEqual([1])
  })

  test.each([
    ['no JSON', '{'],
    ['no frame of ours', { type: 'welcome' }],
    ['a notice of another kind', { type: 'notice', id: 1, kind: 'party' }],
  ])('ends on what is %s', async (_, frame) => {
    const one = await opened(1)
    one.say(frame)
    await expect.poll(() => one.isClosed()).toBe(true)
    await expect.poll(() => reported).toEqual(['server/unintelligible'])
    one.say(standing(1))
    expect(taken).toEqual([])
    await restAfter(1)
    await socket(2)
  })

  test('asks after 20 seconds of silence, and gives up after 10 more', async () => {
    const one = await opened(1)
    one.say({ type: 'current' })
    device.clock.advance(20_000)
    expect(one.sent).toEqual([hello(0), { type: 'ping' }])
    one.say({ type: 'pong' })
    device.clock.advance(19_999)
    expect([one.sent.length, one.isClosed()]).toEqual([2, false])
    device.clock.advance(1)
    device.clock.advance(10_000)
    await expect.poll(() => reported).toEqual([undefined, 'server/unreachable'])
    expect(one.isClosed()).toBe(true)
  })

  test('gives up a socket that does not open', async () => {
    const one = await socket(1)
    device.clock.advance(15_000)
    await expect.poll(() => reported).toEqual(['server/unreachable'])
    expect([one.isClosed(), one.sent]).toEqual([true, []])
  })

  test('stays away as long as the server asks, whatever wakes it', async () => {
    const one = await opened(1)
    one.say({ type: 'bye', retry_after: 30 })
    await expect.poll(() => reported).toEqual(['server/unavailable'])
    live.wake()
    const rest = await restAfter(1)
    expect(rest).toBeGreaterThanOrEqual(30_500)
    expect(rest).toBeLessThanOrEqual(31_000)
    await socket(2)
  })

  test('waits longer after each failure, from half a second to 15, until it has been current', async () => {
    const rests: number[] = []
    for (let n = 1; n <= 9; n++) {
      ;(await socket(n)).drop()
      rests.push(await restAfter(n))
    }
    expect(rests[0]).toBe(500)
    expect(rests.at(-1)).toBeGreaterThanOrEqual(7_500)
    expect(Math.max(...rests)).toBeLessThanOrEqual(15_000)
    const last = await opened(10)
    last.say({ type: 'current' })
    last.drop()
    expect(await restAfter(10)).toBe(500)
  })

  test('tries at once when the network is back, and asks whether an open one is alive', async () => {
    ;(await socket(1)).drop()
    await expect.poll(() => reported).toHaveLength(1)
    live.wake()
    const two = await opened(2)
    await expect.poll(() => two.sent).toEqual([hello(0)])
    live.wake()
    expect(two.sent).toEqual([hello(0), { type: 'ping' }])
    device.clock.advance(10_000)
    expect(two.isClosed()).toBe(true)
  })

  test('W40 refreshes a refused token once', async () => {
    ;(await socket(1)).drop()
    await expect.poll(() => reported).toHaveLength(1)
    device.scripted.next('/v1/tickets', problemResponse(new Problem('auth/required')))
    device.scripted.next('/v1/auth/refresh', sessionNumber(2))
    live.wake()
    await socket(2)
    const used = device.scripted.to('/v1/tickets').map(({ authorization }) => authorization)
    expect(used.slice(-2)).toEqual(['Bearer access-1', 'Bearer access-2'])
  })

  test('C96 a problem that is not passing is waited out for about five minutes, or until it is woken', async () => {
    ;(await socket(1)).drop()
    await expect.poll(() => reported).toHaveLength(1)
    device.scripted.next('/v1/tickets', problemResponse(new Problem('request/invalid')))
    live.wake()
    const rest = await restAfter(2)
    expect(Math.abs(rest - 300_000)).toBeLessThanOrEqual(30_000)
    await socket(2)
  })

  test('waits to be woken once the session has ended', async () => {
    ;(await socket(1)).drop()
    await expect.poll(() => reported).toHaveLength(1)
    device.scripted.next('/v1/tickets', problemResponse(new Problem('auth/required')))
    device.scripted.next('/v1/auth/refresh', problemResponse(new Problem('auth/refused')))
    live.wake()
    await expect.poll(() => reported.at(-1)).toBe('auth/session-ended')
    device.clock.advance(24 * 3_600_000)
    await signIn(device)
    expect(scripted.all).toHaveLength(1)
    live.wake()
    await socket(2)
  })

  test('is over when it is stopped, once what it takes is taken', async () => {
    const one = await opened(1)
    const held = Promise.withResolvers<void>()
    taking = () => held.promise
    one.say(standing(1))
    await expect.poll(() => one.sent).toEqual([hello(0)])
    let stopped = false
    const stopping = live.stop().then(() => (stopped = true))
    // A whole turn of the event loop: whatever did not wait for the notice is over by then.
    await new Promise((resolve) => setImmediate(resolve))
    expect([one.isClosed(), stopped]).toEqual([true, false])
    held.resolve()
    await stopping
    expect([taken, one.sent]).toEqual([[1], [hello(0)]])
    device.clock.advance(60_000)
    expect(scripted.all).toHaveLength(1)
  })

  test('is over at once while it waits for a ticket', async () => {
    ;(await socket(1)).drop()
    await expect.poll(() => reported).toHaveLength(1)
    device.scripted.next('/v1/tickets', 'silence')
    const asked = device.scripted.to('/v1/tickets').length
    live.wake()
    await expect.poll(() => device.scripted.to('/v1/tickets').length).toBe(asked + 1)
    await live.stop()
    expect(scripted.all).toHaveLength(1)
  })
})
