/**
 * Shapes that exist: their handles, which are never used again, and their first rows in chunks. All
 * is in the database, so that a restart or another process goes on where this one was.
 */
import { isUuid } from '@selene/shapes'
import type { Db, Queryable } from '../../db/db.ts'
import { createBatch } from './batch.ts'
import type { Body } from './bodies.ts'
import type { Question } from './question.ts'
import type { Makers } from './make.ts'

/** A shape as it was made. */
export interface Definition {
  readonly handle: string
  readonly relation: number
  readonly signature: string
  readonly base: bigint
  readonly freshAfter: bigint
  readonly visible: string
  /** Infinite while the shape is being made and has more than one. */
  readonly chunks: number
  /** What chunk 0 holds, for those who waited for the shape to be made. */
  readonly firstRows?: string | Body
}

export interface Definitions {
  /** The shape of the handle, unless it is unknown, another question's, or its table is another now. */
  find(handle: string, question: Question): Promise<Definition | undefined>
  /** The shape that newcomers get; made now when there is none. Nothing when the table is another now. */
  ensure(question: Question): Promise<Definition | undefined>
  /** The shape that newcomers get, if there is one. */
  current(question: Question): Promise<Definition | undefined>
  /** Whether there was such a shape. */
  readonly drop: (handle: string) => Promise<boolean>
}

type Found = Definition & { readonly hash: string; readonly isForgotten: boolean }

const columns = `handle, relation, signature, base, fresh_after AS "freshAfter",
  visible::text AS visible, chunks, encode(definition, 'hex') AS hash, base < forgotten AS "isForgotten"`

/** Each ends with a shape, unless it is dropped before it is found. */
const mostAttempts = 5

const isOfTable = (found: Definition, { relation }: Question): boolean =>
  found.relation === relation.oid && found.signature === relation.signature

/** Drops a shape unless a chunk of its first rows is stored: its maker has died, or could not store it (E14). */
export const dropUnstored = (
  db: Pick<Queryable, 'query'>,
  handle: string,
  chunk: number,
): Promise<unknown> =>
  db.query(
    `DELETE FROM shape.definitions
     WHERE handle = $1 AND NOT EXISTS (SELECT FROM shape.snapshots WHERE handle = $1 AND chunk = $2)`,
    [handle, chunk],
  )

export function createDefinitions(db: Db, makers: Makers): Definitions {
  const byHandle = createBatch<Found>(async (handles) => {
    const rows = await db.query<Found>(
      `SELECT ${columns} FROM shape.definitions, shape.horizon
       WHERE handle IN (SELECT value::uuid FROM json_array_elements_text($1::json))`,
      [JSON.stringify(handles)],
      { often: true },
    )
    return new Map(rows.map((row) => [row.handle, row]))
  })
  const byHash = createBatch<Found>(async (hashes) => {
    const rows = await db.query<Found>(
      `SELECT ${columns} FROM shape.definitions, shape.horizon
       WHERE superseded_at IS NULL
         AND definition IN (SELECT decode(value, 'hex') FROM json_array_elements_text($1::json))`,
      [JSON.stringify(hashes)],
      { often: true },
    )
    return new Map(rows.map((row) => [row.hash, row]))
  })

  /** Only the very shape that was found stale: another reader may have made its successor by now. */
  async function drop(handle: string): Promise<boolean> {
    if (!isUuid(handle)) return false
    const dropped = await db.query(
      'DELETE FROM shape.definitions WHERE handle = $1 RETURNING handle',
      [handle],
    )
    return dropped.length > 0
  }

  return {
    async find(handle, question) {
      if (!isUuid(handle)) return undefined
      await makers.underway(handle)
      const found = await byHandle(handle)
      return found?.hash === question.hash && isOfTable(found, question) ? found : undefined
    },
    async ensure(question) {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const found = await byHash(question.hash)
        if (found && !found.isForgotten && isOfTable(found, question)) return found
        if (found) await drop(found.handle)
        const made = await makers.make(question)
        if (made) return made
      }
      return undefined
    },
    async current(question) {
      const found = await byHash(question.hash)
      return found && isOfTable(found, question) ? found : undefined
    },
    drop,
  }
}
