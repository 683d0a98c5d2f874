import {
  appendEntry,
  cutFor,
  entryHash,
  headOf,
  judgeEnvelope,
  parseEntry,
  parseEnvelope,
  startVault,
  type EpochPart,
  type LogEntry,
  type VaultView,
} from '@selene/shapes'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { sealEnvelope } from '../crypto/envelope.ts'
import { docIdOf, sealEpoch, wrapPreviousKey } from '../crypto/epoch-key.ts'
import { deviceKeys, newDeviceSeeds, type DeviceKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import {
  addDevice,
  foundTestVault,
  mustAppend,
  nextEntry,
  removeMember,
  type TestVault,
} from '../testing/test-vault.ts'
import { makeGenesis, signEntry } from './entry.ts'
import { keysFromEntry } from './key-ring.ts'

let crypto: Primitives
let vault: TestVault
let tablet: DeviceKeys
let added: Uint8Array
let view: VaultView

beforeEach(async () => {
  crypto = await loadPrimitives(seededRandom('log'))
  vault = foundTestVault(crypto)
  tablet = deviceKeys(crypto, newDeviceSeeds(crypto))
  added = addDevice(crypto, { ...vault, author: vault.founder }, tablet)
  view = mustAppend(crypto, vault.view, added)
})

/** The entry by which the founder removes the tablet, taken apart. */
function tabletRemoved() {
  const { entry, epochKey } = removeMember(
    crypto,
    { ...vault, view, author: vault.founder },
    { removed: tablet.id, cut: [] },
  )
  const parsed = parseEntry(entry)
  if (!parsed.ok || parsed.value.payload.type !== 'member-removed') throw new Error('fixture')
  return { payload: parsed.value.payload, epochKey }
}

const refused = (code: string) => ({ ok: false, code })
const signBy = (entry: LogEntry, ...keys: DeviceKeys[]): Uint8Array =>
  signEntry(
    crypto,
    entry,
    keys.map((k) => k.sign.secretKey),
  )

describe('genesis', () => {
  const genesisOf = (change: (entry: LogEntry) => LogEntry): Uint8Array => {
    const { entry } = makeGenesis(crypto, vault.founder, 'phone')
    const { sign, sos } = vault.founder
    return signEntry(crypto, change(entry), [sign.secretKey, sos.secretKey])
  }

  test('W6 another genesis is another vault', () => {
    const other = startVault(
      genesisOf((entry) => entry),
      crypto,
    )
    expect(other.ok && other.view.vault).not.toBe(vault.view.vault)
  })

  test('W6 a vault starts with nothing but its genesis', () => {
    expect(startVault(added, crypto)).toEqual(refused('vault/entry-refused'))
    const late = genesisOf((entry) => ({ ...entry, seq: 1 }))
    expect(startVault(late, crypto)).toEqual(refused('vault/entry-refused'))
    const named = genesisOf((entry) => ({ ...entry, vault: vault.view.vault }))
    expect(startVault(named, crypto)).toEqual(refused('vault/entry-refused'))
    const foreign = genesisOf((entry) => ({ ...entry, author: tablet.id }))
    expect(startVault(foreign, crypto)).toEqual(refused('vault/entry-refused'))
  })

  test('W12 genesis is signed by the keys that it names', () => {
    const { entry } = makeGenesis(crypto, vault.founder, 'phone')
    const { sign } = vault.founder
    const forged = signEntry(crypto, entry, [sign.secretKey, tablet.sos.secretKey])
    expect(startVault(forged, crypto)).toEqual(refused('crypto/bad-signature'))
  })
})

describe('entries', () => {
  test('W12 the log is a chain: a replay, a gap and another history are refused', () => {
    expect(appendEntry(view, added, crypto)).toEqual(refused('vault/head-moved'))
    const third = addDevice(
      crypto,
      { ...vault, view, author: vault.founder },
      deviceKeys(crypto, newDeviceSeeds(crypto)),
    )
    expect(appendEntry(vault.view, third, crypto)).toEqual(refused('vault/head-moved'))
  })

  test('W12 entries of another vault are refused', () => {
    const other = foundTestVault(crypto)
    expect(appendEntry(other.view, added, crypto)).toEqual(refused('vault/foreign'))
  })

  test('W15 only a member writes, and only a current one', () => {
    const stranger = deviceKeys(crypto, newDeviceSeeds(crypto))
    const another = deviceKeys(crypto, newDeviceSeeds(crypto))
    const byStranger = addDevice(crypto, { ...vault, view, author: stranger }, another)
    expect(appendEntry(view, byStranger, crypto)).toEqual(refused('vault/not-member'))
    const removal = removeMember(
      crypto,
      { ...vault, view, author: vault.founder },
      { removed: tablet.id, cut: [] },
    )
    const after = mustAppend(crypto, view, removal.entry)
    const byRemoved = addDevice(
      crypto,
      { view: after, author: tablet, epochKey: removal.epochKey },
      another,
    )
    expect(appendEntry(after, byRemoved, crypto)).toEqual(refused('vault/not-member'))
  })

  test('W7 an added member signs for its own keys', () => {
    const stolen = deviceKeys(crypto, newDeviceSeeds(crypto))
    const parsed = parseEntry(addDevice(crypto, { ...vault, view, author: vault.founder }, stolen))
    if (!parsed.ok) throw new Error(parsed.code)
    const forged = signEntry(crypto, parsed.value, [
      vault.founder.sign.secretKey,
      tablet.sign.secretKey,
      stolen.sos.secretKey,
    ])
    expect(appendEntry(view, forged, crypto)).toEqual(refused('crypto/bad-signature'))
  })

  test('W12 a member is not added twice, and a removed one never comes back', () => {
    const again = addDevice(crypto, { ...vault, view, author: vault.founder }, tablet)
    expect(appendEntry(view, again, crypto)).toEqual(refused('vault/entry-refused'))
    const removal = removeMember(
      crypto,
      { ...vault, view, author: vault.founder },
      { removed: tablet.id, cut: [] },
    )
    const after = mustAppend(crypto, view, removal.entry)
    const back = addDevice(
      crypto,
      { view: after, author: vault.founder, epochKey: removal.epochKey },
      tablet,
    )
    expect(appendEntry(after, back, crypto)).toEqual(refused('vault/entry-refused'))
  })

  test('W13 an epoch is sealed to every member, to nobody else, once each', () => {
    const { payload } = tabletRemoved()
    const [seal] = payload.epoch.seals
    const variants = [[], [seal!, seal!], [seal!, { ...seal!, member: tablet.id }]]
    for (const seals of variants) {
      const entry = nextEntry(view, vault.founder.id, {
        ...payload,
        epoch: { ...payload.epoch, seals },
      })
      expect(appendEntry(view, signBy(entry, vault.founder), crypto)).toEqual(
        refused('vault/entry-refused'),
      )
    }
  })

  test('W13 epochs are numbered without gaps', () => {
    const { payload } = tabletRemoved()
    for (const number of [1, 3]) {
      const entry = nextEntry(view, vault.founder.id, {
        ...payload,
        epoch: { ...payload.epoch, number },
      })
      expect(appendEntry(view, signBy(entry, vault.founder), crypto)).toEqual(
        refused('vault/entry-refused'),
      )
    }
  })

  test('W2 no mutation of an entry is accepted', () => {
    fc.assert(
      fc.property(fc.nat(added.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const mutated = added.with(at, added[at]! ^ flip)
        expect(appendEntry(vault.view, mutated, crypto).ok).toBe(false)
      }),
    )
    expect(appendEntry(vault.view, Uint8Array.of(...added, 0), crypto).ok).toBe(false)
    expect(appendEntry(vault.view, added.subarray(0, -1), crypto).ok).toBe(false)
  })
})

describe('epoch keys', () => {
  const open = (log: VaultView, entry: Uint8Array, keys: DeviceKeys) => {
    const parsed = parseEntry(entry)
    if (!parsed.ok) throw new Error(parsed.code)
    return keysFromEntry(crypto, { view: log, entry: parsed.value }, keys)
  }

  test('W13 founder and added device find the same key; others find none', () => {
    const founders = open(view, vault.genesis, vault.founder)
    expect(founders).toEqual([{ number: 1, key: vault.epochKey }])
    expect(open(view, added, tablet)).toEqual(founders)
    expect(open(view, added, deviceKeys(crypto, newDeviceSeeds(crypto)))).toEqual([])
  })

  test('W13 keys other than those that the epochs commit to are refused, the sealed one and those before it', () => {
    const { payload, epochKey } = tabletRemoved()
    const written = (change: Partial<EpochPart>): Uint8Array =>
      signBy(
        nextEntry(view, vault.founder.id, { ...payload, epoch: { ...payload.epoch, ...change } }),
        vault.founder,
      )
    const epoch = { vault: view.vault, number: 2, key: epochKey }
    const other = crypto.random(32)
    const sealed = sealEpoch(crypto, { ...epoch, key: other }, vault.founder.box.publicKey)
    for (const entry of [
      written({ seals: [{ member: vault.founder.id, sealed }] }),
      written({ seals: [{ member: vault.founder.id, sealed: new Uint8Array(sealed.length) }] }),
      written({ previous: wrapPreviousKey(crypto, epoch, other) }),
      written({ previous: wrapPreviousKey(crypto, { ...epoch, key: other }, vault.epochKey) }),
    ])
      expect(open(mustAppend(crypto, view, entry), entry, vault.founder)).toBeUndefined()
    const honest = written({ previous: wrapPreviousKey(crypto, epoch, vault.epochKey) })
    expect(open(mustAppend(crypto, view, honest), honest, vault.founder)).toHaveLength(2)
  })

  test('W5 W13 a device that comes in a later epoch finds the way back to the first', () => {
    const removal = removeMember(
      crypto,
      { ...vault, view, author: vault.founder },
      { removed: tablet.id, cut: [] },
    )
    const after = mustAppend(crypto, view, removal.entry)
    const late = deviceKeys(crypto, newDeviceSeeds(crypto))
    const entry = addDevice(
      crypto,
      { view: after, author: vault.founder, epochKey: removal.epochKey },
      late,
    )
    const last = mustAppend(crypto, after, entry)
    expect(open(last, entry, late)).toEqual([
      { number: 2, key: removal.epochKey },
      { number: 1, key: vault.epochKey },
    ])
    expect(open(after, removal.entry, tablet)).toEqual([])
  })
})

describe('envelopes against the log', () => {
  function envelopeOf(author: DeviceKeys, log: VaultView, change: object = {}): Uint8Array {
    const head = headOf(log)
    const header = {
      version: 1,
      kind: 'update',
      epoch: 1,
      vault: log.vault,
      doc: docIdOf(crypto, vault.epochKey, 'month/2026-03'),
      device: author.id,
      deviceSeq: 5,
      docSeq: 1,
      docPrev: new Uint8Array(32),
      logSeq: head.seq,
      logHash: head.hash.subarray(0, 16),
      ext: new Uint8Array(0),
      ...change,
    } as const
    const keys = { epochKey: vault.epochKey, signKey: author.sign.secretKey }
    return sealEnvelope(crypto, keys, { header, content: new Uint8Array(3) }).bytes
  }
  const judge = (log: VaultView, bytes: Uint8Array) => {
    const parsed = parseEnvelope(bytes)
    return parsed.ok ? judgeEnvelope(log, parsed.value, crypto) : parsed
  }

  test('W4 a member’s envelope counts; a stranger’s, a forged and a foreign one do not', () => {
    expect(judge(view, envelopeOf(tablet, view)).ok).toBe(true)
    const stranger = deviceKeys(crypto, newDeviceSeeds(crypto))
    expect(judge(view, envelopeOf(stranger, view))).toEqual(refused('vault/not-member'))
    expect(judge(view, envelopeOf(tablet, view, { device: vault.founder.id }))).toEqual(
      refused('crypto/bad-signature'),
    )
    expect(judge(view, envelopeOf(tablet, foundTestVault(crypto).view))).toEqual(
      refused('vault/foreign'),
    )
  })

  test('W18 an envelope that saw another log is not believed', () => {
    expect(judge(view, envelopeOf(tablet, view, { logHash: new Uint8Array(16) }))).toEqual(
      refused('vault/log-unknown'),
    )
    expect(judge(vault.view, envelopeOf(vault.founder, view))).toEqual(refused('vault/log-unknown'))
    expect(judge(view, envelopeOf(tablet, view, { epoch: 2 }))).toEqual(
      refused('vault/log-unknown'),
    )
    expect(judge(view, envelopeOf(tablet, view, { epoch: 0 }))).toEqual(
      refused('vault/log-unknown'),
    )
  })

  test('W18 nobody but its author says that an envelope saw another log', () => {
    const elsewhere = { logHash: new Uint8Array(16) }
    const forged = { ...elsewhere, device: vault.founder.id }
    expect(judge(view, envelopeOf(tablet, view, forged))).toEqual(refused('crypto/bad-signature'))
    const ahead = { logSeq: 99, device: vault.founder.id }
    expect(judge(view, envelopeOf(tablet, view, ahead))).toEqual(refused('crypto/bad-signature'))
    // Who is not known yet may be a member of a log that is ahead of this one.
    const stranger = deviceKeys(crypto, newDeviceSeeds(crypto))
    expect(judge(view, envelopeOf(stranger, view, { logSeq: 99 }))).toEqual(
      refused('vault/log-unknown'),
    )
  })

  test('W14 what lies above the cut is void for ever, below it stays', () => {
    const cut = [{ device: tablet.id, deviceSeq: 5 }]
    const removal = removeMember(
      crypto,
      { ...vault, view, author: vault.founder },
      { removed: tablet.id, cut },
    )
    const after = mustAppend(crypto, view, removal.entry)
    expect(cutFor(after, 1, tablet.id)).toBe(5)
    expect(cutFor(after, 1, vault.founder.id)).toBe(0)
    expect(cutFor(after, 2, vault.founder.id)).toBe(Number.POSITIVE_INFINITY)
    expect(judge(after, envelopeOf(tablet, view)).ok).toBe(true)
    expect(judge(after, envelopeOf(tablet, view, { deviceSeq: 6 }))).toEqual(refused('vault/void'))
    expect(judge(after, envelopeOf(tablet, after, { epoch: 2 }))).toEqual(refused('vault/void'))
    expect(judge(after, envelopeOf(vault.founder, after, { epoch: 2 })).ok).toBe(true)
  })

  test('W2 no mutation of an envelope is accepted', () => {
    const good = envelopeOf(tablet, view)
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        expect(judge(view, good.with(at, good[at]! ^ flip)).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

test('W12 an entry hash covers every byte before the signatures', () => {
  const parsed = parseEntry(added)
  if (!parsed.ok) throw new Error(parsed.code)
  const { unsigned } = parsed.value
  const hashes = new Set(
    [...unsigned.keys()].map((at) =>
      entryHash(unsigned.with(at, unsigned[at]! ^ 1), crypto).join(),
    ),
  )
  expect(hashes.size).toBe(unsigned.length)
})
