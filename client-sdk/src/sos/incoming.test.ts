import {
  base64urlToBytes,
  bytesToBase64url,
  concat,
  Problem,
  type AlertEvent,
  type AlertId,
  type AlertNotice,
  type ContactId,
  type OpId,
  type SlotDetails,
  type SosKind,
} from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHttp } from '../core/http.ts'
import { until } from '../core/live.ts'
import { upgrades } from '../client/schema.ts'
import {
  openContactResponse,
  openResponse,
  sealResponderPart,
  sealSlot,
} from '../crypto/sos-slot.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'
import { epochShareSeeds, shareKeys, sosAuthKey, type ShareKeys } from '../crypto/share.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { memoryFiles } from '../store/memory-files.ts'
import type { Store } from '../store/store.ts'
import { openStore } from '../testing/open-store.ts'
import { manualClock } from '../testing/manual-clock.ts'
import {
  problemResponse,
  scriptedServer,
  someId,
  type ScriptedServer,
} from '../testing/scripted-server.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import type { IncomingAlert } from './alert.ts'
import { createIncoming, type Incoming } from './incoming.ts'

const friendId = someId('f') as ContactId
const otherId = someId('c') as ContactId
const alert = someId('1') as AlertId
const receivedAt = 1_780_000_000_500

let store: Store
let crypto: Primitives
let friend: ShareKeys
/** Somebody else whom she trusts. */
let other: ShareKeys
let own: ShareKeys
let authKey: Uint8Array
let otherKey: Uint8Array
/** Her keys since she removed a device. */
let newer: ShareKeys
let newerKey: Uint8Array
let replyKeys: KeyPair
let scripted: ScriptedServer
let incoming: Incoming
let rosterReads = 0

beforeAll(async () => {
  crypto = await loadPrimitives(seededRandom('incoming'))
  friend = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  other = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  own = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  newer = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  newerKey = sosAuthKey(crypto, newer.box, friend.box.publicKey)
  otherKey = sosAuthKey(crypto, own.box, other.box.publicKey)
  authKey = sosAuthKey(crypto, own.box, friend.box.publicKey)
  replyKeys = crypto.boxPair(crypto.random(32))
  store = await openStore(memoryFiles(), upgrades)
})
afterAll(() => store.close())

beforeEach(async () => {
  await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
  scripted = scriptedServer()
  const http = createHttp({
    network: scripted.network,
    server: new URL('https://server.test'),
    clock: manualClock(),
    closing: new AbortController().signal,
  })
  incoming = createIncoming({
    store,
    crypto,
    call: (request) => http.call({ ...request, authorization: 'Bearer access' }),
    sharesOf: () => {
      rosterReads += 1
      return new Map([
        [
          friendId,
          {
            keys: () => [
              { keys: newer.box, peer: friend.box.publicKey, authKey: newerKey },
              { keys: own.box, peer: friend.box.publicKey, authKey },
            ],
            name: 'Ada',
          },
        ],
        [
          otherId,
          {
            keys: () => [{ keys: own.box, peer: other.box.publicKey, authKey: otherKey }],
            name: 'Mia',
          },
        ],
      ])
    },
    ownName: () => 'Ines',
  })
})

const position = { latitude: 47.5, longitude: -122.5, accuracyMetres: 12, at: 1_780_000_000_000 }
const fix = { ...position, latitude: 475_000_000, longitude: -1_225_000_000 }
const details: SlotDetails = {
  kind: 'medical',
  raisedAt: 1_780_000_000_000,
  position: fix,
  note: 'blue door',
  ending: 'open',
}
const opId = (id: number): OpId => someId(String(id % 10)) as OpId

function slotText(op: OpId, kind: SosKind, said: Partial<SlotDetails> = {}): string {
  const to = { boxKey: own.box.publicKey, ownBoxKey: friend.box.publicKey, authKey }
  return bytesToBase64url(
    sealSlot(crypto, to, { alert, op, kind, details: { ...details, ...said } }),
  )
}

/** A notice as the server tells it, nothing sealed in it. */
const bare = (id: number, event: AlertEvent, parts: Partial<AlertNotice> = {}): AlertNotice => ({
  type: 'notice',
  id,
  kind: 'alert',
  event,
  alert,
  op: opId(id),
  alert_kind: 'sos',
  role: 'contact',
  contact: friendId,
  reply_key: bytesToBase64url(replyKeys.publicKey),
  raised_at: 1_780_000_000_001,
  received_at: receivedAt,
  ...parts,
})
const raised = (id: number, said?: Partial<SlotDetails>) =>
  bare(id, 'raised', { slot: slotText(opId(id), 'raise', said) })
const updated = (id: number, said?: Partial<SlotDetails>) =>
  bare(id, 'updated', { slot: slotText(opId(id), 'update', said) })
const cancelled = (id: number) =>
  bare(id, 'cancelled', {
    slot: slotText(opId(id), 'cancel', { ending: 'cancelled', note: '', position: undefined }),
  })
const nearby = (id: number, event: AlertEvent) => {
  const { contact: _, ...notice } = bare(id, event, { role: 'nearby' })
  return notice
}

const take = async (...notices: AlertNotice[]): Promise<void> => {
  for (const notice of notices) await store.write((tx) => incoming.take(tx, notice))
}
const list = (): Promise<readonly IncomingAlert[]> => until(incoming.list, () => true)
const only = async (): Promise<IncomingAlert> => {
  const alerts = await list()
  expect(alerts).toHaveLength(1)
  return alerts[0]!
}

describe('a notice of a contact’s alert', () => {
  test('W51 shows what they sealed, by their clock and under the name she gave them', async () => {
    await take(raised(1))
    expect(await only()).toEqual({
      id: alert,
      kind: 'medical',
      role: 'contact',
      from: { contact: friendId, name: 'Ada' },
      verified: true,
      state: 'open',
      raisedAt: 1_780_000_000_000,
      receivedAt,
      note: 'blue door',
      position,
    })
  })

  test('W46 without a slot still shows that there is an alert, and that only the server says so', async () => {
    await take(bare(1, 'raised'))
    const shown = await only()
    expect(shown).toMatchObject({ verified: false, state: 'open', kind: 'sos' })
    expect(shown.raisedAt).toBe(1_780_000_000_001)
    expect(shown.note).toBeUndefined()
  })

  test('W51 a slot of another alert, operation or kind, or of a stranger, is not believed', async () => {
    const slot = raised(1).slot!
    const liars: Partial<AlertNotice>[] = [
      { alert: someId('2'), slot },
      { op: opId(2), slot },
      { contact: someId('e'), slot },
      { event: 'cancelled', slot },
      { event: 'raised', slot: cancelled(1).slot! },
      { slot: bytesToBase64url(new Uint8Array(1_024)) },
    ]
    for (const parts of liars) {
      await take(bare(1, 'raised', parts))
      const shown = await only()
      expect(shown).toMatchObject({ verified: false })
      expect(shown.note).toBeUndefined()
      await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
    }
  })

  test('C80 an update the server alone speaks of leaves what is known', async () => {
    await take(raised(1), bare(2, 'updated'))
    expect(await only()).toMatchObject({ verified: true, note: 'blue door' })
  })

  test('C80 in any order, and each any number of times, the same stands in the end', async () => {
    const first = raised(1)
    const second = updated(2, { note: 'third floor', position: undefined })
    const third = updated(3, { note: 'roof' })
    const orders = [
      [first, second, third],
      [third, first, second],
      [second, third, second, first, first, third],
    ]
    for (const order of orders) {
      await take(...order)
      expect(await only()).toMatchObject({ verified: true, note: 'roof', position, state: 'open' })
      await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
    }
  })

  test('C81 after its end the position is gone from the store; the note stays', async () => {
    for (const order of [
      [raised(1), cancelled(2)],
      [cancelled(2), raised(1)],
      [raised(1), cancelled(2), updated(3)],
    ]) {
      await take(...order)
      const shown = await only()
      expect(shown).toMatchObject({ state: 'cancelled', verified: true, note: 'blue door' })
      expect(shown.position).toBeUndefined()
      const [row] = await store.query('SELECT position, reply_key FROM incoming_alerts')
      expect(row).toEqual({ position: null, reply_key: null })
      await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
    }
  })

  test('W52 an end that only the server says is shown as that, until the contact’s own comes', async () => {
    await take(raised(1), bare(2, 'resolved'))
    expect(await only()).toMatchObject({ state: 'resolved', verified: false })
    await take(cancelled(3), bare(4, 'resolved'))
    expect(await only()).toMatchObject({ state: 'cancelled', verified: true })
  })

  test('that expired keeps what the contact said', async () => {
    const { op: _, ...expired } = bare(2, 'expired')
    await take(raised(1), expired)
    expect(await only()).toMatchObject({ state: 'expired', verified: true, note: 'blue door' })
  })

  test('C80 what one contact sealed is not shown as another’s word, nor as the end of their alert', async () => {
    const to = { boxKey: own.box.publicKey, ownBoxKey: other.box.publicKey, authKey: otherKey }
    const byOther = (id: number, event: AlertEvent, kind: SosKind) => {
      const content = { alert, op: opId(id), kind, details: { ...details, note: 'all is well' } }
      const slot = bytesToBase64url(sealSlot(crypto, to, content))
      return bare(id, event, { contact: otherId, slot })
    }
    await take(bare(1, 'raised'), byOther(2, 'updated', 'update'))
    const shown = await only()
    expect(shown).toMatchObject({ verified: false, from: { contact: friendId, name: 'Ada' } })
    expect(shown.note).toBeUndefined()
    await take(raised(3), byOther(4, 'updated', 'update'), byOther(5, 'cancelled', 'cancel'))
    expect(await only()).toMatchObject({ state: 'cancelled', verified: false, note: 'blue door' })
  })

  test('C80 one that was a passer-by’s first is the contact’s as soon as they are named', async () => {
    for (const order of [
      [nearby(1, 'raised'), raised(2)],
      [raised(2), nearby(1, 'raised')],
    ]) {
      await take(...order)
      const shown = await only()
      expect(shown).toMatchObject({ role: 'contact', verified: true, note: 'blue door', position })
      expect(shown.from).toEqual({ contact: friendId, name: 'Ada' })
      await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
    }
  })

  test('C80 a note that no store takes as it is stands before nothing', async () => {
    await take(raised(1, { note: 'blue\0 \u202edoor\n' }))
    expect(await only()).toMatchObject({ verified: true, note: 'blue door' })
  })

  test('whom she trusts is read once for the list, and not for strangers alone', async () => {
    const of = (digit: string) => bare(1, 'raised', { alert: someId(digit) })
    await take(of('1'), of('2'), of('3'))
    const before = rosterReads
    expect(await list()).toHaveLength(3)
    expect(rosterReads).toBe(before + 1)
    await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
    await take(nearby(1, 'raised'))
    const then = rosterReads
    await only()
    expect(rosterReads).toBe(then)
  })

  test('C81 of one contact a hundred ended alerts are kept, the newest, and every open one', async () => {
    await take(raised(1))
    await store.write(async (tx) => {
      await tx.script(`
        INSERT INTO incoming_alerts
        SELECT gen_random_uuid(), role, contact_id, kind, 'cancelled', false, false, 0, raised_at,
          received_at + n, NULL, '', NULL, NULL
        FROM incoming_alerts, generate_series(1, 150) n`)
    })
    await take(bare(2, 'updated'))
    const kept = await list()
    expect(kept.map(({ state }) => state).filter((state) => state === 'open')).toHaveLength(1)
    const ended = kept.filter(({ state }) => state === 'cancelled')
    expect([ended.length, ended.at(-1)!.receivedAt]).toEqual([100, receivedAt + 51])
  })

  test('C81 without any notice an old one is let go of by this device’s clock, with a month to spare', async () => {
    const dayMs = 24 * 3_600_000
    await take(raised(1))
    await incoming.prune(receivedAt + 36 * dayMs)
    expect(await only()).toMatchObject({ state: 'open', position })
    await incoming.prune(receivedAt + 38 * dayMs)
    const shown = await only()
    expect([shown.state, shown.position]).toEqual(['expired', undefined])
    await incoming.prune(receivedAt + 61 * dayMs)
    expect(await list()).toEqual([])
  })

  test('open alerts come first, the newest first', async () => {
    const of = (digit: string, parts: Partial<AlertNotice>) =>
      bare(1, 'raised', { alert: someId(digit), ...parts })
    await take(
      of('3', { received_at: receivedAt + 3, event: 'cancelled' }),
      of('1', { received_at: receivedAt + 1 }),
      of('2', { received_at: receivedAt + 2 }),
    )
    expect((await list()).map(({ id }) => id)).toEqual(['2', '1', '3'].map(someId))
  })

  test('C81 one whose end never came is expired by the server’s clock, and ended ones go', async () => {
    const dayMs = 24 * 3_600_000
    const after = (days: number, digit: string) =>
      bare(9, 'raised', { alert: someId(digit), received_at: receivedAt + days * dayMs })
    await take(raised(1), after(6, '6'))
    expect((await list()).map(({ state }) => state)).toEqual(['open', 'open'])
    await take(after(8, '8'))
    const shown = (await list()).find(({ id }) => id === alert)!
    expect(shown.state).toBe('expired')
    expect(shown.position).toBeUndefined()
    await take(after(31, '9'))
    expect((await list()).map(({ id }) => id)).not.toContain(alert)
  })
})

describe('an answer', () => {
  const path = `/v1/alerts/${alert}/responses`
  const sent = () => {
    const { state, message } = scripted.to(path).at(-1)!.body as { state: string; message: string }
    return { state, message: base64urlToBytes(message)! }
  }

  test('W55 of a contact is for the owner alone: no reply key opens it, hers or the server’s', async () => {
    scripted.next(path, new Response(null, { status: 204 }))
    await take(raised(1))
    await incoming.respond(alert, 'on-my-way', 'ten minutes')
    const { state, message } = sent()
    expect(state).toBe('on-my-way')
    expect(openContactResponse(crypto, { alert, authKey }, message)).toEqual({
      state,
      name: 'Ines',
      note: 'ten minutes',
    })
    expect(openResponse(crypto, replyKeys, message)).toBeUndefined()
    expect((await only()).response).toBe('on-my-way')
    expect(scripted.requests).toHaveLength(1)
  })

  test('W46 of two slots the one by the newest keys opens, whichever it is, and the answer goes by the same', async () => {
    const op = opId(1)
    const content = { alert, op, kind: 'raise', details } as const
    const ownBoxKey = friend.box.publicKey
    const byOld = sealSlot(crypto, { boxKey: own.box.publicKey, ownBoxKey, authKey }, content)
    const byNew = sealSlot(
      crypto,
      { boxKey: newer.box.publicKey, ownBoxKey, authKey: newerKey },
      content,
    )
    const unreadable = crypto.random(byOld.length)
    for (const [slots, key] of [
      [[unreadable, byNew], newerKey],
      [[byNew, unreadable], newerKey],
      [[byOld, byNew], newerKey],
      [[unreadable, byOld], authKey],
      [[byOld], authKey],
    ] as const) {
      await store.write((tx) => tx.script('DELETE FROM incoming_alerts'))
      scripted.next(path, new Response(null, { status: 204 }))
      await take(bare(1, 'raised', { op, slot: bytesToBase64url(concat(...slots)) }))
      expect(await only()).toMatchObject({ verified: true, note: 'blue door' })
      await incoming.respond(alert, 'accept')
      expect(openContactResponse(crypto, { alert, authKey: key }, sent().message)).toMatchObject({
        state: 'accept',
      })
    }
  })

  test('is not kept as given when the server did not take it', async () => {
    await take(raised(1))
    for (const code of ['sos/closed', 'sos/no-alert'] as const) {
      scripted.next(path, problemResponse(new Problem(code)))
      await expect(incoming.respond(alert, 'accept')).rejects.toMatchObject({ code })
    }
    scripted.next(path, 'lost')
    await expect(incoming.respond(alert, 'accept')).rejects.toMatchObject({
      code: 'server/unreachable',
    })
    expect((await only()).response).toBeUndefined()
  })

  test('to an alert that is unknown or has ended is refused here', async () => {
    await expect(incoming.respond(alert, 'accept')).rejects.toMatchObject({ code: 'sos/no-alert' })
    await take(raised(1), cancelled(2))
    await expect(incoming.respond(alert, 'accept')).rejects.toMatchObject({ code: 'sos/closed' })
    await expect(incoming.locate(alert)).rejects.toMatchObject({ code: 'sos/closed' })
    await expect(incoming.respond(alert, 'accept', 'n'.repeat(241))).rejects.toThrow(TypeError)
    expect(scripted.requests).toHaveLength(0)
  })
})

describe('a passer-by', () => {
  const responses = `/v1/alerts/${alert}/responses`
  const box = `/v1/alerts/${alert}/responder-box`
  const released = (op: OpId, at = fix) => {
    const part = sealResponderPart(crypto, { alert, op }, at)
    return { op, key: bytesToBase64url(part.key), part: bytesToBase64url(part.sealed) }
  }

  test('W56 is shown neither person nor place', async () => {
    await take(nearby(1, 'raised'))
    expect(await only()).toEqual({
      id: alert,
      kind: 'sos',
      role: 'nearby',
      verified: false,
      state: 'open',
      raisedAt: 1_780_000_000_001,
      receivedAt,
    })
  })

  test('W56 who accepts is shown the position that the server gives out, and later ones', async () => {
    await take(nearby(1, 'raised'))
    scripted.next(responses, new Response(null, { status: 204 }))
    scripted.next(box, released(opId(1)))
    await incoming.respond(alert, 'accept')
    const shown = await until(incoming.list, ([first]) => first?.position !== undefined)
    expect(shown[0]).toMatchObject({ position, response: 'accept' })
    scripted.next(box, released(opId(2), { ...fix, latitude: 480_000_000 }))
    await take(nearby(2, 'updated'))
    await until(incoming.list, ([first]) => first?.position?.latitude === 48)
  })

  test('W56 is told why when it is not given out, and can ask again', async () => {
    await take(nearby(1, 'raised'))
    scripted.next(responses, new Response(null, { status: 204 }))
    const refusal = new Problem('sos/not-released', { detail: 'the account is too new' })
    scripted.next(box, problemResponse(refusal))
    await incoming.respond(alert, 'accept')
    await expect.poll(() => scripted.to(box).length).toBe(1)
    scripted.next(box, problemResponse(refusal))
    await expect(incoming.locate(alert)).rejects.toMatchObject({
      code: 'sos/not-released',
      detail: 'the account is too new',
    })
    scripted.next(box, released(opId(1)))
    expect(await incoming.locate(alert)).toEqual(position)
  })

  test('who cannot come asks for nothing', async () => {
    await take(nearby(1, 'raised'))
    scripted.next(responses, new Response(null, { status: 204 }))
    await incoming.respond(alert, 'cannot')
    await take(nearby(2, 'updated'))
    await only()
    expect(scripted.to(box)).toHaveLength(0)
  })

  test('a part that was made for another operation is no position', async () => {
    await take(nearby(1, 'raised'))
    scripted.next(box, { ...released(opId(1)), op: opId(2) })
    await expect(incoming.locate(alert)).rejects.toMatchObject({ code: 'crypto/damaged' })
    expect((await only()).position).toBeUndefined()
  })
})
