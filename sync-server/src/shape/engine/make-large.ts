/**
 * Makes one shape with many rows. As many as memory can hold are read by one copy and recorded without being stored:
 * they are handed out from memory, and stored after that (E14). More are read by a cursor and stored on the way.
 */
import { Problem } from '@selene/shapes'
import type { Transaction } from '../../db/db.ts'
import type { Body } from './bodies.ts'
import type { CaptureDeps } from './capture.ts'
import { cutChunks } from './chunk.ts'
import type { Definition } from './definition.ts'
import { describe, fromWhereSql, look, messageSql, recordAll } from './making.ts'
import { placeAfter } from './place.ts'
import type { Question } from './question.ts'
import type { Relation } from './relation.ts'
import { createRowWriter } from './row-writer.ts'
import { textsSql, wholeWhere } from './shape-sql.ts'
import { storeChunk, type Storing } from './storing.ts'

export interface LargeMaker {
  /**
   * Makes the shape, or nothing where one was there or the table has another form.
   * @param begun Is given the shape with its first chunk, once that is whole and others follow.
   */
  make(question: Question, begun: (definition: Definition) => void): Promise<Definition | undefined>
  /** Resolves when a shape that has begun is recorded, or will not be; else at once. */
  underway(handle: string): Promise<void>
}

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

type Begun = (first: Body) => void

export function createLargeMaker(deps: Deps, chunkBytes: number): LargeMaker {
  const { db, role, settled, storing } = deps
  /** Questions whose rows turned out to be too many after the first were told. */
  const tooLarge = new Set<string>()
  const underway = new Map<string, Promise<unknown>>()

  /** All rows in chunks, if they are not too many for memory. */
  async function readAtOnce(
    tx: Transaction,
    question: Question,
    begun: Begun,
  ): Promise<readonly Body[] | undefined> {
    if (tooLarge.has(question.hash)) return undefined
    if ((await sizeOf(tx, question.relation)) > mostTableBytes) return undefined
    const limits = { chunkBytes, mostBytes: mostMessageBytes }
    const writer = createRowWriter(question, limits, begun)
    await role.enter(tx, copyMs)
    await tx.copy(copySql(question), writer.take)
    await role.leave(tx)
    const bodies = writer.end()
    if (bodies) return bodies
    // A cursor may tell the rows in another order than the one in which the first of them were told.
    tooLarge.add(question.hash)
    throw new Problem('server/unavailable', { retryAfterSeconds: 1, detail: 'too many rows' })
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

  async function record(
    tx: Transaction,
    { question, base }: { question: Question; base: bigint },
    begun: (definition: Definition) => void,
  ): Promise<Definition | undefined> {
    const sight = await look(tx, question.relation)
    if (!sight) return undefined
    const definition = describe(question, base, sight)
    const { handle } = definition
    if ((await recordAll(tx, [{ question, definition }])).length === 0) return undefined
    const bodies = await readAtOnce(tx, question, (firstRows) =>
      begun({ ...definition, chunks: Infinity, firstRows }),
    )
    const chunks = bodies ? bodies.length : await readOn(tx, question, handle)
    await tx.query('UPDATE shape.definitions SET chunks = $2 WHERE handle = $1', [handle, chunks])
    // Before the shape can be seen: nobody is to find it without rows.
    if (bodies) storing.hold(handle, bodies)
    return { ...definition, chunks }
  }

  async function make(
    question: Question,
    begun: (definition: Definition) => void,
  ): Promise<Definition | undefined> {
    const base = placeAfter(await settled()).tx
    const recorded = Promise.withResolvers<void>()
    const told = new Set<string>()
    const tell = (definition: Definition): void => {
      told.add(definition.handle)
      underway.set(definition.handle, recorded.promise)
      begun(definition)
    }
    let made: Definition | undefined
    try {
      await db.transaction(
        async (tx) => {
          made = await record(tx, { question, base }, tell)
        },
        { isolation: 'repeatable read' },
      )
      if (made) await storing.begin(made.handle)
      return made
    } catch (error) {
      if (made) storing.letGo(made.handle)
      throw error
    } finally {
      recorded.resolve()
      for (const handle of told) underway.delete(handle)
    }
  }

  return {
    make,
    async underway(handle) {
      await underway.get(handle)
    },
  }
}
