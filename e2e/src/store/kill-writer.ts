/**
 * A process that is to be killed: writes numbered transactions into a sealed store in a file, and says each number when it
 * is acknowledged. `node kill-writer.ts FILE`
 */
import { createPrng } from '../core/prng.ts'
import { openSealedDatabase } from './sealed-database.ts'
import { fileDevice } from './sealed.ts'
import { killSettings } from './kill-settings.ts'
import { transactionSql, upkeepSql } from './sql-workload.ts'

const [, , path = ''] = process.argv
const { pg, pack } = await openSealedDatabase(fileDevice(path), killSettings)
const { rows } = await pg.query<{ last: number }>(
  'SELECT coalesce(max(number), 0) AS last FROM progress',
)
const prng = createPrng(`kill/${rows[0]!.last}`)
for (let number = rows[0]!.last + 1; ; number++) {
  await pg.exec(transactionSql(prng, number))
  process.send?.(number)
  if (prng.chance(0.2)) await pg.exec(upkeepSql(prng))
  if (prng.chance(0.2)) pack.compact(50)
  if (prng.chance(0.1)) pack.setKeyArea(new Uint8Array(100).fill(number % 256))
}
