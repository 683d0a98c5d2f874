import { cellMetres, cellOf, Problem, type Cell } from '@selene/shapes'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Position } from '../core/position.ts'
import { systemRandom } from '../core/random.ts'
import { createAuthorizedCall } from '../sync/authorized.ts'
import { problemResponse, sessionNumber } from '../testing/scripted-server.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { nextCell } from './cell.ts'
import type { LocationState } from './location.ts'
import { openLocation, type LocationBeat } from './reporter.ts'

const minute = 60_000
const beatMs = 4 * minute
const jitterMs = 24_000
const cellPath = '/v1/location/cell'
const responderPath = '/v1/responder'

let device: TestDevice
let location: LocationBeat
beforeAll(async () => {
  device = await openTestDevice()
  const { parts, session } = device
  const years = sessionNumber(1, { access_seconds: 100_000_000 })
  const adopted = await parts.store.write((tx) => session.adopt(tx, years))
  adopted()
})
afterAll(() => device.client.close())

const noContent = () => new Response(null, { status: 204 })
const open = (): Promise<LocationBeat> => {
  const { http, session, clock, parts } = device
  const call = createAuthorizedCall({ http, session })
  return openLocation({ store: parts.store, session, call, clock, random: systemRandom })
}
beforeEach(async () => {
  await device.parts.store.write((tx) => tx.script("DELETE FROM store_meta WHERE key = 'location'"))
  for (const path of [cellPath, responderPath]) device.scripted.always(path, noContent)
  location = await open()
})
afterEach(() => location.close())

const somewhere = (latitude = 48.2): Position => ({
  latitude,
  longitude: 16.37,
  accuracyMetres: 10,
  at: device.clock.now(),
})
const state = (): LocationState => {
  const now = location.state.get()
  if (now.status !== 'ready') throw new Error(now.status)
  return now.value
}
const sent = (path = cellPath): number => device.scripted.to(path).length
const lastCell = () => device.scripted.to(cellPath).at(-1)!.body as Cell

/** Waits until requests that were made have been answered. */
const answered = (): Promise<void> =>
  expect.poll(() => device.clock.waits().filter((ms) => ms === minute), { interval: 1 }).toEqual([])

/** Moves time on until the next beat is over. */
async function nextBeat(): Promise<void> {
  const [wait] = device.clock.waits()
  device.clock.advance(wait!)
  await answered()
}

describe('W67 the beat', () => {
  test('sends the cell of the latest report, every four minutes from opting in, never with a report', async () => {
    const before = sent()
    await location.set({ sharing: true })
    const since = device.clock.now()
    for (let beat = 1; beat <= 40; beat++) {
      for (const latitude of [48.2, 48.3, 48.4]) location.report(somewhere(latitude))
      expect(sent()).toBe(before + beat - 1)
      await nextBeat()
      expect(sent()).toBe(before + beat)
      expect(lastCell()).toEqual(cellOf(somewhere(48.4)))
      const off = device.clock.now() - (since + beat * beatMs)
      expect(Math.abs(off)).toBeLessThanOrEqual(jitterMs)
    }
    expect(state()).toEqual({ sharing: true, radiusMetres: 2_000, sentAt: device.clock.now() })
  })

  test('sends nothing when there is no report of the last ten minutes', async () => {
    await location.set({ sharing: true })
    const before = sent()
    await nextBeat()
    location.report({ ...somewhere(), at: device.clock.now() - 5 * minute })
    await nextBeat()
    expect(sent()).toBe(before + 1)
    await nextBeat()
    await nextBeat()
    expect(sent()).toBe(before + 1)
  })

  test('goes on after a restart as if there had been none', async () => {
    await location.set({ sharing: true, radiusMetres: 5_000 })
    const since = device.clock.now()
    location.close()
    expect(device.clock.waits()).toEqual([])
    device.clock.advance(10 * beatMs + 100_000)
    location = await open()
    expect(state()).toEqual({ sharing: true, radiusMetres: 5_000 })
    const before = sent()
    location.report(somewhere())
    await nextBeat()
    expect(sent()).toBe(before + 1)
    const off = device.clock.now() - (since + 11 * beatMs)
    expect(Math.abs(off)).toBeLessThanOrEqual(jitterMs)
  })

  test('tries nothing again before the next one', async () => {
    await location.set({ sharing: true })
    const before = sent()
    device.scripted.next(cellPath, 'lost')
    location.report(somewhere())
    await nextBeat()
    expect([sent(), state().sentAt]).toEqual([before + 1, undefined])
    device.clock.advance(beatMs - 3 * jitterMs)
    expect(sent()).toBe(before + 1)
    await nextBeat()
    expect([sent(), state().sentAt]).toEqual([before + 2, device.clock.now()])
  })
})

describe('sharing', () => {
  test('C100 a decision to share that was taken before sends no cell off the beat', async () => {
    const before = sent()
    await location.set({ sharing: true, position: somewhere() })
    expect(sent()).toBe(before + 1)
    await location.set({ sharing: true, radiusMetres: 3_000, position: somewhere(48.9) })
    expect(sent()).toBe(before + 1)
    await nextBeat()
    expect([sent(), lastCell()]).toEqual([before + 2, cellOf(somewhere(48.9))])
  })

  test('is with the radius that the server was told', async () => {
    await location.set({ sharing: true, radiusMetres: 3_000 })
    expect(device.scripted.to(responderPath).at(-1)!.body).toEqual({ radius_metres: 3_000 })
    const [wait] = device.clock.waits()
    await location.set({ sharing: true, radiusMetres: 4_000 })
    expect(device.scripted.to(responderPath).at(-1)!.body).toEqual({ radius_metres: 4_000 })
    expect([state().radiusMetres, device.clock.waits()]).toEqual([4_000, [wait]])
  })

  test('does not begin when the server does not know of it', async () => {
    device.scripted.next(responderPath, 'lost')
    await expect(location.set({ sharing: true })).rejects.toMatchObject({
      code: 'server/unreachable',
    })
    expect([state().sharing, device.clock.waits()]).toEqual([false, []])
  })

  test('forgets what was reported before it began, and after it ended', async () => {
    location.report(somewhere())
    await location.set({ sharing: true })
    const before = sent()
    await nextBeat()
    location.report(somewhere())
    await location.set({ sharing: false })
    await location.set({ sharing: true })
    await nextBeat()
    expect(sent()).toBe(before)
  })

  test('ends at once without the server, which is told with the beat', async () => {
    await location.set({ sharing: true })
    location.report(somewhere())
    device.scripted.next(responderPath, 'lost')
    await expect(location.set({ sharing: false })).rejects.toMatchObject({
      code: 'server/unreachable',
    })
    expect(state()).toEqual({ sharing: false, radiusMetres: 2_000 })
    const [cells, told] = [sent(), sent(responderPath)]
    location.close()
    location = await open()
    await nextBeat()
    expect([sent(), sent(responderPath)]).toEqual([cells, told + 1])
    await expect.poll(() => device.clock.waits()).toEqual([])
  })

  test('ends when it was ended elsewhere', async () => {
    await location.set({ sharing: true })
    device.scripted.next(cellPath, problemResponse(new Problem('location/not-sharing')))
    location.report(somewhere())
    await nextBeat()
    await expect.poll(() => [state().sharing, device.clock.waits().length]).toEqual([false, 0])
  })

  test('is what she decided last, however long the server takes', async () => {
    const held = Promise.withResolvers<Response>()
    device.scripted.next(responderPath, () => held.promise)
    const first = location.set({ sharing: true })
    const second = location.set({ sharing: false })
    await expect.poll(() => sent(responderPath)).toBeGreaterThan(0)
    held.resolve(noContent())
    await Promise.all([first, second])
    expect([state().sharing, device.clock.waits()]).toEqual([false, []])
  })

  test('W68 is within the radius that both sides know', async () => {
    for (const radiusMetres of [999, 20_001, 1_500.5, Number.NaN])
      await expect(location.set({ sharing: true, radiusMetres })).rejects.toThrow(TypeError)
    expect(() => location.report({ ...somewhere(), latitude: 91 })).toThrow(TypeError)
  })
})

test('without an account nothing is shared', async () => {
  const other = await openTestDevice()
  await expect(other.client.location.set({ sharing: true })).rejects.toMatchObject({
    code: 'account/none',
  })
  expect(other.clock.waits()).toEqual([])
  await other.client.close()
})

describe('W67 hysteresis', () => {
  const degreesOf = (metres: number): number => metres / 111_319.490_793
  const place = { latitude: degreesOf(100.5 * cellMetres), longitude: 0.002 }
  const cell = cellOf(place)
  const beyond = (metres: number) => ({
    ...place,
    latitude: degreesOf(101 * cellMetres + metres),
  })

  test('a cell holds until the position is 50 metres beyond its edge', () => {
    expect(nextCell(beyond(-1), cell)).toEqual(cell)
    expect(nextCell(beyond(1), cell)).toEqual(cell)
    expect(nextCell(beyond(49), cell)).toEqual(cell)
    expect(nextCell(beyond(51), cell)).toEqual({ row: 101, column: cellOf(beyond(51)).column })
    expect(nextCell(beyond(1), undefined).row).toBe(101)
  })

  test('anywhere on earth a place is in a cell that it is at most 71 metres out of', () => {
    const latitude = fc.double({ min: -89, max: 89, noNaN: true })
    const longitude = fc.oneof(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.constantFrom(-180, 180 - 1e-9),
    )
    const step = fc.double({ min: -0.004, max: 0.004, noNaN: true })
    fc.assert(
      fc.property(latitude, longitude, step, step, (latitude, longitude, north, east) => {
        const last = cellOf({ latitude, longitude })
        const cosine = Math.cos((latitude * Math.PI) / 180)
        const now = { latitude: latitude + north, longitude: longitude + east / cosine }
        const next = nextCell(now, last)
        const isOwn = JSON.stringify(next) === JSON.stringify(cellOf(now))
        const movedMetres = Math.hypot(north, east) * 111_320
        expect(isOwn || JSON.stringify(next) === JSON.stringify(last)).toBe(true)
        if (movedMetres < 49) expect(next).toEqual(last)
        // Out of a cell by more than its diagonal and the slack.
        if (movedMetres > cellMetres * Math.SQRT2 + 72) expect(isOwn).toBe(true)
      }),
    )
  })
})
