import { appendEntry, documentSnapshot, encode, encodeCovers, startVault } from '@selene/shapes'
import { expect, test } from 'vitest'
import { encodeStateAsUpdate } from 'yjs'
import { systemRandom } from '../core/random.ts'
import { docIdOf } from '../crypto/epoch-key.ts'
import { deviceKeys, newDeviceSeeds } from '../crypto/member-keys.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import { createTestAuthor } from '../testing/test-author.ts'
import { addDevice, foundTestVault, mustAppend, removeMember } from '../testing/test-vault.ts'
import { nextStep } from './envelope-step.ts'
import { documentOf, stateHash } from './state-hash.ts'
import { snapshotStep } from './snapshot-step.ts'

const seed = process.env['SEED'] ?? String(Date.now())
const random = seededRandom(seed)
const below = (limit: number): number =>
  Math.floor((new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32) * limit)

/** Flips, cuts, lengthens or overwrites; never gives the same bytes back. */
function mutate(bytes: Uint8Array): Uint8Array {
  const mutant = bytes.slice()
  mutant[below(bytes.length)]! ^= 1 + below(255)
  switch (below(8)) {
    case 0:
      return mutant.slice(0, below(bytes.length))
    case 1:
      return new Uint8Array([...bytes, ...random.bytes(1 + below(40))])
    case 2: {
      const junk = random.bytes(below(32))
      const at = below(bytes.length)
      mutant.set(junk.subarray(0, bytes.length - at), at)
      return mutant
    }
    default:
      return mutant
  }
}

const crypto = await loadPrimitives(systemRandom)
const { founder, genesis, epochKey, view } = foundTestVault(crypto)

test(`W27 none of 30,000 mutated envelopes is taken or passed over; replay with SEED=${seed}`, () => {
  const vault = {
    view: () => view,
    epochKey: (number: number) => (number === 1 ? epochKey : undefined),
    docId: (name: string) => docIdOf(crypto, epochKey, name),
  }
  const author = createTestAuthor(crypto, { view: vault.view, epochKey }, founder)
  const { bytes, header } = author.write((doc) => doc.getMap('registers').set('a|b|c', [1, 0, 1]))
  const start = { seq: 0, hash: new Uint8Array(32) }
  const row = { doc_id: header.doc, device_id: header.device, doc_seq: 1 }
  expect(nextStep({ crypto, vault }, { ...row, envelope: bytes }, start).step).toBe('take')
  const codes = new Map<string | undefined, number>()
  for (let i = 0; i < 30_000; i++) {
    const step = nextStep({ crypto, vault }, { ...row, envelope: mutate(bytes) }, start)
    if (step.step !== 'wait') throw new Error(`mutant ${i}: ${step.step}`)
    codes.set(step.code, (codes.get(step.code) ?? 0) + 1)
  }
  // The mutants have reached every check that stands before the seal.
  for (const code of ['wire/malformed', 'doc/chain', 'vault/foreign', 'crypto/bad-signature'])
    expect(codes.get(code)).toBeGreaterThan(50)
})

test(`W24 none of 10,000 mutated snapshots is good, or held against its author; replay with SEED=${seed}`, () => {
  const vault = { view: () => view, epochKey: () => epochKey, docId: () => doc }
  const doc = docIdOf(crypto, epochKey, 'month/2026-03')
  const author = createTestAuthor(crypto, { view: vault.view, epochKey }, founder)
  const cover = { device: founder.id, docSeq: 1, hash: random.bytes(32) }
  const state = encodeStateAsUpdate(author.doc('month/2026-03'))
  const stateOf = { stateHash: stateHash(crypto, documentOf([state])), state }
  const start = { schemaMajor: 1, schemaMinor: 0, at: 1, name: 'month/2026-03' }
  const { bytes } = author.write(() => {}, {
    content: encode(documentSnapshot, { ...start, ...stateOf }),
    header: { kind: 'snapshot', docSeq: 1, ext: encodeCovers([cover]) },
  })
  const judge = (envelope: Uint8Array) =>
    snapshotStep({ crypto, vault }, { doc_id: doc, number: 1, envelope }).step
  expect(judge(bytes)).toBe('good')
  for (let i = 0; i < 10_000; i++) {
    const step = judge(mutate(bytes))
    if (step !== 'wait') throw new Error(`mutant ${i}: ${step}`)
  }
})

test(`W18 none of 10,000 mutated log entries is appended, and no mutated genesis opens a vault; replay with SEED=${seed}`, () => {
  const tablet = deviceKeys(crypto, newDeviceSeeds(crypto))
  const added = addDevice(crypto, { view, author: founder, epochKey }, tablet)
  const after = mustAppend(crypto, view, added)
  const place = { view: after, author: founder, epochKey }
  const removal = removeMember(crypto, place, { removed: tablet.id, cut: [] })
  expect(appendEntry(after, removal.entry, crypto).ok).toBe(true)
  for (let i = 0; i < 5_000; i++) {
    const taken = [
      appendEntry(view, mutate(added), crypto),
      appendEntry(after, mutate(removal.entry), crypto),
      startVault(mutate(genesis), crypto),
    ].some(({ ok }) => ok)
    if (taken) throw new Error(`mutant ${i} was taken`)
  }
})
