import { expect, test } from 'vitest'
import { createPrng } from '../core/prng.ts'
import { openSealedDatabase } from './sealed-database.ts'
import { memoryDevice } from './sealed.ts'
import { digest, transactionSql, workloadSchema } from './sql-workload.ts'

const options = {
  dataKey: new Uint8Array(32).fill(0x7a),
  settings: { shared_buffers: '1024kB' },
  pack: { journalBytes: 16 * 4096 },
}

/** Errors that a database with a damaged block may answer with: I/O, and what follows from it in Postgres. */
const honest = /^(58030|XX001|XX002)$/

test(
  'B5 with a damaged block a database answers right, or with an error, and never wrongly',
  { timeout: 180_000 },
  async () => {
    const device = memoryDevice()
    const content = device.content.bind(device)
    const { pg } = await openSealedDatabase(device, options)
    await pg.exec(workloadSchema)
    const prng = createPrng('tamper')
    for (let number = 1; number <= 25; number++) await pg.exec(transactionSql(prng, number))
    const expected = await digest(pg)
    await pg.close()
    const image = content()

    const outcomes = { right: 0, refused: 0, failed: 0, unopened: 0 }
    for (let i = 0; i < 24; i++) {
      const damaged = image.slice()
      const flips = prng.pick([1, 3, 10])
      for (let k = 0; k < flips; k++) {
        const at = prng.int(i < 4 ? 0 : 16_384, image.length - 1)
        damaged[at]! ^= 1 << prng.int(0, 7)
      }
      const opened = await openSealedDatabase(memoryDevice(damaged), options).catch(
        (error: unknown) => error,
      )
      if (opened instanceof Error) {
        if (/^the pack is (damaged|newer-format)$/.test(opened.message)) outcomes.refused += 1
        else outcomes.unopened += 1
        continue
      }
      const database = opened as Awaited<ReturnType<typeof openSealedDatabase>>
      try {
        expect(await digest(database.pg)).toBe(expected)
        outcomes.right += 1
      } catch (error) {
        expect((error as { code?: string }).code).toMatch(honest)
        outcomes.failed += 1
        // The session goes on.
        expect((await database.pg.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
      }
      await database.pg.close().catch(() => {})
    }
    expect(outcomes.right).toBeGreaterThan(0)
    expect(outcomes.failed + outcomes.unopened + outcomes.refused).toBeGreaterThan(0)
  },
)
