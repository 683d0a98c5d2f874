/**
 * Chunks of first rows as they are handed out. Large ones stay at hand for a moment, as bytes: many readers may come at
 * once. Those that are not stored yet are at hand until they are (E14).
 */
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'

/** Messages, comma-separated; UTF-8. */
export type Body = Uint8Array<ArrayBuffer>

export interface Bodies {
  /**
   * The chunk, or nothing when the shape is not there, or has lost its rows: then it is dropped. Rows that another
   * process is about to store are waited for. A small one comes as the text that it is in the database.
   */
  read(handle: string, chunk: number): Promise<string | Body | undefined>
  /** Has chunks at hand that are not stored. */
  hold(handle: string, bodies: readonly Body[]): void
  /** They are stored now. */
  stored(handle: string): void
  /** They will not be stored. */
  letGo(handle: string): void
}

interface Deps {
  readonly db: Pick<Db, 'kind' | 'query'>
  readonly clock: Clock
  /** How long another process may take to store a shape's rows. */
  readonly storedWithinMs: number
  /** Drops a shape that lacks a chunk: its maker has died. */
  readonly dropLost: (handle: string, chunk: number) => Promise<unknown>
}

/** Smaller ones are read as fast from the database. */
const leastBytes = 256_000
/** How much is kept at most of what is stored. */
export const mostKeptBytes = 64_000_000
/** How long: what was erased is soon gone from here too. */
const keptMs = 30_000
/** How often to look whether another process has stored a shape's rows. */
const lookEveryMs = 50

const find = `
  SELECT s.body, d.superseded_at IS NULL AS "isCurrent" FROM shape.definitions d
  LEFT JOIN shape.snapshots s ON s.handle = d.handle AND s.chunk = $2 WHERE d.handle = $1`

const keyOf = (handle: string, chunk: number): string => `${handle} ${chunk}`

export function createBodies({ db, clock, storedWithinMs, dropLost }: Deps): Bodies {
  const held = new Map<string, readonly Body[]>()
  const kept = new Map<string, { readonly body: Body; readonly since: number }>()
  /** The embedded database has no other process. */
  const patienceMs = db.kind === 'pglite' ? 0 : storedWithinMs
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

  async function fromDatabase(handle: string, chunk: number): Promise<string | undefined> {
    for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
      const [found] = await db.query<{ body: string | null; isCurrent: boolean }>(
        find,
        [handle, chunk],
        { often: true },
      )
      if (found && found.body !== null) return found.body
      if (!found?.isCurrent) return undefined
      if (waitedMs >= patienceMs) break
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
    await dropLost(handle, chunk)
    return undefined
  }

  return {
    async read(handle, chunk) {
      prune()
      const key = keyOf(handle, chunk)
      const known = held.get(handle)?.[chunk] ?? kept.get(key)?.body
      if (known) return known
      const text = await fromDatabase(handle, chunk)
      if (text === undefined || Buffer.byteLength(text) < leastBytes) return text
      const body = Buffer.from(text)
      keep(key, body)
      return body
    },
    hold: (handle, bodies) => void held.set(handle, bodies),
    stored(handle) {
      held.get(handle)?.forEach((body, chunk) => keep(keyOf(handle, chunk), body))
      held.delete(handle)
    },
    letGo: (handle) => void held.delete(handle),
  }
}
