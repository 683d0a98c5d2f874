/**
 * Known answers: everything whose bytes are fixed, made from a seeded source, compared with the pinned
 * bytes, and taken apart again by other implementations (noble, Node's OpenSSL). With
 * SELENE_PIN_VECTORS=1 the file is written anew, after a change of the wire's version.
 */
import { argon2Sync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { sha512 } from '@noble/hashes/sha2.js'
import {
  bytesToHex,
  concat,
  documentUpdate,
  encode,
  hexToBytes,
  linkCodeToText,
  opHash,
  startVault,
  appendEntry,
  utf8,
  uuidToBytes,
  type AlertId,
  type ContactId,
  type DeviceId,
  type DocId,
  type LinkId,
  type OpId,
  type VaultId,
} from '@selene/shapes'
import { beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../testing/seeded-random.ts'
import { makeGenesis, makeMemberAdded, signEntry } from '../vault/entry.ts'
import { makeRecoveryMember } from '../vault/recovery-members.ts'
import { sodiumArgon2id } from './argon2id.ts'
import { seal } from './committing-aead.ts'
import { sealEnvelope } from './envelope.ts'
import { docIdOf, wrapPreviousKey } from './epoch-key.ts'
import { deviceKeys, newDeviceSeeds } from './member-keys.ts'
import { passphraseKeys } from './passphrase.ts'
import { readPhrase } from './phrase.ts'
import { epochShareSeeds, shareKeys, sosAuthKey } from './share.ts'
import { loadPrimitives } from './sodium.ts'
import { sealContactResponse, sealResponderPart, sealSlot, signSosOp } from './sos-slot.ts'
import { sealRenewal } from './succession.ts'

const file = new URL('./vectors.json', import.meta.url)
const phrase = `${'abandon '.repeat(23)}art`
const kdf = {
  kind: 'argon2id',
  ops: 3,
  memoryBytes: 67_108_864,
  salt: utf8('0123456789abcdef'),
} as const

/** What an alert carries, from a source of its own. */
async function makeAlert() {
  const crypto = await loadPrimitives(seededRandom('known answers of alerts'))
  const her = shareKeys(crypto, { sign: crypto.random(32), box: crypto.random(32) }).box
  const friend = shareKeys(crypto, { sign: crypto.random(32), box: crypto.random(32) }).box
  const reply = crypto.boxPair(crypto.random(32))
  const sos = crypto.signPair(crypto.random(32))
  const authKey = sosAuthKey(crypto, her, friend.publicKey)
  const place = {
    alert: '7b1c1f0e-52a0-4b6e-9a3f-0d2f6f0c9a11' as AlertId,
    op: '0190163d-8694-439b-aea5-966c26f8ad91' as OpId,
  }
  const at = 1_773_100_800_000
  const position = { latitude: 475_000_000, longitude: -1_225_000_000, accuracyMetres: 12, at }
  const details = {
    kind: 'sos',
    raisedAt: at,
    position,
    note: 'blue door',
    ending: 'open',
  } as const
  const slot = sealSlot(
    crypto,
    { boxKey: friend.publicKey, ownBoxKey: her.publicKey, authKey },
    { ...place, kind: 'raise', details },
  )
  const responderPart = sealResponderPart(crypto, place, position)
  const answer = { state: 'on-my-way', name: 'Ada', note: 'ten minutes' } as const
  const response = sealContactResponse(crypto, { alert: place.alert, authKey }, answer)
  const op = signSosOp(
    crypto,
    {
      version: 1,
      kind: 'raise',
      ...place,
      vault: 'cc47562e-d8cc-83fb-b884-0ad126c83da4' as VaultId,
      device: '51e97903-989b-0d25-c302-024d3950f641' as DeviceId,
      at,
      fireAfter: 10,
      routing: {
        kind: 'sos',
        audience: 'contacts-and-nearby',
        cell: { row: 10_575, column: -18_424 },
        radiusMetres: 2_000,
        replyKey: reply.publicKey,
        exclude: [],
      },
      slots: [{ contact: '5f0d3c52-8c1e-4a7b-8f6d-2b9e4c7a1d33' as ContactId, sealed: slot }],
      responderPart,
    },
    sos,
  )
  return {
    keys: { her, friend, reply, sos },
    made: {
      authKey: bytesToHex(authKey),
      slot: bytesToHex(slot),
      responderKey: bytesToHex(responderPart.key),
      responderPart: bytesToHex(responderPart.sealed),
      response: bytesToHex(response),
      op: bytesToHex(op),
    },
  }
}

/** Two identities of epochs, and what tells a contact of the second, from a source of its own. */
async function makeRenewal() {
  const crypto = await loadPrimitives(seededRandom('known answers of renewals'))
  const epochKeys = [crypto.random(32), crypto.random(32)]
  const identities = epochKeys.map((key) => shareKeys(crypto, epochShareSeeds(crypto, key)))
  const authKey = crypto.random(32)
  const place = {
    authKey,
    contact: '5f0d3c52-8c1e-4a7b-8f6d-2b9e4c7a1d33' as ContactId,
    from: 'cc47562e-d8cc-83fb-b884-0ad126c83da4' as VaultId,
  }
  return {
    epochKeys: epochKeys.map((key) => bytesToHex(key)),
    authKey: bytesToHex(authKey),
    sealed: bytesToHex(sealRenewal(crypto, place, identities)),
  }
}

async function make() {
  const crypto = await loadPrimitives(seededRandom('known answers'))
  const keys = deviceKeys(crypto, newDeviceSeeds(crypto))
  const { entry, epochKey } = makeGenesis(crypto, keys, 'phone')
  const genesis = signEntry(crypto, entry, [keys.sign.secretKey, keys.sos.secretKey])
  const started = startVault(genesis, crypto)
  if (!started.ok) throw new Error(started.code)
  const { view } = started
  const epoch = { number: 1, key: epochKey }
  const argon2id = sodiumArgon2id(crypto)
  const secrets = await passphraseKeys({ crypto, argon2id }, 'correct horse battery staple', kdf)
  const recovery = makeRecoveryMember(
    crypto,
    { view, epoch },
    {
      kind: 'passphrase',
      cardKey: secrets.cardKey,
      kdf,
    },
  )
  const added = makeMemberAdded(crypto, { view, author: keys.id, epoch }, [recovery.member])
  const signed = signEntry(crypto, added, [keys.sign.secretKey, recovery.keys.sign.secretKey])
  const appended = appendEntry(view, signed, crypto)
  if (!appended.ok) throw new Error(appended.code)
  const doc = docIdOf(crypto, epochKey, 'month/2026-03')
  const content = encode(documentUpdate, {
    schemaMajor: 1,
    schemaMinor: 0,
    at: 1_773_100_800_000,
    name: 'month/2026-03',
    update: Uint8Array.of(0, 0),
  })
  const header = {
    version: 1,
    kind: 'update',
    epoch: 1,
    vault: view.vault,
    doc,
    device: keys.id,
    deviceSeq: 1,
    docSeq: 1,
    docPrev: new Uint8Array(32),
    logSeq: 1,
    logHash: appended.view.hashes[1]!.subarray(0, 16),
    ext: new Uint8Array(0),
  } as const
  const envelope = sealEnvelope(
    crypto,
    { epochKey, signKey: keys.sign.secretKey },
    { header, content },
  )
  const op = {
    kind: 'doc.update',
    op: '0190163d-8694-439b-aea5-966c26f8ad91' as OpId,
    deviceSeq: 1,
  } as const
  const context = { key: epochKey, domain: utf8('selene/test\0'), header: utf8('header') }
  const alert = await makeAlert()
  const renewal = await makeRenewal()
  return {
    crypto,
    keys,
    epochKey,
    view,
    alert,
    made: {
      vault: view.vault as string,
      member: keys.id as string,
      genesis: bytesToHex(genesis),
      memberAdded: bytesToHex(signed),
      card: bytesToHex(recovery.card),
      loginSecret: bytesToHex(secrets.loginSecret),
      cardKey: bytesToHex(secrets.cardKey),
      phraseCardKey: bytesToHex(readPhrase(crypto, phrase)!.cardKey),
      epochKey: bytesToHex(epochKey),
      docId: doc as string,
      sealed: bytesToHex(seal(crypto, context, utf8('plain'))),
      wrapped: bytesToHex(
        wrapPreviousKey(crypto, { number: 2, key: epochKey }, new Uint8Array(32)),
      ),
      envelope: bytesToHex(envelope.bytes),
      envelopeHash: bytesToHex(envelope.hash),
      opHash: bytesToHex(opHash({ ...op, body: envelope.bytes }, crypto)),
      linkCode: linkCodeToText({
        rendezvous: '0190163d-8694-439b-aea5-966c26f8ad91' as LinkId,
        secret: new Uint8Array(32).fill(1),
        signKey: keys.sign.publicKey,
        boxKey: keys.box.publicKey,
        sosKey: keys.sos.publicKey,
      }),
      alert: alert.made,
      renewal,
    },
  }
}

const bytes = (hex: string): Uint8Array => hexToBytes(hex)!
const hash = (length: number, parts: Uint8Array[], key?: Uint8Array): Uint8Array =>
  blake2b(concat(...parts), { dkLen: length, ...(key && { key }) })
/** crypto_kdf_derive_from_key, as libsodium's documentation defines it over BLAKE2b. */
function derive(key: Uint8Array, id: number, context: string): Uint8Array {
  const salt = new Uint8Array(16)
  salt[0] = id
  const personalization = concat(utf8(context), new Uint8Array(8))
  return blake2b(new Uint8Array(0), { key, salt, personalization, dkLen: 32 })
}
/** The committing AEAD of W1, opened with other libraries. */
function openSealed(key: Uint8Array, domain: string, header: Uint8Array, sealed: Uint8Array) {
  const nonce = sealed.subarray(0, 24)
  const okm = hash(64, [utf8(domain), nonce, header], key)
  expect(sealed.subarray(24, 56)).toEqual(okm.subarray(32))
  return xchacha20poly1305(okm.subarray(0, 32), nonce, header).decrypt(sealed.subarray(56))
}

const words = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.slice().buffer)
/** crypto_box_seal_open, as libsodium's documentation defines it, over other primitives. */
function openBox(sealed: Uint8Array, keys: { publicKey: Uint8Array; secretKey: Uint8Array }) {
  const once = sealed.subarray(0, 32)
  const shared = x25519.getSharedSecret(keys.secretKey, once)
  const key = new Uint32Array(8)
  hsalsa(words(utf8('expand 32-byte k')), words(shared), new Uint32Array(4), key)
  const nonce = hash(24, [once, keys.publicKey])
  return xsalsa20poly1305(new Uint8Array(key.buffer), nonce).decrypt(sealed.subarray(32))
}
/** Content behind its length, before the zeros (W3). */
const unpadded = (padded: Uint8Array): Uint8Array =>
  padded.subarray(4, 4 + new DataView(padded.buffer, padded.byteOffset).getUint32(0))

describe('known answers', () => {
  let pinned: Awaited<ReturnType<typeof make>>['made']
  let now: Awaited<ReturnType<typeof make>>
  beforeAll(async () => {
    now = await make()
    if (process.env['SELENE_PIN_VECTORS'])
      writeFileSync(file, `${JSON.stringify(now.made, null, 2)}\n`)
    pinned = JSON.parse(readFileSync(file, 'utf8')) as typeof pinned
  })

  test('all bytes are the pinned ones', () => {
    expect(now.made).toEqual(pinned)
  })

  test('W1 the committing AEAD opens with BLAKE2b and XChaCha20-Poly1305 of noble', () => {
    const plain = openSealed(
      bytes(pinned.epochKey),
      'selene/test\0',
      utf8('header'),
      bytes(pinned.sealed),
    )
    expect(plain).toEqual(utf8('plain'))
  })

  test('W2 W4 the envelope: hash, signature and body by noble', () => {
    const envelope = bytes(pinned.envelope)
    const unsigned = envelope.subarray(0, -64)
    expect(envelope.length).toBe(256 + 256)
    const envelopeHash = hash(32, [utf8('selene/envelope/v1\0'), unsigned])
    expect(bytesToHex(envelopeHash)).toBe(pinned.envelopeHash)
    const signed = concat(utf8('selene/sig-envelope/v1\0'), envelopeHash)
    expect(ed25519.verify(envelope.subarray(-64), signed, now.keys.sign.publicKey)).toBe(true)
    const body = openSealed(
      derive(bytes(pinned.epochKey), 1, 'selepoch'),
      'selene/envelope-body/v1\0',
      unsigned.subarray(0, 120),
      unsigned.subarray(120),
    )
    expect(new DataView(body.buffer, body.byteOffset).getUint32(0)).toBe(1 + 1 + 8 + 1 + 13 + 2)
    expect(new TextDecoder().decode(body.subarray(4 + 11, 4 + 24))).toBe('month/2026-03')
  })

  test('W5 document ids and wraps come from the epoch key', () => {
    const key = bytes(pinned.epochKey)
    const id = hash(16, [utf8('month/2026-03')], derive(key, 3, 'selepoch'))
    expect(id).toEqual(uuidToBytes(pinned.docId as DocId))
    const previous = openSealed(
      derive(key, 2, 'selepoch'),
      'selene/epoch-wrap/v1\0',
      Uint8Array.of(0, 0, 0, 2),
      bytes(pinned.wrapped),
    )
    expect(previous).toEqual(new Uint8Array(32))
  })

  test('W6 W7 W12 the vault is named by its genesis, a member by its keys', () => {
    const genesis = bytes(pinned.genesis)
    const genesisHash = hash(32, [utf8('selene/log/v1\0'), genesis.subarray(0, -128)])
    const name = genesisHash.slice(0, 16)
    name[6] = (name[6]! & 0x0f) | 0x80
    name[8] = (name[8]! & 0x3f) | 0x80
    expect(name).toEqual(uuidToBytes(pinned.vault as VaultId))
    const signed = concat(utf8('selene/sig-log/v1\0'), genesisHash)
    const { sign, sos, box } = now.keys
    expect(ed25519.verify(genesis.subarray(-128, -64), signed, sign.publicKey)).toBe(true)
    expect(ed25519.verify(genesis.subarray(-64), signed, sos.publicKey)).toBe(true)
    const member = hash(16, [utf8('selene/member/v1\0'), sign.publicKey, box.publicKey])
    expect(member).toEqual(uuidToBytes(now.keys.id))
  })

  test('W13 the epoch commitment binds key, vault and number', () => {
    const commit = hash(
      32,
      [utf8('selene/epoch/v1\0'), new Uint8Array(16), Uint8Array.of(0, 0, 0, 1)],
      bytes(pinned.epochKey),
    )
    expect(commit).toEqual(now.view.epochs[0]!.commit)
  })

  test('W9 W10 passphrase and phrase keys by OpenSSL’s Argon2id and noble’s BLAKE2b', () => {
    const key = argon2Sync('argon2id', {
      message: utf8('correct horse battery staple'),
      nonce: kdf.salt,
      parallelism: 1,
      tagLength: 32,
      memory: kdf.memoryBytes / 1024,
      passes: kdf.ops,
    })
    expect(bytesToHex(derive(key, 1, 'selpassw'))).toBe(pinned.loginSecret)
    expect(bytesToHex(derive(key, 2, 'selpassw'))).toBe(pinned.cardKey)
    expect(bytesToHex(derive(new Uint8Array(32), 1, 'selphras'))).toBe(pinned.phraseCardKey)
  })

  test('W8 the card opens with the card key alone and names genesis and head', () => {
    const card = bytes(pinned.card)
    const header = card.subarray(0, 1 + 16 + 32 + 16 + 1 + 4 + 8 + 16 + 4 + 32)
    const seeds = openSealed(
      bytes(pinned.cardKey),
      'selene/card/v1\0',
      header,
      card.subarray(header.length),
    )
    expect(seeds.length).toBe(64)
    expect(header.subarray(17, 49)).toEqual(now.view.hashes[0])
    expect(header.subarray(-32)).toEqual(now.view.hashes[0])
  })

  test('W51 the slot: box, size and authentication by noble', () => {
    const { keys } = now.alert
    const slot = bytes(pinned.alert.slot)
    expect(slot.length).toBe(1_024)
    const plain = unpadded(openBox(slot, keys.friend))
    const inner = plain.subarray(0, -32)
    const pair = [keys.her.publicKey, keys.friend.publicKey].toSorted(Buffer.compare)
    const shared = x25519.getSharedSecret(keys.friend.secretKey, keys.her.publicKey)
    const authKey = hash(32, [utf8('selene/sos-auth/v1\0'), ...pair], shared)
    expect(bytesToHex(authKey)).toBe(pinned.alert.authKey)
    expect(plain.subarray(-32)).toEqual(hash(32, [inner], authKey))
    const domain = utf8('selene/sos-slot/v1\0')
    expect(inner.subarray(0, domain.length)).toEqual(domain)
    expect(inner.subarray(domain.length + 33, domain.length + 65)).toEqual(keys.her.publicKey)
    expect(new TextDecoder().decode(inner)).toContain('blue door')
  })

  test('W57 the responder part opens with its key, its alert and its operation', () => {
    const header = concat(
      uuidToBytes('7b1c1f0e-52a0-4b6e-9a3f-0d2f6f0c9a11'),
      uuidToBytes('0190163d-8694-439b-aea5-966c26f8ad91'),
    )
    const padded = openSealed(
      bytes(pinned.alert.responderKey),
      'selene/responder-part/v1\0',
      header,
      bytes(pinned.alert.responderPart),
    )
    const details = new DataView(unpadded(padded).slice().buffer)
    expect([details.getUint8(0), details.getInt32(1), details.getInt32(5)]).toEqual([
      1, 475_000_000, -1_225_000_000,
    ])
  })

  test('W55 a contact’s answer: key pair, box and authentication by noble', () => {
    const place = [
      utf8('selene/sos-answer/v1\0'),
      uuidToBytes('7b1c1f0e-52a0-4b6e-9a3f-0d2f6f0c9a11'),
    ]
    const seed = hash(32, place, bytes(pinned.alert.authKey))
    // libsodium makes a box pair's secret key of its seed by SHA-512.
    const secretKey = sha512(seed).subarray(0, 32)
    const pair = { secretKey, publicKey: x25519.getPublicKey(secretKey) }
    const plain = unpadded(openBox(bytes(pinned.alert.response), pair))
    const [said, auth] = [plain.subarray(0, -33), plain.subarray(-32)]
    expect(plain.at(-33)).toBe(1)
    const claim = concat(
      utf8('selene/sos-answer/v1\0'),
      uuidToBytes('7b1c1f0e-52a0-4b6e-9a3f-0d2f6f0c9a11'),
      said,
    )
    expect(auth).toEqual(hash(32, [claim], bytes(pinned.alert.authKey)))
    expect(new TextDecoder().decode(said)).toContain('ten minutes')
  })

  test('W43 a renewal: seeds of the epochs, chain and signatures by noble', () => {
    const { epochKeys, authKey, sealed } = pinned.renewal
    const [first, second] = epochKeys.map((key) => {
      const [sign, box] = [5, 6].map((id) => derive(bytes(key), id, 'selepoch'))
      const secretKey = sha512(box!).subarray(0, 32)
      return {
        seed: sign!,
        signKey: ed25519.getPublicKey(sign!),
        boxKey: x25519.getPublicKey(secretKey),
      }
    })
    const statement = (number: number, { signKey, boxKey }: typeof first & {}, prev: Uint8Array) =>
      concat(Uint8Array.of(1, 0, 0, 0, number), signKey, boxKey, prev)
    const hashOf = (stated: Uint8Array) => hash(32, [utf8('selene/share/v1\0'), stated])
    const stated = statement(2, second!, hashOf(statement(1, first!, new Uint8Array(32))))
    const signed = concat(utf8('selene/sig-share/v1\0'), hashOf(stated))
    const header = concat(
      Uint8Array.of(1),
      uuidToBytes('5f0d3c52-8c1e-4a7b-8f6d-2b9e4c7a1d33'),
      uuidToBytes('cc47562e-d8cc-83fb-b884-0ad126c83da4'),
    )
    const domain = 'selene/share-renewal/v1\0'
    const key = hash(32, [utf8(domain)], bytes(authKey))
    expect(unpadded(openSealed(key, domain, header, bytes(sealed)))).toEqual(
      concat(
        Uint8Array.of(1, 1),
        stated,
        ed25519.sign(signed, first!.seed),
        ed25519.sign(signed, second!.seed),
      ),
    )
  })

  test('W48 the SOS operation: hash and signature by noble', () => {
    const op = bytes(pinned.alert.op)
    const opHash = hash(32, [utf8('selene/sos/v1\0'), op.subarray(0, -64)])
    const signed = concat(utf8('selene/sig-sos/v1\0'), opHash)
    expect(ed25519.verify(op.subarray(-64), signed, now.alert.keys.sos.publicKey)).toBe(true)
    expect([op[0], op[1]]).toEqual([1, 1])
    expect(op.subarray(2, 18)).toEqual(uuidToBytes('0190163d-8694-439b-aea5-966c26f8ad91'))
  })
})
