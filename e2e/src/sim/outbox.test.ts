import { expect, test } from 'vitest'
import { simulateOutbox } from './outbox.ts'

test(
  'W34, W35: edits take effect once, whatever dies or is lost; replay with: npm run sim -- outbox --seed 1',
  { timeout: 420_000 },
  async () => {
    const report = await simulateOutbox('1', { kills: 8 })
    expect(report.differences).toEqual([])
    expect(report.kills).toBeGreaterThan(4)
    expect(report.faults).toBeGreaterThan(10)
    expect(report.envelopes).toBeGreaterThan(5)
  },
)
