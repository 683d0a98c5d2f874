import { expect, test } from 'vitest'
import { simulateConvergence } from './converge.ts'

test.each(['1', '2'])(
  'three devices converge under faults; replay with: npm run sim -- converge --seed %s',
  { timeout: 180_000 },
  async (seed) => {
    const report = await simulateConvergence(seed)
    expect(report.differences).toEqual([])
    expect(report.faults).toBeGreaterThan(20)
    expect(report.partitions).toBeGreaterThan(3)
    expect(report.envelopes).toBeGreaterThan(20)
    expect(report.snapshots).toBeGreaterThan(0)
  },
)
