/** Reads captured changes of one table in the order of the log, a window at a time. */
import type { Queryable } from '../../db/db.ts'
import type { Captured, Change, RowText, Values } from './change.ts'
import type { LogPlace } from './place.ts'
import { lockedSignatureSql, type Relation } from './relation.ts'
import { keySql, parsedRowSql, valuesSql } from './shape-sql.ts'

export interface Window<T extends Captured> {
  readonly changes: readonly T[]
  /** Changes after this place have not been looked at. */
  readonly end: LogPlace
  /** The table's form when its rows were read. */
  readonly signature: string | null
  /** Changes before this place may be missing (E8). */
  readonly forgotten: bigint
}

/** Transactions and bytes of rows looked at by one statement. */
const mostTransactions = 256
const mostBytes = 2_000_000

const capturedSql = `
  ended AS (
    SELECT xid, first_id, last_id AS tx FROM shape.transactions
    WHERE last_id >= $1::bigint AND last_id <= $3::bigint ORDER BY last_id LIMIT ${mostTransactions}
  ), bound AS (
    SELECT CASE WHEN count(*) < ${mostTransactions} THEN $3::bigint ELSE max(tx) END AS up_to
    FROM ended
  ), numbered AS (
    SELECT ended.tx, 2 * (row_number() OVER (PARTITION BY c.xid ORDER BY c.id) - 1) AS op, c.*
    FROM ended JOIN shape.changes c
      ON c.id BETWEEN ended.first_id AND ended.tx AND c.xid = ended.xid
  ), sized AS (
    SELECT *, sum(coalesce(octet_length(old_row), 0) + coalesce(octet_length(new_row), 0))
      OVER (ORDER BY tx, op) AS bytes, lead(tx) OVER (ORDER BY tx, op) AS next
    FROM numbered
    WHERE relation = $4::oid AND (tx, op) > ($1::bigint, $2::bigint)
      AND ($5::text IS NULL OR strpos(old_row, $5) > 0 OR strpos(new_row, $5) > 0
        OR (old_row IS NULL AND new_row IS NULL))
  ), taken AS (
    SELECT * FROM sized
    WHERE bytes - coalesce(octet_length(old_row), 0) - coalesce(octet_length(new_row), 0) < ${mostBytes}
  )`

interface CapturedRow {
  readonly upTo: bigint
  readonly tx: bigint | null
  readonly op: bigint
  readonly id: bigint
  readonly xid: string
  readonly oldRow: string | null
  readonly newRow: string | null
  readonly hasMore: boolean
  readonly forgotten: bigint
}

const captured = (row: CapturedRow): Captured => ({
  tx: row.tx!,
  op: Number(row.op),
  id: row.id,
  xid: BigInt(row.xid),
  oldRow: row.oldRow,
  newRow: row.newRow,
})

/** The gap after a transaction, or the change after which more was left out. */
function endOf(rows: readonly CapturedRow[]): LogPlace {
  const last = rows.at(-1)!
  return last.hasMore ? { tx: last.tx!, op: Number(last.op) } : { tx: last.upTo + 1n, op: 0 }
}

const selected = `bound.up_to AS "upTo", t.tx, t.op, t.id, t.xid, t.old_row AS "oldRow",
  t.new_row AS "newRow", t.next IS NOT NULL AS "hasMore",
  (SELECT forgotten FROM shape.horizon) AS forgotten`

/** What to read. */
export interface Range {
  readonly from: LogPlace
  /** The last place that may be told. */
  readonly upTo: bigint
  /** A text that every row of interest has in it; changes of other rows may be left out. */
  readonly needle?: string | undefined
}

const parameters = ({ oid }: Relation, { from, upTo, needle }: Range) => [
  from.tx,
  from.op,
  upTo,
  oid,
  needle ?? null,
]

/** Numbers between which a kept plan is good: it is made for few changes, and takes long for many. */
const fewNumbers = 2000n

const keeping = ({ from, upTo }: Range) => ({ often: upTo - from.tx < fewNumbers })

/** Changes as they were captured. */
export async function readCaptured(
  db: Queryable,
  relation: Relation,
  range: Range,
): Promise<Omit<Window<Captured>, 'signature'>> {
  const rows = await db.query<CapturedRow>(
    `WITH ${capturedSql} SELECT ${selected} FROM bound LEFT JOIN taken t ON true ORDER BY t.tx, t.op`,
    parameters(relation, range),
    keeping(range),
  )
  const changes = rows.filter(({ tx }) => tx !== null).map(captured)
  return { changes, end: endOf(rows), forgotten: rows[0]!.forgotten }
}

type ToldRow = CapturedRow & {
  readonly signature: string | null
  readonly oldKey: string | null
  readonly newKey: string | null
  readonly oldValues: Values | null
  readonly newValues: Values | null
}

const rowText = (key: string | null, values: Values | null): RowText | undefined =>
  key === null || values === null ? undefined : { key, values }

/** Changes with all columns of their rows told apart. */
export async function readTold(
  db: Queryable,
  relation: Relation,
  range: Range,
): Promise<Window<Change>> {
  const names = relation.columns.map(({ name }) => name)
  const told = (row: string): string => `(
    SELECT ${keySql(relation)} AS key, ${valuesSql(relation, names)} AS values
    FROM ${parsedRowSql(relation, row)})`
  const rows = await db.query<ToldRow>(
    `WITH ${capturedSql}
     SELECT ${selected}, ${lockedSignatureSql(relation)} AS signature,
       before.key AS "oldKey", before.values AS "oldValues",
       after.key AS "newKey", after.values AS "newValues"
     FROM bound LEFT JOIN taken t ON true
     LEFT JOIN LATERAL ${told('t.old_row')} before ON true
     LEFT JOIN LATERAL ${told('t.new_row')} after ON true
     ORDER BY t.tx, t.op`,
    parameters(relation, range),
    keeping(range),
  )
  const changes = rows
    .filter(({ tx }) => tx !== null)
    .map((row) => ({
      ...captured(row),
      before: rowText(row.oldKey, row.oldValues),
      after: rowText(row.newKey, row.newValues),
    }))
  const { signature, forgotten } = rows[0]!
  return { changes, end: endOf(rows), signature, forgotten }
}
