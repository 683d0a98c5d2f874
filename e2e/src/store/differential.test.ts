import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { createPrng } from '../core/prng.ts'
import { openSealedDatabase } from './sealed-database.ts'
import { memoryDevice, type BlockDevice } from './sealed.ts'
import { digest, transactionSql, upkeepSql, workloadSchema } from './sql-workload.ts'

const options = {
  dataKey: new Uint8Array(32).fill(0xd1),
  settings: { shared_buffers: '512kB', work_mem: '64kB', max_wal_size: '2MB', min_wal_size: '2MB' },
  pack: { journalBytes: 16 * 4096 },
}

/** A device that outlives the database on it. */
function lastingDevice(): BlockDevice {
  const device = memoryDevice()
  return { ...device, close: () => {} }
}

test.each(['a', 'b'])(
  'the same statements give the same rows as plain PGlite: seed %s',
  { timeout: 180_000 },
  async (seed) => {
    const plain = new PGlite({ initDbStartParams: ['--wal-segsize=1'] })
    const device = lastingDevice()
    let sealed = await openSealedDatabase(device, options)
    await plain.exec(workloadSchema)
    await sealed.pg.exec(workloadSchema)
    const prng = createPrng(`differential/${seed}`)
    for (let number = 1; number <= 60; number++) {
      const sql = transactionSql(prng, number)
      await plain.exec(sql)
      await sealed.pg.exec(sql)
      if (prng.chance(0.2)) await sealed.pg.exec(upkeepSql(prng))
      if (prng.chance(0.1)) {
        await sealed.pg.close()
        sealed = await openSealedDatabase(device, options)
      }
      if (number % 5 === 0) {
        expect(await digest(sealed.pg)).toBe(await digest(plain))
        // Sorts that do not fit in memory go through temporary files.
        const sorted = 'SELECT md5(string_agg(word, NULL ORDER BY word, id)) FROM entries'
        expect((await sealed.pg.query(sorted)).rows).toEqual((await plain.query(sorted)).rows)
      }
    }
    await plain.close()
    await sealed.pg.close()
  },
)
