/**
 * Chunks of first rows as they are handed out. Large ones stay at hand for a moment, as bytes: whoever made them reads
 * them next, and many readers may come at once.
 */
import type { Clock } from '../../core/clock.ts'
import type { Queryable } from '../../db/db.ts'

/** Messages, comma-separated; UTF-8. */
export type Body = Uint8Array<ArrayBuffer>

export interface Bodies {
  read(handle: string, chunk: number): Promise<Body | undefined>
  /** Takes a chunk that was just stored. */
  keep(handle: string, chunk: number, body: Body): void
}

interface Deps {
  readonly db: Queryable
  readonly clock: Clock
}

/** Smaller ones are read as fast from the database. */
const leastBytes = 256_000
/** How much is kept at most. */
export const mostKeptBytes = 64_000_000
/** How long: what was erased is soon gone from here too. */
const keptMs = 30_000

const sql = 'SELECT body FROM shape.snapshots WHERE handle = $1 AND chunk = $2'

export function createBodies({ db, clock }: Deps): Bodies {
  const kept = new Map<string, { readonly body: Body; readonly since: number }>()
  let bytes = 0

  function drop(key: string): void {
    bytes -= kept.get(key)?.body.length ?? 0
    kept.delete(key)
  }

  /** They are kept in the order in which they came. */
  function prune(): void {
    const now = clock.now()
    for (const [key, { since }] of kept) {
      if (bytes <= mostKeptBytes && now - since < keptMs) return
      drop(key)
    }
  }

  function keep(key: string, body: Body): void {
    if (body.length < leastBytes || body.length > mostKeptBytes) return
    drop(key)
    kept.set(key, { body, since: clock.now() })
    bytes += body.length
    prune()
  }

  return {
    async read(handle, chunk) {
      prune()
      const key = `${handle} ${chunk}`
      const known = kept.get(key)
      if (known) return known.body
      const [found] = await db.query<{ body: string }>(sql, [handle, chunk], { often: true })
      if (!found) return undefined
      const body = Buffer.from(found.body)
      keep(key, body)
      return body
    },
    keep: (handle, chunk, body) => keep(`${handle} ${chunk}`, body),
  }
}
