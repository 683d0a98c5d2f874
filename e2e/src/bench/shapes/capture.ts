/** What writers pay for a shape on their table: one bulk insert with and without. */
import type { Db } from '@selene/sync-server'
import { readWhole } from './initial.ts'
import { insertSql, median, makeTable, timed } from './rows.ts'

export interface CaptureCost {
  /** Milliseconds of the insert. */
  readonly without: number
  readonly with: number
}

const rows = 20_000

async function insertTimes(db: Db, rounds: number): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    await db.script('CHECKPOINT')
    taken.push(await timed(() => db.script(insertSql(rows, 100))))
  }
  return median(taken)
}

export async function measureCapture(shape: URL, db: Db, rounds: number): Promise<CaptureCost> {
  await makeTable(db, 100)
  const without = await insertTimes(db, rounds)
  await makeTable(db, 100)
  await readWhole(shape)
  return { without, with: await insertTimes(db, rounds) }
}
