import { expect, test } from 'vitest'
import { simulateStore } from './simulate-store.ts'

test(
  'B2, B3: a database opens whole from whatever a crash leaves, and no acknowledged transaction is missing; replay with: npm run sim -- store --seed SEED',
  { timeout: 300_000 },
  async () => {
    const during = new Set<string>()
    for (const seed of ['1', '2', '4']) {
      const report = await simulateStore(seed, { images: 20, transactions: 25 })
      expect(report.differences, `seed ${seed}`).toEqual([])
      expect(report.images).toBe(20)
      expect(report.packImages).toBeGreaterThan(3)
      for (const moment of Object.keys(report.during)) during.add(moment)
    }
    const seen = [...during].join()
    // In the sync of the log; in checkpoints, compaction and changes of the key area; in each part of the file.
    for (const moment of ['sync/', 'maintenance/', '/block', '/record', '/superblock', '/flush'])
      expect(seen).toContain(moment)
  },
)
