/**
 * Shapes that exist: their handles, which are never used again, and their first rows in chunks. All
 * is in the database, so that a restart or another process goes on where this one was.
 */
import { createHash } from 'node:crypto'
import { isUuid, Problem, type ShapeRequest } from '@selene/shapes'
import type { Db } from '../../db/db.ts'
import { captureChanges } from './capture.ts'
import { placeAfter } from './place.ts'
import type { Relation } from './relation.ts'
import { shapeSql } from './shape-sql.ts'

/** What is asked for; the same question has the same shape. */
export interface Question {
  readonly request: ShapeRequest
  readonly changesOnly: boolean
  readonly relation: Relation
}

/** A shape as it was made. */
export interface Definition {
  readonly handle: string
  readonly relation: number
  readonly signature: string
  readonly base: bigint
  readonly freshAfter: bigint
  readonly visible: string
  readonly chunks: number
}

export interface Definitions {
  /** The shape of the handle, unless it is unknown, another question's, or its table is another now. */
  find(handle: string, question: Question): Promise<Definition | undefined>
  /** The shape that newcomers get; made now when there is none. */
  ensure(question: Question): Promise<Definition>
  chunk(handle: string, chunk: number): Promise<string | undefined>
  readonly drop: (handle: string) => Promise<void>
}

interface Deps {
  readonly db: Db
  /** How far the log is complete. */
  readonly settled: () => Promise<bigint>
}

const columns = `handle, relation, signature, base, fresh_after AS "freshAfter",
  visible::text AS visible, chunks`

/** By which a shape is found: the same question, the same bytes. */
export function questionHash({
  request,
  changesOnly,
}: Pick<Question, 'request' | 'changesOnly'>): Uint8Array {
  const { table, columns: asked, where, params } = request
  const text = JSON.stringify([table, asked, where, params, changesOnly])
  return new Uint8Array(createHash('sha256').update(text).digest())
}

/** Each ends with a shape, unless it is dropped before it is found. */
const mostAttempts = 5

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505'

const isOfTable = (found: Definition | undefined, { relation }: Question): found is Definition =>
  found?.relation === relation.oid && found.signature === relation.signature

export function createDefinitions({ db, settled }: Deps, chunkBytes: number): Definitions {
  /** The shape that newcomers would get, and whether it is of no use to them any more (E8). */
  async function current(question: Question) {
    const [found] = await db.query<Definition & { isForgotten: boolean }>(
      `SELECT ${columns}, base < forgotten AS "isForgotten"
       FROM shape.definitions, shape.horizon
       WHERE definition = $1 AND superseded_at IS NULL`,
      [questionHash(question)],
    )
    return found && { ...found, isStale: found.isForgotten || !isOfTable(found, question) }
  }

  /** Only the very shape that was found stale: another reader may have made its successor by now. */
  const drop = async (handle: string): Promise<void> => {
    await db.query('DELETE FROM shape.definitions WHERE handle = $1', [handle])
  }

  async function make(question: Question): Promise<void> {
    const { relation, request, changesOnly } = question
    await captureChanges(db, relation)
    const base = placeAfter(await settled()).tx
    await db.transaction(
      async (tx) => {
        // The snapshot is taken as this statement begins, the last number read after it (E4).
        const [made] = await tx.query<{ handle: string }>(
          `INSERT INTO shape.definitions
             (definition, relation, signature, base, visible, fresh_after, chunks)
           SELECT $1, $2::oid, $3, $4::bigint, pg_current_snapshot(),
             CASE WHEN is_called THEN last_value ELSE 0 END, 1 FROM shape.change_id
           RETURNING handle`,
          [questionHash(question), relation.oid, relation.signature, base],
        )
        const handle = made!.handle
        if (!changesOnly)
          await tx.query(shapeSql(relation, request).storeSnapshot, [
            ...request.params,
            handle,
            chunkBytes,
          ])
        await tx.query(
          `INSERT INTO shape.snapshots (handle, chunk, body) VALUES ($1, 0, '')
           ON CONFLICT DO NOTHING`,
          [handle],
        )
        await tx.query(
          `UPDATE shape.definitions SET chunks =
             (SELECT count(*) FROM shape.snapshots s WHERE s.handle = $1) WHERE handle = $1`,
          [handle],
        )
      },
      { isolation: 'repeatable read' },
    )
  }

  return {
    async find(handle, question) {
      if (!isUuid(handle)) return undefined
      const [found] = await db.query<Definition>(
        `SELECT ${columns} FROM shape.definitions WHERE handle = $1 AND definition = $2`,
        [handle, questionHash(question)],
      )
      return isOfTable(found, question) ? found : undefined
    },
    async ensure(question) {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const found = await current(question)
        if (found && !found.isStale) return found
        if (found) await drop(found.handle)
        try {
          await make(question)
        } catch (error) {
          // Another reader, perhaps of another process, made it in the meantime.
          if (!isUniqueViolation(error)) throw error
        }
      }
      throw new Problem('server/unavailable', { detail: 'the table keeps changing its form' })
    },
    async chunk(handle, chunk) {
      const [found] = await db.query<{ body: string }>(
        'SELECT body FROM shape.snapshots WHERE handle = $1 AND chunk = $2',
        [handle, chunk],
      )
      return found?.body
    },
    drop,
  }
}
