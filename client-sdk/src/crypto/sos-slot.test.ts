import {
  concat,
  domains,
  limits,
  parseSosOp,
  sosOpHash,
  sosSigningBytes,
  uuidToBytes,
  type AlertId,
  type Fix,
  type OpId,
  type SlotDetails,
  type SosOp,
} from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { someId } from '../testing/scripted-server.ts'
import type { Primitives } from './primitives.ts'
import { epochShareSeeds, shareKeys, sosAuthKey, type ShareKeys } from './share.ts'
import { loadPrimitives } from './sodium.ts'
import {
  openContactResponse,
  openResponderPart,
  openResponse,
  openSlot,
  sealContactResponse,
  sealResponderPart,
  sealResponse,
  sealSlot,
  signSosOp,
} from './sos-slot.ts'

let crypto: Primitives
let her: ShareKeys
let friend: ShareKeys
let stranger: ShareKeys
let authKey: Uint8Array
beforeAll(async () => {
  crypto = await loadPrimitives(seededRandom('slots'))
  her = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  friend = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  stranger = shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
  authKey = sosAuthKey(crypto, her.box, friend.box.publicKey)
})

const place = { alert: someId('1') as AlertId, op: someId('2') as OpId }
const position: Fix = {
  latitude: 475_000_000,
  longitude: -1_225_000_000,
  accuracyMetres: 12,
  at: 1_780_000_000_000,
}
const details: SlotDetails = {
  kind: 'sos',
  raisedAt: 1_780_000_000_000,
  position,
  note: 'blue door',
  ending: 'open',
}
const toFriend = () => ({
  boxKey: friend.box.publicKey,
  ownBoxKey: her.box.publicKey,
  authKey,
})
const asFriend = () => ({ keys: friend.box, peer: her.box.publicKey, authKey })
const content = { ...place, kind: 'raise', details } as const

describe('a slot', () => {
  test('W51 tells the contact what the sender sealed', () => {
    const slot = sealSlot(crypto, toFriend(), content)
    expect(openSlot(crypto, asFriend(), slot, place)).toEqual({ kind: 'raise', details })
  })

  test('C92 a note is read as one plain line: what no store takes is not in it', () => {
    const said = { ...details, note: 'blue\0 \u202edoor\nleft' }
    const slot = sealSlot(crypto, toFriend(), { ...content, details: said })
    expect(openSlot(crypto, asFriend(), slot, place)?.details.note).toBe('blue door left')
  })

  test('W51 both sides compute one key', () => {
    expect(sosAuthKey(crypto, friend.box, her.box.publicKey)).toEqual(authKey)
  })

  test('W3 W51 has one size, whatever it says', () => {
    const longest = '\u{ffff}'.repeat(240)
    const contents: SlotDetails[] = [
      details,
      { ...details, note: '', position: undefined },
      { ...details, note: longest },
      { ...details, kind: 'test', ending: 'cancelled', note: '', position: undefined },
    ]
    for (const each of contents) {
      const slot = sealSlot(crypto, toFriend(), { ...content, details: each })
      expect(slot.length).toBe(1_024)
      expect(openSlot(crypto, asFriend(), slot, place)?.details).toEqual(each)
    }
  })

  test('W51 of another alert, operation, sender, recipient or key is none', () => {
    const slot = sealSlot(crypto, toFriend(), content)
    const link = asFriend()
    expect(
      openSlot(crypto, link, slot, { ...place, alert: someId('3') as AlertId }),
    ).toBeUndefined()
    expect(openSlot(crypto, link, slot, { ...place, op: someId('3') as OpId })).toBeUndefined()
    const otherPeer = { ...link, peer: stranger.box.publicKey }
    expect(openSlot(crypto, otherPeer, slot, place)).toBeUndefined()
    expect(openSlot(crypto, { ...link, keys: stranger.box }, slot, place)).toBeUndefined()
    const otherKey = { ...link, authKey: crypto.random(32) }
    expect(openSlot(crypto, otherKey, slot, place)).toBeUndefined()
  })

  test('W51 cannot be made by who knows public keys only, nor be passed on by the recipient', () => {
    const guessed = { ...toFriend(), authKey: new Uint8Array(32) }
    const forged = sealSlot(crypto, guessed, content)
    expect(openSlot(crypto, asFriend(), forged, place)).toBeUndefined()
    // The friend has a link with the stranger too, and repeats her words there.
    const theirs = sosAuthKey(crypto, friend.box, stranger.box.publicKey)
    const passedOn = sealSlot(
      crypto,
      { boxKey: stranger.box.publicKey, ownBoxKey: her.box.publicKey, authKey: theirs },
      content,
    )
    const asStranger = { keys: stranger.box, peer: friend.box.publicKey, authKey: theirs }
    expect(openSlot(crypto, asStranger, passedOn, place)).toBeUndefined()
  })

  test('W51 of 25,000 changed slots none is accepted and none breaks the reader', () => {
    const random = seededRandom('changed slots')
    const slot = sealSlot(crypto, toFriend(), content)
    for (let i = 0; i < 25_000; i++) {
      const [kind = 0, high = 0, low = 0, by = 0] = random.bytes(4)
      const at = ((high << 8) | low) % slot.length
      const changed =
        kind < 200
          ? slot.with(at, slot[at]! ^ (by || 1))
          : kind < 230
            ? slot.slice(0, at)
            : concat(slot, random.bytes(1 + (by % 64)))
      expect(openSlot(crypto, asFriend(), changed, place)).toBeUndefined()
    }
  })

  test('W51 25,000 authentic wrappers around changed insides are refused or read, never thrown at', () => {
    const random = seededRandom('changed insides')
    const padded = crypto.boxOpen(sealSlot(crypto, toFriend(), content), friend.box)!
    let accepted = 0
    for (let i = 0; i < 25_000; i++) {
      const [high = 0, low = 0, by = 0] = random.bytes(3)
      const at = ((high << 8) | low) % padded.length
      const inside = padded.with(at, padded[at]! ^ (by || 1))
      const opened = openSlot(
        { ...crypto, boxOpen: () => inside },
        asFriend(),
        new Uint8Array(1_024),
        place,
      )
      if (opened) accepted += 1
    }
    expect(accepted).toBe(0)
  })
})

describe('the responder part', () => {
  test('W57 opens with its key and in its place only', () => {
    const part = sealResponderPart(crypto, place, position)
    expect(openResponderPart(crypto, place, part)).toEqual({ position })
    const elsewhere = { ...place, op: someId('3') as OpId }
    expect(openResponderPart(crypto, elsewhere, part)).toBeUndefined()
    const otherKey = { ...part, key: crypto.random(32) }
    expect(openResponderPart(crypto, place, otherKey)).toBeUndefined()
    const torn = { ...part, sealed: part.sealed.subarray(0, 40) }
    expect(openResponderPart(crypto, place, torn)).toBeUndefined()
  })
})

describe('an answer', () => {
  const answer = { state: 'on-my-way', name: 'Ada', note: 'ten minutes' } as const
  const common = () => ({ alert: place.alert, authKey })
  const longest = { state: 'accept', name: 'n'.repeat(120), note: '\u{ffff}'.repeat(240) } as const

  test('W55 of a contact is read by the owner as theirs, for this alert alone', () => {
    const sealed = sealContactResponse(crypto, common(), answer)
    expect(openContactResponse(crypto, common(), sealed)).toEqual(answer)
    const elsewhere = { ...common(), alert: someId('3') as AlertId }
    expect(openContactResponse(crypto, elsewhere, sealed)).toBeUndefined()
    const otherKey = { ...common(), authKey: crypto.random(32) }
    expect(openContactResponse(crypto, otherKey, sealed)).toBeUndefined()
  })

  test('W55 of a contact is read by no reply key, whoever made it, and needs none', () => {
    const sealed = sealContactResponse(crypto, common(), answer)
    expect(openResponse(crypto, her.box, sealed)).toBeUndefined()
    expect(
      openContactResponse(crypto, common(), sealResponse(crypto, her.box.publicKey, answer)),
    ).toBe(undefined)
  })

  test('W55 sealed to a contact’s pair without their authentication is none', () => {
    const pair = crypto.boxPair(
      crypto.keyedHash(authKey, [domains.sosAnswer, uuidToBytes(place.alert)], 32),
    )
    const sealed = sealResponse(crypto, pair.publicKey, answer)
    expect(openResponse(crypto, pair, sealed)).toEqual(answer)
    expect(openContactResponse(crypto, common(), sealed)).toBeUndefined()
  })

  test('of a passer-by is read by the reply key', () => {
    const sealed = sealResponse(crypto, her.box.publicKey, answer)
    expect(openResponse(crypto, her.box, sealed)).toEqual(answer)
  })

  test('C92 is shown as plain lines, and is still known as theirs', () => {
    const turned = { state: 'accept', name: 'A\u202eda', note: 'blue\0\ndoor' } as const
    const shown = { state: 'accept', name: 'Ada', note: 'blue door' }
    const sealed = sealContactResponse(crypto, common(), turned)
    expect(openContactResponse(crypto, common(), sealed)).toEqual(shown)
    expect(openResponse(crypto, her.box, sealResponse(crypto, her.box.publicKey, turned))).toEqual(
      shown,
    )
  })

  test('of the longest name and note fits', () => {
    const sealed = sealContactResponse(crypto, common(), longest)
    expect(sealed.length).toBeLessThanOrEqual(limits.responseMessageBytes)
    expect(openContactResponse(crypto, common(), sealed)).toEqual(longest)
  })

  test('that nobody sealed to this alert is none', () => {
    for (const bytes of [crypto.random(400), new Uint8Array(0)]) {
      expect(openResponse(crypto, her.box, bytes)).toBeUndefined()
      expect(openContactResponse(crypto, common(), bytes)).toBeUndefined()
    }
  })
})

test('W48 an operation is signed over its hash with the SOS key', () => {
  const sosKey = crypto.signPair(new Uint8Array(32).fill(7))
  const op: SosOp = {
    version: 1,
    kind: 'cancel',
    ...place,
    vault: someId('4') as SosOp['vault'],
    device: someId('5') as SosOp['device'],
    at: 1,
    fireAfter: 0,
    routing: undefined,
    slots: [],
    responderPart: undefined,
  }
  const parsed = parseSosOp(signSosOp(crypto, op, sosKey))
  if (!parsed.ok) throw new Error(parsed.code)
  const { unsigned, signature } = parsed.value
  expect(parsed.value.op).toEqual(op)
  const message = sosSigningBytes(sosOpHash(unsigned, crypto))
  expect(crypto.verify(signature, message, sosKey.publicKey)).toBe(true)
})
