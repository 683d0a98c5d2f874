/** The table `cycle_data`, derived from all months together: one row a cycle, and the ovulation that signs tell of. */
import type {
  CivilDate,
  Cycle,
  CycleHistory,
  NotCounted,
  ObservedOvulation,
} from '../calendar/index.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import { prepareTable, type DerivedTable } from '../store/derived-table.ts'
import { readerRole, type Reader, type StoreTx } from '../store/store.ts'

/** What an ovulation means to a forecast. */
export type KnownOvulation = Pick<ObservedOvulation, 'cycleStart' | 'date' | 'lutealLength'>

export interface KnownCycles {
  readonly history: CycleHistory
  readonly ovulations: readonly KnownOvulation[]
}

const proposalsKey = 'proposed-cycle-starts'

const table: DerivedTable = {
  name: 'cycle-data',
  version: 2,
  createSql: `
DROP TABLE IF EXISTS cycle_data;
CREATE TABLE cycle_data (
  start date PRIMARY KEY,
  length integer,
  bleeding_days integer NOT NULL,
  counts boolean NOT NULL,
  not_counted text,
  nothing_missed boolean NOT NULL,
  ovulation date,
  ovulation_by text,
  luteal_length integer,
  skip_probability double precision
);
GRANT SELECT ON cycle_data TO ${readerRole};`,
}

export const prepareCycleData = (tx: StoreTx): Promise<boolean> => prepareTable(tx, table)

interface CycleRow {
  readonly start: CivilDate
  readonly length: number | null
  readonly bleeding_days: number
  readonly counts: boolean
  readonly not_counted: NotCounted | null
  readonly nothing_missed: boolean
  readonly ovulation: CivilDate | null
  readonly ovulation_by: string | null
  readonly luteal_length: number | null
  readonly skip_probability: number | null
}

export interface CycleFacts {
  readonly history: CycleHistory
  readonly ovulations: readonly ObservedOvulation[]
  /** Probability that the log of a period is missing within the cycle of this start. */
  readonly skipped: ReadonlyMap<CivilDate, number>
}

function rowsOf({ history, ovulations, skipped }: CycleFacts): CycleRow[] {
  const ovulationOf = new Map(ovulations.map((one) => [one.cycleStart, one]))
  return history.cycles.map((cycle) => {
    const { start, length, bleedingDays, notCounted, nothingMissed = false } = cycle
    const ovulation = ovulationOf.get(start)
    return {
      start,
      length: length ?? null,
      bleeding_days: bleedingDays,
      counts: notCounted === undefined,
      not_counted: notCounted ?? null,
      nothing_missed: nothingMissed,
      ovulation: ovulation?.date ?? null,
      ovulation_by: ovulation?.by ?? null,
      luteal_length: ovulation?.lutealLength ?? null,
      skip_probability: skipped.get(start) ?? null,
    }
  })
}

/** Replaces the rows unless they are the ones that `written` says; returns what says the new ones. */
export async function writeCycleData(
  tx: StoreTx,
  facts: CycleFacts,
  written: string | undefined,
): Promise<string> {
  const rows = JSON.stringify([rowsOf(facts), facts.history.proposals])
  if (rows === written) return rows
  await tx.script('DELETE FROM cycle_data')
  await tx.query(
    `INSERT INTO cycle_data
     SELECT r.* FROM jsonb_populate_recordset(NULL::cycle_data, $1::text::jsonb -> 0) AS r`,
    [rows],
  )
  await writeMeta(tx, proposalsKey, facts.history.proposals)
  return rows
}

const cycleOf = (row: CycleRow): Cycle => ({
  start: row.start,
  ...(row.length !== null && { length: row.length }),
  bleedingDays: row.bleeding_days,
  ...(row.not_counted !== null && { notCounted: row.not_counted }),
  ...(row.nothing_missed && { nothingMissed: true }),
})

const ovulationOf = (row: CycleRow): KnownOvulation[] =>
  row.ovulation === null
    ? []
    : [
        {
          cycleStart: row.start,
          date: row.ovulation,
          ...(row.luteal_length !== null && { lutealLength: row.luteal_length }),
        },
      ]

/** Reads the cycles back. */
export async function readCycleData(reader: Reader): Promise<KnownCycles> {
  const rows = await reader.query<CycleRow>('SELECT * FROM cycle_data ORDER BY start')
  const proposals = (await readMeta<CivilDate[]>(reader, proposalsKey)) ?? []
  return {
    history: { cycles: rows.map(cycleOf), proposals },
    ovulations: rows.flatMap(ovulationOf),
  }
}
