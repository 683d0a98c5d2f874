/** Slow, hanging and mistaken servers, as the kit gets past them. */
import { Problem, type ProblemCode } from '@selene/shapes'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Kit } from './kit.ts'
import { recordToState } from './journal.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { problemResponse } from '../testing/scripted-server.ts'
import { sentTexts, testPerson, type TestPerson } from '../testing/test-person.ts'

const position = { latitude: 47.5, longitude: -122.5, accuracyMetres: 12, at: 1_780_000_000_000 }
const opened: Kit[] = []
afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close()
})

let person: TestPerson
/** What was saved last. */
let saved: Uint8Array
async function start(): Promise<Kit> {
  person = await testPerson('sender')
  const files = memoryKitFile()
  const seen: KitFiles = {
    ...files,
    async save(record) {
      saved = record
      await files.save(record)
    },
  }
  const kit = await person.open(seen)
  opened.push(kit)
  await kit.provision(person.profile)
  return kit
}

const now = (kit: Kit) => {
  const state = kit.current.get()
  return state.status === 'ready' ? state.value : null
}
const reaches = (kit: Kit, phase: string) =>
  expect.poll(() => [now(kit)?.phase, now(kit)?.unsent]).toEqual([phase, false])
const taken = () => person.alerts.taken.map(({ kind, alert }) => [kind, alert])
const kinds = () => person.alerts.taken.map(({ kind }) => kind)
const requests = () => person.scripted.to('/v1/sos').length
const alerts = () => recordToState(saved)!.alerts
/** Lets time pass until it has come about. */
const inTime = (done: () => boolean, step = 1_000) =>
  vi.waitUntil(
    () => {
      if (!done()) person.clock.advance(step)
      return done()
    },
    { timeout: 5_000, interval: 1 },
  )

describe('an alert that was ended before another was raised', () => {
  test('C74 its end goes first, so that it does not end the new one', async () => {
    const kit = await start()
    const old = await kit.raise()
    await reaches(kit, 'sent')
    // Neither is tried until both are there.
    person.scripted.next('/v1/sos', 'silence')
    kit.heard(old.id)
    await expect.poll(requests).toBe(2)
    const ending = kit.cancel(old.id)
    const fresh = kit.raise()
    await Promise.all([ending, fresh])
    await expect.poll(kinds).toHaveLength(3)
    expect(taken().slice(1)).toEqual([
      ['cancel', old.id],
      ['raise', (await fresh).id],
    ])
  })

  test('C74 an end that hangs holds the new one up for three seconds, and once', async () => {
    const kit = await start()
    const old = await kit.raise()
    await reaches(kit, 'sent')
    person.scripted.next('/v1/sos', 'silence')
    kit.heard(old.id)
    await expect.poll(requests).toBe(2)
    person.scripted.next('/v1/sos', 'silence')
    const [, fresh] = await Promise.all([kit.cancel(old.id), kit.raise()])
    await expect.poll(requests).toBe(3)
    person.clock.advance(3_000)
    await expect.poll(() => taken()[1]).toEqual(['raise', fresh.id])
    await inTime(() => kinds().length === 3, 250)
  })

  test('an end that was acted after the raise waits for it', async () => {
    const kit = await start()
    const old = await kit.raise()
    await reaches(kit, 'sent')
    person.scripted.next('/v1/sos', 'silence')
    kit.heard(old.id)
    await expect.poll(requests).toBe(2)
    const fresh = kit.raise()
    person.clock.advance(1)
    await Promise.all([fresh, kit.cancel(old.id)])
    await expect.poll(() => taken()[1]).toEqual(['raise', (await fresh).id])
    await inTime(() => kinds().length === 3, 250)
  })
})

describe('C75 a server that is wrong for a moment', () => {
  test.each<ProblemCode>(['request/not-found', 'request/method-not-allowed', 'vault/not-member'])(
    'and says %s loses no alert: it is shown and tried again by itself',
    async (code) => {
      const kit = await start()
      for (let i = 0; i < 3; i++)
        person.scripted.next('/v1/sos', problemResponse(new Problem(code)))
      await kit.raise()
      await expect.poll(() => now(kit)).toMatchObject({ phase: 'queued', problem: code })
      await inTime(() => now(kit)?.phase === 'sent')
      expect(now(kit)).toMatchObject({ unsent: false })
      expect(new Set(sentTexts(person.scripted)).size).toBe(1)
    },
  )

  test('and no longer knows the device leaves an alert that it had as it is', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    person.scripted.next('/v1/sos', problemResponse(new Problem('vault/not-member')))
    kit.heard(id)
    await expect.poll(requests).toBe(2)
    await reaches(kit, 'sent')
    expect(now(kit)?.problem).toBeUndefined()
  })
})

describe('a request that hangs', () => {
  test('C74 is given up after three seconds when she cancels: the raise again, then the cancel', async () => {
    const kit = await start()
    person.scripted.next('/v1/sos', 'silence')
    const { id } = await kit.raise()
    await expect.poll(requests).toBe(1)
    person.clock.advance(1_000)
    await kit.cancel(id)
    person.clock.advance(1_999)
    expect(requests()).toBe(1)
    person.clock.advance(1)
    await expect.poll(kinds).toEqual(['raise', 'cancel'])
    const [first, again] = sentTexts(person.scripted)
    expect(again).toBe(first)
  })

  test('C74 is given up for that once: a slow link gets it through in the end', async () => {
    const kit = await start()
    const release = Promise.withResolvers<void>()
    person.scripted.next('/v1/sos', 'silence')
    person.scripted.next('/v1/sos', async (request) => {
      await release.promise
      return person.alerts.answer(request)
    })
    const { id } = await kit.raise()
    await expect.poll(requests).toBe(1)
    person.clock.advance(3_000)
    await kit.cancel(id)
    await expect.poll(requests).toBe(2)
    person.clock.advance(3_000)
    await kit.resolve(id)
    person.online.emit()
    expect(requests()).toBe(2)
    release.resolve()
    await expect.poll(kinds).toEqual(['raise', 'cancel'])
    expect(requests()).toBe(3)
  })

  test('C74 has twice as long after each failure, up to a minute', async () => {
    const kit = await start()
    person.scripted.always('/v1/sos', () => 'silence')
    await kit.raise()
    // The last one is as long as any request of the SDK.
    for (const [i, longest] of [20_000, 40_000, 60_000].entries()) {
      await inTime(() => requests() === i + 1)
      const [short, own] = person.clock.waits()
      expect([short, own]).toEqual([3_000, longest])
      person.clock.advance(longest)
      await expect.poll(() => person.clock.waits().length).toBe(1)
    }
  })

  test('C74 of a raise, cancel or resolve is not given up for an update of another alert', async () => {
    const kit = await start()
    const first = await kit.raise()
    await reaches(kit, 'sent')
    person.scripted.next('/v1/sos', 'silence')
    await kit.raise()
    await expect.poll(requests).toBe(2)
    await kit.update(first.id, { note: 'still here' })
    person.clock.advance(10_000)
    expect(requests()).toBe(2)
    await inTime(() => kinds().length === 3)
  })
})

test('C77 news that comes while an answer is on its way is asked for again', async () => {
  const kit = await start()
  const { id } = await kit.raise()
  await reaches(kit, 'sent')
  const release = Promise.withResolvers<void>()
  person.scripted.next('/v1/sos', async (request) => {
    const before = person.alerts.answer(request)
    await release.promise
    return before
  })
  kit.heard(id)
  await expect.poll(requests).toBe(2)
  person.alerts.tell(id, { contacts: [{ contact: person.contacts[0]!.id, delivered: true }] })
  kit.heard(id)
  release.resolve()
  await reaches(kit, 'delivered')
  expect(requests()).toBe(3)
})

describe('the journal', () => {
  test('C79 does not grow with updates', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    for (let i = 0; i < 10; i++) {
      await kit.update(id, { position: { ...position, latitude: i } })
      await reaches(kit, 'sent')
    }
    expect(kinds()).toHaveLength(11)
    expect(alerts()[0]!.ops.map(({ kind }) => kind)).toEqual(['raise', 'update'])
  })

  test('C79 of refused updates keeps the last, which is shown', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    for (const note of ['one', 'two', 'three']) {
      person.scripted.next('/v1/sos', problemResponse(new Problem('request/too-large')))
      await kit.update(id, { note })
      await expect.poll(() => now(kit)?.problem).toBe('request/too-large')
      await expect.poll(() => alerts()[0]!.ops.every(({ outcome }) => outcome)).toBe(true)
    }
    expect(alerts()[0]!.ops.map(({ kind, note }) => [kind, note])).toEqual([
      ['raise', ''],
      ['update', 'three'],
    ])
  })

  test.each(['cancelled', 'expired'] as const)(
    'C79 keeps no word, place or bytes of an alert once it is %s',
    async (end) => {
      const kit = await start()
      const { id } = await kit.raise({ note: 'blue door', position })
      await reaches(kit, 'sent')
      if (end === 'cancelled') await kit.cancel(id)
      else {
        person.alerts.end(id, end)
        kit.heard(id)
      }
      await reaches(kit, end)
      const [alert] = alerts()
      expect([alert!.note, alert!.position]).toEqual(['', undefined])
      for (const op of alert!.ops)
        expect([op.note, op.position, op.sealed]).toEqual(['', undefined, undefined])
    },
  )

  test('C79 keeps no place of an alert that was taken back before anything was sent', async () => {
    const kit = await start()
    await kit.provision({ ...person.profile, registered: false })
    const { id } = await kit.raise({ note: 'blue door', position })
    await kit.cancel(id)
    expect(JSON.stringify(alerts())).not.toMatch(/blue door|47\.5/)
  })

  test('takes nothing that would make it unreadable, whatever an app without types gives', async () => {
    const kit = await start()
    const wrong: object[] = [
      { kind: 'fire' },
      { audience: 'all' },
      { note: 7 },
      { radiusMetres: '2000' },
    ]
    for (const options of wrong) await expect(kit.raise(options)).rejects.toThrow(TypeError)
    const { id } = await kit.raise({
      note: 'a\0b\ud800',
      position: { ...position, latitude: '47' as never },
    })
    await expect(kit.resolve(id, 'bored' as 'safe')).rejects.toThrow(TypeError)
    await expect(kit.update(id, { note: null as never })).rejects.toThrow(TypeError)
    expect(alerts()[0]).toMatchObject({ note: 'ab\ufffd' })
    expect(alerts()[0]!.position).toBeUndefined()
    await reaches(kit, 'sent')
  })
})
