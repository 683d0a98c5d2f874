import {
  bytesToBase64url,
  cellOf,
  Problem,
  type AlertId,
  type ResponseState,
  type SosOp,
} from '@selene/shapes'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openSlot, sealContactResponse, sealResponse } from '../crypto/sos-slot.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import { problemResponse, someId } from '../testing/scripted-server.ts'
import { sentTexts, testPerson, type TestPerson } from '../testing/test-person.ts'
import type { Alert, AlertPhase } from './alert.ts'
import { openKit, type Kit } from './kit.ts'

const position = { latitude: 47.5, longitude: -122.5, accuracyMetres: 12, at: 1_780_000_000_000 }
const opened: Kit[] = []
afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close()
})

let person: TestPerson
async function start(options: { contacts?: number; profile?: boolean; server?: string } = {}) {
  person = await testPerson('kit', options)
  const kit = await reopen(options.server)
  if (options.profile !== false) await kit.provision(person.profile)
  return kit
}
async function reopen(server?: string): Promise<Kit> {
  const kit = await person.open(undefined, server)
  opened.push(kit)
  return kit
}

const now = (kit: Kit): Alert | null => {
  const state = kit.current.get()
  return state.status === 'ready' ? state.value : null
}
const reaches = (kit: Kit, phase: AlertPhase) =>
  expect.poll(() => [now(kit)?.phase, now(kit)?.unsent]).toEqual([phase, false])
const kinds = (): string[] => person.alerts.taken.map(({ kind }) => kind)
const requests = (): number => person.scripted.to('/v1/sos').length
const refuse = (code: Problem['code']) =>
  person.scripted.next('/v1/sos', problemResponse(new Problem(code)))
/** Lets time pass until it has come about. */
const inTime = (done: () => boolean, step = 1_000) =>
  vi.waitUntil(
    () => {
      if (!done()) person.clock.advance(step)
      return done()
    },
    { timeout: 5_000, interval: 1 },
  )

/** What a contact reads in their slot. */
function slotOf(op: SosOp, at = 0) {
  const contact = person.contacts[at]!
  const slot = op.slots.find((each) => each.contact === contact.id)
  return slot && openSlot(person.crypto, contact, slot.sealed, { alert: op.alert, op: op.op })
}

describe('raise', () => {
  test('C72 goes to the server with a slot for each contact, and needs no store and no session', async () => {
    const kit = await start({ contacts: 3 })
    const alert = await kit.raise({ kind: 'medical', note: 'blue door', position })
    expect(alert).toMatchObject({ kind: 'medical', audience: 'contacts', phase: 'queued' })
    expect(alert.contacts.map(({ name }) => name)).toEqual(['Ada Quill', 'Bea Quill', 'Cleo Quill'])
    await reaches(kit, 'sent')
    const [op] = person.alerts.taken
    expect(op).toMatchObject({ kind: 'raise', alert: alert.id, fireAfter: 0 })
    expect(op!.slots).toHaveLength(3)
    for (const at of [0, 1, 2])
      expect(slotOf(op!, at)?.details).toMatchObject({
        kind: 'medical',
        raisedAt: alert.raisedAt,
        note: 'blue door',
        position: { latitude: 475_000_000, longitude: -1_225_000_000 },
        ending: 'open',
      })
    expect(person.scripted.requests.every((request) => request.authorization === null)).toBe(true)
  })

  test('C73 tells the server no place for contacts alone, and a cell for people nearby', async () => {
    const kit = await start()
    await kit.raise({ position })
    await reaches(kit, 'sent')
    await kit.raise({ position, audience: 'contacts-and-nearby', radiusMetres: 5_000 })
    await reaches(kit, 'sent')
    await kit.raise({ position, audience: 'contacts-and-nearby', kind: 'test' })
    await expect.poll(kinds).toHaveLength(3)
    const [forContacts, forAll, forTest] = person.alerts.taken
    expect(forContacts).toMatchObject({
      routing: { radiusMetres: 2_000 },
      responderPart: undefined,
    })
    expect(forContacts!.routing!.cell).toBeUndefined()
    expect(forAll!.routing).toMatchObject({ cell: cellOf(position), radiusMetres: 5_000 })
    expect(forAll!.responderPart).toBeDefined()
    expect(forTest!.routing!.cell).toBeUndefined()
    expect(forTest!.responderPart).toBeUndefined()
  })

  test('before there is a profile is kept, and goes out when there is an account', async () => {
    const kit = await start({ profile: false })
    const alert = await kit.raise({ note: 'blue door' })
    expect(alert).toMatchObject({ phase: 'queued', unsent: true, problem: 'account/none' })
    await kit.provision({ ...person.profile, registered: false })
    expect(now(kit)).toMatchObject({ phase: 'queued', problem: 'account/none' })
    expect(requests()).toBe(0)
    await kit.provision(person.profile)
    await reaches(kit, 'sent')
    expect(slotOf(person.alerts.taken[0]!)?.details.note).toBe('blue door')
    expect(now(kit)?.problem).toBeUndefined()
  })

  test('that was taken back before anything could be sent is heard of by nobody', async () => {
    const kit = await start({ profile: false })
    const { id } = await kit.raise()
    await kit.cancel(id)
    expect(now(kit)).toMatchObject({ phase: 'cancelled', unsent: false })
    await kit.provision(person.profile)
    await kit.raise()
    await expect.poll(kinds).toEqual(['raise'])
    expect(person.alerts.taken[0]!.alert).not.toBe(id)
  })

  test('without a server is kept, and says why', async () => {
    person = await testPerson('kit')
    const { crypto, clock } = person
    const kit = await openKit({
      files: memoryKitFile(),
      crypto,
      clock,
      random: { bytes: crypto.random },
    })
    opened.push(kit)
    await kit.provision(person.profile)
    await kit.raise()
    await expect.poll(() => now(kit)?.problem).toBe('server/unreachable')
    expect(kit.readiness.get()).toMatchObject({
      value: { contacts: 1, gaps: ['no-server', 'not-durable', 'never-tested'] },
    })
  })

  test('a position that is no place on earth does not keep it from going', async () => {
    const kit = await start()
    await kit.raise({ position: { ...position, latitude: Number.NaN } })
    await kit.raise({ position: { ...position, accuracyMetres: Infinity, at: Number.NaN } })
    await expect.poll(kinds).toHaveLength(2)
    expect(slotOf(person.alerts.taken[0]!)?.details.position).toBeUndefined()
    expect(slotOf(person.alerts.taken[1]!)?.details.position).toMatchObject({
      accuracyMetres: 2 ** 32 - 1,
    })
  })

  test('refuses what is outside its range as misuse', async () => {
    const kit = await start()
    await expect(kit.raise({ note: 'n'.repeat(241) })).rejects.toThrow(TypeError)
    for (const radiusMetres of [999, 20_001, 1_000.5, Number.NaN])
      await expect(kit.raise({ radiusMetres })).rejects.toThrow(TypeError)
    for (const seconds of [-1, 61, 0.5])
      await expect(kit.arm({ seconds })).rejects.toThrow(TypeError)
    expect(now(kit)).toBeNull()
    await kit.raise({ note: '\u{ffff}'.repeat(240), radiusMetres: 20_000 })
    await reaches(kit, 'sent')
    await expect(kit.update(now(kit)!.id, { note: 'n'.repeat(241) })).rejects.toThrow(TypeError)
  })
})

describe('sending', () => {
  test('C74 the same bytes go until there is an outcome: lost answers, 5xx, silence, garbage', async () => {
    const kit = await start()
    const { scripted } = person
    // The server takes it, and its answer is lost.
    scripted.next('/v1/sos', (request) => (person.alerts.answer(request), 'lost'))
    scripted.next('/v1/sos', 'silence')
    refuse('server/unexpected')
    scripted.next(
      '/v1/sos',
      problemResponse(new Problem('server/overloaded'), { 'retry-after': '3600' }),
    )
    scripted.next('/v1/sos', new Response('<html>', { status: 200 }))
    scripted.next('/v1/sos', new Response('Forbidden', { status: 403 }))
    await kit.raise()
    await expect.poll(() => now(kit)?.problem).toBe('server/unreachable')
    await inTime(() => now(kit)?.phase === 'sent')
    expect(requests()).toBe(7)
    expect(new Set(sentTexts(scripted)).size).toBe(1)
    expect(kinds()).toEqual(['raise'])
    expect(now(kit)).toMatchObject({ unsent: false, sentAt: 1_780_000_000_500 })
  })

  test('C74 waits at most 15 s between two tries, however long it has failed', async () => {
    const kit = await start()
    person.scripted.always('/v1/sos', () => 'lost')
    await kit.raise()
    const waits: number[] = []
    for (let i = 1; i < 14; i++) {
      await expect.poll(requests).toBe(i)
      const wait = await vi.waitUntil(() => person.clock.waits()[0], {
        timeout: 2_000,
        interval: 1,
      })
      waits.push(wait)
      person.clock.advance(wait)
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000)
    expect(Math.max(...waits)).toBeGreaterThan(7_000)
  })

  test('goes on at once when the network is back', async () => {
    const kit = await start()
    person.scripted.next('/v1/sos', 'lost')
    await kit.raise()
    await expect.poll(() => now(kit)?.problem).toBe('server/unreachable')
    person.online.emit()
    await reaches(kit, 'sent')
  })

  test('goes on after the kit was closed in between, with the same bytes', async () => {
    const kit = await start()
    person.scripted.next('/v1/sos', 'silence')
    await kit.raise()
    await expect.poll(requests).toBe(1)
    await kit.close()
    const again = await reopen()
    await reaches(again, 'sent')
    expect(new Set(sentTexts(person.scripted)).size).toBe(1)
  })

  test('C75 a refusal for good is shown, and stands before nothing', async () => {
    const kit = await start()
    refuse('request/too-large')
    const first = await kit.raise()
    await expect.poll(() => now(kit)).toMatchObject({ problem: 'request/too-large', unsent: true })
    await kit.raise()
    await reaches(kit, 'sent')
    expect(person.alerts.taken.map(({ alert }) => alert)).not.toContain(first.id)
  })

  test('C75 what the server refused from an unknown device is tried again after provisioning', async () => {
    const kit = await start()
    refuse('vault/not-member')
    await kit.raise()
    await expect.poll(() => now(kit)?.problem).toBe('vault/not-member')
    await kit.provision(person.profile)
    await reaches(kit, 'sent')
    expect(new Set(sentTexts(person.scripted)).size).toBe(1)
  })

  test('C75 under another identity of the device it is sealed anew, under the same ids', async () => {
    const kit = await start()
    refuse('vault/not-member')
    const { id } = await kit.raise({ note: 'blue door' })
    await expect.poll(() => now(kit)?.problem).toBe('vault/not-member')
    await kit.provision({ ...person.profile, device: someId('e') as typeof person.profile.device })
    await reaches(kit, 'sent')
    expect(new Set(sentTexts(person.scripted)).size).toBe(2)
    expect(person.alerts.taken[0]).toMatchObject({ alert: id, device: someId('e') })
    expect(slotOf(person.alerts.taken[0]!)?.details.note).toBe('blue door')
  })

  test('C74 an alert that hangs or fails stands before no other', async () => {
    const kit = await start()
    person.scripted.next('/v1/sos', 'silence')
    await kit.raise()
    await expect.poll(requests).toBe(1)
    const second = await kit.raise()
    await expect.poll(() => person.alerts.taken.map(({ alert }) => alert)).toEqual([second.id])
    await inTime(() => kinds().length === 2, 250)
  })

  test('C74 the newest goes first, tests last', async () => {
    const kit = await start({ profile: false })
    const ids: AlertId[] = []
    for (const kind of ['sos', 'medical', 'test'] as const) ids.push((await kit.raise({ kind })).id)
    await kit.provision(person.profile)
    await expect.poll(kinds).toHaveLength(3)
    expect(person.alerts.taken.map(({ alert }) => alert)).toEqual([ids[1], ids[0], ids[2]])
  })

  test('updates that wait are merged into the last; what is under way is not touched', async () => {
    const kit = await start()
    person.scripted.next('/v1/sos', 'silence')
    const { id } = await kit.raise({ note: 'one' })
    await expect.poll(requests).toBe(1)
    for (let i = 0; i < 20; i++)
      await kit.update(id, { position: { ...position, latitude: 40 + i } })
    person.clock.advance(20_001)
    await inTime(() => kinds().length === 2)
    expect(kinds()).toEqual(['raise', 'update'])
    expect(slotOf(person.alerts.taken[1]!)?.details).toMatchObject({
      note: 'one',
      position: { latitude: 590_000_000 },
    })
  })

  test('C74 an update under way stays: it may be there already', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    person.scripted.next('/v1/sos', (request) => (person.alerts.answer(request), 'lost'))
    await kit.update(id, { note: 'one' })
    await expect.poll(kinds).toEqual(['raise', 'update'])
    await kit.update(id, { note: 'two' })
    await inTime(() => kinds().length === 3 && !now(kit)?.unsent, 250)
    const [, first, again, second] = sentTexts(person.scripted)
    expect(again).toBe(first)
    expect(second).not.toBe(first)
  })
})

describe('a countdown', () => {
  test('C76 is sent at once; cancelled in it, raise and cancel reach the server in order', async () => {
    const kit = await start()
    const alert = await kit.arm()
    expect(alert).toMatchObject({ phase: 'armed', firesAt: alert.raisedAt + 10_000 })
    await reaches(kit, 'armed')
    await kit.cancel(alert.id)
    await reaches(kit, 'cancelled')
    expect(person.alerts.taken.map(({ kind, fireAfter }) => [kind, fireAfter])).toEqual([
      ['raise', 10],
      ['cancel', 0],
    ])
    expect(person.alerts.fired.size).toBe(0)
    person.clock.advance(60_000)
    await kit.raise({ kind: 'test' })
    await expect.poll(kinds).toEqual(['raise', 'cancel', 'raise'])
  })

  test('C76 that ends offline goes off on its way in, and does not count down again', async () => {
    const kit = await start()
    person.scripted.always('/v1/sos', () => 'lost')
    await kit.arm({ seconds: 5 })
    person.clock.advance(5_000)
    await expect.poll(() => now(kit)?.phase).toBe('queued')
    person.scripted.always('/v1/sos', person.alerts.answer)
    person.online.emit()
    await reaches(kit, 'sent')
    expect(person.alerts.taken.map(({ fireAfter }) => fireAfter)).toEqual([5, 0])
    expect(person.alerts.fired.size).toBe(1)
  })

  test('C76 that ended while the kit was closed goes off when it opens', async () => {
    const kit = await start()
    person.scripted.always('/v1/sos', () => 'lost')
    await kit.arm({ seconds: 5 })
    await kit.close()
    person.clock.advance(3_600_000)
    person.scripted.always('/v1/sos', person.alerts.answer)
    const again = await reopen()
    await inTime(() => now(again)?.phase === 'sent', 1)
    expect(person.alerts.taken.map(({ fireAfter }) => fireAfter)).toEqual([5, 0])
  })

  test('C76 that the server has is fired there, once, and asked about', async () => {
    const kit = await start()
    const { id } = await kit.arm({ seconds: 5 })
    await reaches(kit, 'armed')
    person.clock.advance(5_000)
    person.alerts.fire(id)
    person.clock.advance(1_500)
    await reaches(kit, 'sent')
    expect(kinds()).toEqual(['raise'])
  })

  test('C76 that the server has and does not fire is set off from here', async () => {
    const kit = await start()
    await kit.arm({ seconds: 5 })
    await reaches(kit, 'armed')
    person.clock.advance(5_000)
    person.clock.advance(1_500)
    await reaches(kit, 'sent')
    expect(person.alerts.taken.map(({ fireAfter }) => fireAfter)).toEqual([5, 0])
  })

  test('can be ended by her: it goes off now, once', async () => {
    const kit = await start()
    const { id } = await kit.arm({ seconds: 60 })
    await kit.fire(id)
    await kit.fire(id)
    await reaches(kit, 'sent')
    person.clock.advance(70_000)
    expect(person.alerts.taken.map(({ fireAfter }) => fireAfter)).toEqual([60, 0])
  })

  test('is not stretched by a clock that is set back', async () => {
    const kit = await start()
    person.scripted.always('/v1/sos', () => 'lost')
    await kit.arm({ seconds: 5 })
    person.clock.advance(-86_400_000)
    await kit.close()
    const again = await reopen()
    person.clock.advance(5_000)
    await expect.poll(() => now(again)?.phase).toBe('queued')
  })
})

describe('the end', () => {
  test.each([
    ['cancel', undefined, 'cancelled', 'cancelled'],
    ['resolve', undefined, 'resolved', 'safe'],
    ['resolve', 'false-alarm', 'resolved', 'false-alarm'],
  ] as const)(
    'W52 %s (%s) carries a slot for each contact that says so and nothing else',
    async (act, reason, phase, ending) => {
      const kit = await start({ contacts: 2 })
      const { id } = await kit.raise({ note: 'blue door', position })
      await reaches(kit, 'sent')
      await (act === 'cancel' ? kit.cancel(id) : kit.resolve(id, reason))
      await reaches(kit, phase)
      const closing = person.alerts.taken[1]!
      expect(closing).toMatchObject({ kind: act, routing: undefined, responderPart: undefined })
      for (const at of [0, 1])
        expect(slotOf(closing, at)).toMatchObject({
          kind: act,
          details: { ending, note: '', position: undefined },
        })
      expect(closing.slots.map(({ sealed }) => sealed.length)).toEqual([1_024, 1_024])
    },
  )

  test('happens once; what comes after it is refused or changes nothing', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await kit.cancel(id)
    await kit.resolve(id)
    await kit.cancel(id)
    await reaches(kit, 'cancelled')
    expect(kinds()).toEqual(['raise', 'cancel'])
    await expect(kit.update(id, { note: 'n' })).rejects.toMatchObject({ code: 'sos/closed' })
    await expect(kit.fire(id)).rejects.toMatchObject({ code: 'sos/closed' })
    const unknown = someId('9') as AlertId
    await expect(kit.cancel(unknown)).rejects.toMatchObject({ code: 'sos/no-alert' })
  })

  test('is shown until it is put away, and kept until the server has it', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await kit.dismiss(id)
    expect(now(kit)?.id).toBe(id)
    await reaches(kit, 'sent')
    person.scripted.next('/v1/sos', 'lost')
    await kit.cancel(id)
    await expect.poll(() => now(kit)?.problem).toBe('server/unreachable')
    await kit.dismiss(id)
    expect(now(kit)).toBeNull()
    person.online.emit()
    await expect.poll(kinds).toEqual(['raise', 'cancel'])
    await expect(kit.resolve(id)).rejects.toMatchObject({ code: 'sos/no-alert' })
  })

  test('by another device or the server is learned, and ends the asking', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    person.alerts.end(id, 'resolved')
    kit.heard(id)
    await reaches(kit, 'resolved')
    const before = requests()
    person.clock.advance(120_000)
    await kit.raise({ kind: 'test' })
    await expect.poll(kinds).toHaveLength(2)
    expect(requests()).toBe(before + 1)
  })

  test('on the server before an update of hers: it is closed here too', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    person.alerts.end(id, 'expired')
    await kit.update(id, { note: 'still here' })
    await inTime(() => now(kit)?.phase === 'expired')
    expect(now(kit)).toMatchObject({ unsent: false })
    expect(now(kit)?.problem).toBeUndefined()
  })
})

describe('the standing', () => {
  const answerOf = (state: ResponseState, authKey?: Uint8Array, note = '') => {
    const replyKey = person.alerts.taken[0]!.routing!.replyKey
    const to = authKey && { alert: now(opened[0]!)!.id, authKey }
    const answer = { state, name: 'Ines', note }
    const sealed = to
      ? sealContactResponse(person.crypto, to, answer)
      : sealResponse(person.crypto, replyKey, answer)
    return bytesToBase64url(sealed)
  }

  test('C77 is asked every 20 s by the same operation, and at once when there is news', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    const contact = person.contacts[0]!.id
    person.alerts.tell(id, { contacts: [{ contact, delivered: true }] })
    await inTime(() => now(kit)?.phase === 'delivered', 20_000)
    person.alerts.tell(id, {
      contacts: [
        {
          contact,
          delivered: true,
          state: 'accept',
          message: answerOf('accept', person.contacts[0]!.authKey, 'on it'),
        },
      ],
    })
    kit.heard(id)
    await reaches(kit, 'acknowledged')
    expect(now(kit)?.contacts).toEqual([
      { contact, name: 'Ada Quill', delivered: true, response: 'accept', note: 'on it' },
    ])
    expect(new Set(sentTexts(person.scripted)).size).toBe(1)
    expect(kinds()).toEqual(['raise'])
  })

  test('C77 a contact’s answer that is not sealed by them is shown as delivered only', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    const contact = person.contacts[0]!.id
    const forgeries = [
      answerOf('on-my-way'),
      answerOf('on-my-way', person.crypto.random(32)),
      bytesToBase64url(person.crypto.random(300)),
    ]
    for (const message of forgeries) {
      person.alerts.tell(id, {
        contacts: [{ contact, delivered: true, state: 'on-my-way', message }],
      })
      kit.heard(id)
      await reaches(kit, 'delivered')
      expect(now(kit)?.contacts).toEqual([{ contact, name: 'Ada Quill', delivered: true }])
      person.alerts.tell(id, { contacts: [{ contact, delivered: false }] })
      kit.heard(id)
      await reaches(kit, 'sent')
    }
  })

  test('of passers-by shows what they say of themselves', async () => {
    const kit = await start()
    const { id } = await kit.raise()
    await reaches(kit, 'sent')
    person.alerts.tell(id, {
      responders: [
        {
          response: someId('7'),
          state: 'arrived',
          message: answerOf('arrived', undefined, 'red coat'),
        },
        { response: someId('8') },
      ],
    })
    kit.heard(id)
    await reaches(kit, 'en-route')
    expect(now(kit)?.responders).toEqual([
      { id: someId('7'), state: 'arrived', name: 'Ines', note: 'red coat' },
    ])
  })
})

describe('readiness', () => {
  const gaps = (kit: Kit) => {
    const state = kit.readiness.get()
    return state.status === 'ready' ? state.value.gaps : undefined
  }

  test('says what would keep an alert from people, and when a test last went through', async () => {
    const kit = await start({ profile: false })
    expect(gaps(kit)).toEqual(['no-account', 'no-contacts', 'not-durable', 'never-tested'])
    await kit.provision(person.profile)
    const { id, raisedAt } = await kit.raise({ kind: 'test' })
    await reaches(kit, 'sent')
    expect(kit.readiness.get()).toMatchObject({
      value: { contacts: 1, gaps: ['not-durable'], lastTestAt: raisedAt },
    })
    await kit.cancel(id)
    await reaches(kit, 'cancelled')
  })

  test('W49 a test never hides a real alert', async () => {
    const kit = await start()
    const real = await kit.raise()
    await kit.raise({ kind: 'test' })
    expect(now(kit)?.id).toBe(real.id)
    await expect.poll(kinds).toHaveLength(2)
  })
})

test('what is used after the end is store/closed', async () => {
  const kit = await start()
  await kit.close()
  await kit.close()
  await expect(kit.raise()).rejects.toMatchObject({ code: 'store/closed' })
})
