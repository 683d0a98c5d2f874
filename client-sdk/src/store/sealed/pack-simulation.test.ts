import { beforeAll, expect, test } from 'vitest'
import { loadBlockAead, type MakeBlockAead } from '../../crypto/block-aead.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import { loadPrimitives } from '../../crypto/sodium.ts'
import { seededRandom } from '../../testing/seeded-random.ts'
import { simulatePack } from './pack-simulation.ts'

let crypto: Primitives
let aead: MakeBlockAead
beforeAll(async () => {
  crypto = await loadPrimitives(seededRandom('primitives'))
  aead = await loadBlockAead()
})

function drawFrom(seed: string): () => number {
  const random = seededRandom(seed)
  return () => new DataView(random.bytes(4).buffer).getUint32(0) / 2 ** 32
}

test.each(['1', '2', '3', '4', '5', '6', '7', '8'])(
  'B2, B6, B12: whatever a crash keeps, an opening finds a commit, and no durable one is missing: seed %s',
  (seed) => {
    const report = simulatePack(
      {
        crypto,
        aead,
        random: seededRandom(seed),
        draw: drawFrom(seed),
        dataKey: seededRandom(`key ${seed}`).bytes(32),
        now: () => 0,
      },
      { lives: 4, steps: 50, imageChance: 0.08 },
    )
    expect(report.differences).toEqual([])
    expect(report.images).toBeGreaterThan(3)
    expect(report.commits).toBeGreaterThan(5)
  },
)
