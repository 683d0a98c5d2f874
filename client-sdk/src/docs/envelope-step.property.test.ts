import { appendEntry, startVault } from '@selene/shapes'
import { expect, test } from 'vitest'
import { systemRandom } from '../core/random.ts'
import { docIdOf } from '../crypto/epoch-key.ts'
import { deviceKeys, newDeviceSeeds } from '../crypto/member-keys.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import { createTestAuthor } from '../testing/test-author.ts'
import { addDevice, foundTestVault } from '../testing/test-vault.ts'
import { nextStep } from './envelope-step.ts'

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

test(`W27 none of 20,000 mutated envelopes is taken or passed over; replay with SEED=${seed}`, () => {
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
  for (let i = 0; i < 20_000; i++) {
    const step = nextStep({ crypto, vault }, { ...row, envelope: mutate(bytes) }, start)
    if (step.step !== 'wait') throw new Error(`mutant ${i}: ${step.step}`)
    codes.set(step.code, (codes.get(step.code) ?? 0) + 1)
  }
  // The mutants have reached every check that stands before the seal.
  for (const code of ['wire/malformed', 'doc/chain', 'vault/foreign', 'crypto/bad-signature'])
    expect(codes.get(code)).toBeGreaterThan(50)
})

test(`W18 none of 5,000 mutated log entries is appended; replay with SEED=${seed}`, () => {
  const added = deviceKeys(crypto, newDeviceSeeds(crypto))
  const entry = addDevice(crypto, { view, author: founder, epochKey }, added)
  expect(appendEntry(view, entry, crypto).ok).toBe(true)
  for (let i = 0; i < 5_000; i++) {
    expect(appendEntry(view, mutate(entry), crypto).ok).toBe(false)
    const started = startVault(mutate(genesis), crypto)
    if (started.ok) throw new Error(`mutant ${i} of genesis opened a vault`)
  }
})
