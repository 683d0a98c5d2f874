/**
 * Makes one shape with many rows. As many as memory can hold are read by one copy and recorded without being stored:
 * they are handed out from memory, and stored after that (E14). More are read by a cursor and stored on the way.
 */
import type { Transaction } from '../../db/db.ts'
import type { Body } from './bodies.ts'
import type { CaptureDeps } from './capture.ts'
import { cutChunks } from './chunk.ts'
import type { Definition } from './definition.ts'
import { describe, fromWhereSql, look, messageSql, record } from './making.ts'
import { placeAfter } from './place.ts'
import type { Question } from './question.ts'
import type { Relation } from './relation.ts'
import { createRowWriter } from './row-writer.ts'
import { textsSql, wholeWhere } from './shape-sql.ts'
import { storeChunk, type Storing } from './storing.ts'

/** Makes the shape, or nothing where one was there or the table has another form. */
export type MakeLarge = (question: Question) => Promise<Definition | undefined>

interface Deps extends Pick<CaptureDeps, 'db' | 'role'> {
  /** How far the log is complete. */
  readonly settled: () => Promise<bigint>
  readonly storing: Storing
}

/** Of a table on the disk, and of its messages: what is read into memory. */
const mostTableBytes = 100_000_000
const mostMessageBytes = 200_000_000
const rowsAtOnce = 5000
/** The longest that the rows of a copy, or the next ones of a cursor, are waited for. */
const copyMs = 30_000
const cursorMs = 10_000

/** In whatever order they come: sorting a large table costs more than reading it. */
const cursorSql = (question: Question): string =>
  `DECLARE first_rows NO SCROLL CURSOR FOR
     SELECT ${messageSql(question)} AS message ${fromWhereSql(question)}`

const copySql = (question: Question): string =>
  `SELECT ${textsSql(question.relation, question.columns)}
   ${fromWhereSql(question, wholeWhere(question))}`

/** Bytes on the disk, of all partitions of a table that has some. */
async function sizeOf(tx: Transaction, { oid }: Relation): Promise<bigint> {
  const [found] = await tx.query<{ bytes: bigint }>(
    `SELECT coalesce((SELECT sum(pg_table_size(relid)) FROM pg_partition_tree($1::oid)),
       pg_table_size($1::oid))::bigint AS bytes`,
    [oid],
  )
  return found!.bytes
}

export function createLargeMaker(deps: Deps, chunkBytes: number): MakeLarge {
  const { db, role, settled, storing } = deps

  /** All rows in chunks, if they are not too many for memory. */
  async function readAtOnce(
    tx: Transaction,
    question: Question,
  ): Promise<readonly Body[] | undefined> {
    if ((await sizeOf(tx, question.relation)) > mostTableBytes) return undefined
    const writer = createRowWriter(question, { chunkBytes, mostBytes: mostMessageBytes })
    await role.enter(tx, copyMs)
    await tx.copy(copySql(question), writer.take)
    await role.leave(tx)
    return writer.end()
  }

  /** Stores the rows chunk by chunk, so that no table is too large; returns how many chunks there are. */
  async function readOn(tx: Transaction, question: Question, handle: string): Promise<number> {
    await role.enter(tx, cursorMs)
    await tx.query(cursorSql(question), question.params)
    const cut = cutChunks(chunkBytes)
    let chunks = 0
    for (let isOver = false; !isOver;) {
      const rows = await tx.query<{ message: string }>(`FETCH ${rowsAtOnce} FROM first_rows`)
      isOver = rows.length < rowsAtOnce
      const cutNow = [
        ...rows.flatMap(({ message }) => cut.add(message)),
        ...(isOver ? cut.end() : []),
      ]
      if (cutNow.length === 0) continue
      await role.leave(tx)
      for (const text of cutNow) await storeChunk(tx, handle, chunks++, text)
      if (!isOver) await role.enter(tx, cursorMs)
    }
    return chunks
  }

  async function make(
    tx: Transaction,
    question: Question,
    base: bigint,
  ): Promise<Definition | undefined> {
    const sight = await look(tx, question.relation)
    if (!sight) return undefined
    const definition = describe(question, base, sight)
    const { handle } = definition
    if ((await record(tx, [{ question, definition }])).length === 0) return undefined
    const bodies = await readAtOnce(tx, question)
    const chunks = bodies ? bodies.length : await readOn(tx, question, handle)
    await tx.query('UPDATE shape.definitions SET chunks = $2 WHERE handle = $1', [handle, chunks])
    // Before the shape can be seen: nobody is to find it without rows.
    if (bodies) storing.hold(handle, bodies)
    return { ...definition, chunks }
  }

  return async (question) => {
    const base = placeAfter(await settled()).tx
    let handle: string | undefined
    try {
      const made = await db.transaction(
        async (tx) => {
          const definition = await make(tx, question, base)
          handle = definition?.handle
          return definition
        },
        { isolation: 'repeatable read' },
      )
      if (made) await storing.begin(made.handle)
      return made
    } catch (error) {
      if (handle !== undefined) storing.letGo(handle)
      throw error
    }
  }
}
