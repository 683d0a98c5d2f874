/** Reads a shape's changes in the order of the log, a bounded piece at a time. */
import type { Db } from '../../db/db.ts'
import type { Definition, Question } from './definition.ts'
import { changeMessage, type Change } from './message.ts'
import { placeAfter, type LogPlace } from './place.ts'
import { shapeSql } from './shape-sql.ts'

export interface Piece {
  readonly kind: 'piece'
  readonly messages: readonly string[]
  /** Where the next piece begins. */
  readonly end: LogPlace
  /** Whether the piece reaches `settled`. */
  readonly complete: boolean
}

/** `emptied`: the table was, and the shape with it. `forgotten`: the reader comes too late. */
export type LogRead = Piece | { readonly kind: 'emptied' } | { readonly kind: 'forgotten' }

export interface LogRequest {
  readonly question: Question
  readonly definition: Definition
  readonly from: LogPlace
  /** How far the log is complete. */
  readonly settled: bigint
  /** About how many bytes of rows to read. */
  readonly bytes: number
}

interface Row extends Change {
  readonly startsAnew: boolean
  readonly size: number
  /** How many changes there are, this piece's and those left out. */
  readonly total: bigint
}

/** Transactions looked at by one statement. */
const windowSize = 256

/** Where to stop: after the next transactions, of whatever table, or at the end. */
async function windowEnd(db: Db, from: bigint, settled: bigint): Promise<bigint> {
  const [found] = await db.query<{ number: bigint; last: bigint | null }>(
    `SELECT count(*) AS number, max(tx) AS last FROM (
       SELECT c.id AS tx FROM shape.changes c
       WHERE c.id >= $1::bigint AND c.id <= $2::bigint AND NOT EXISTS (
         SELECT 1 FROM shape.changes later WHERE later.xid = c.xid AND later.id > c.id)
       ORDER BY c.id LIMIT $3::integer) ended`,
    [from, settled, windowSize],
  )
  return found!.number < BigInt(windowSize) ? settled : (found!.last ?? settled)
}

async function readWindow(
  db: Db,
  { question, definition, from, bytes }: LogRequest,
  upTo: bigint,
): Promise<Row[]> {
  const { relation, request } = question
  return db.query<Row>(shapeSql(relation, request).readChanges, [
    ...request.params,
    from.tx,
    from.op,
    upTo,
    relation.oid,
    definition.freshAfter,
    definition.visible,
    bytes,
  ])
}

/** Must be asked after reading: what was forgotten before then may be missing from what was read. */
async function isForgotten(db: Db, place: LogPlace): Promise<boolean> {
  const [horizon] = await db.query<{ forgotten: bigint }>('SELECT forgotten FROM shape.horizon')
  return place.tx < horizon!.forgotten
}

/** Reads from a place up to the settled end, or until about `bytes` bytes have been read. */
export async function readLog(db: Db, request: LogRequest): Promise<LogRead> {
  const { question, settled } = request
  const messages: string[] = []
  let from = request.from
  let bytes = request.bytes
  let complete = true
  while (from.tx <= settled && complete) {
    const upTo = await windowEnd(db, from.tx, settled)
    const rows = await readWindow(db, { ...request, from, bytes }, upTo)
    if (rows.some(({ startsAnew }) => startsAnew)) return { kind: 'emptied' }
    for (const row of rows)
      messages.push(changeMessage(question.relation, question.request.columns, row))
    const last = rows.at(-1)
    const cut = last !== undefined && BigInt(rows.length) < last.total
    from = cut ? { tx: last.tx, op: Number(last.op) } : placeAfter(upTo)
    bytes -= rows.reduce((sum, { size }) => sum + size, 0)
    complete = !cut && (bytes > 0 || upTo === settled)
  }
  if (await isForgotten(db, request.from)) return { kind: 'forgotten' }
  return { kind: 'piece', messages, end: from, complete }
}
