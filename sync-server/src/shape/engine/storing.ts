/**
 * Stores large shapes' first rows after they were first handed out (E14). Until then they are in this process alone; a
 * shape whose rows could not be stored is dropped, so that its readers start anew.
 */
import type { Db, Queryable } from '../../db/db.ts'
import type { Bodies, Body } from './bodies.ts'

export interface Storing {
  /** Has chunks at hand, which belong to a shape that is about to be recorded. */
  hold(handle: string, bodies: readonly Body[]): void
  /** Nobody will ask for them: the shape was not recorded. */
  letGo(handle: string): void
  /**
   * The shape was recorded: its rows, if they are held, are stored soon; or at once, before this resolves, when too much
   * waits to be stored or the last storing failed.
   * @throws what Postgres says when rows could not be stored.
   */
  begin(handle: string): Promise<void>
  /** Stores what waits. */
  close(): Promise<void>
}

interface Deps {
  readonly db: Pick<Db, 'query'>
  readonly bodies: Pick<Bodies, 'hold' | 'letGo' | 'stored'>
  readonly report: (problem: unknown) => void
  /** Drops a shape that lacks a chunk. */
  readonly dropLost: (handle: string, chunk: number) => Promise<unknown>
  /** How long whoever made a shape reads it undisturbed before it is stored. */
  readonly storeAfterMs: number
}

/** What may wait to be stored. */
const mostHeldBytes = 200_000_000

/** Stores a chunk of a shape that was recorded. */
export const storeChunk = (
  on: Pick<Queryable, 'query'>,
  handle: string,
  chunk: number,
  text: string,
): Promise<unknown> =>
  on.query('INSERT INTO shape.snapshots (handle, chunk, body) VALUES ($1, $2, $3)', [
    handle,
    chunk,
    text,
  ])

const textOf = ({ buffer, byteOffset, byteLength }: Body): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString()

/** The shape was dropped meanwhile, or its table emptied. */
const isDropped = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23503'

export function createStoring({ db, bodies, report, dropLost, storeAfterMs }: Deps): Storing {
  const held = new Map<string, readonly Body[]>()
  const timers = new Map<string, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let heldBytes = 0
  let hasFailed = false

  function release(handle: string): void {
    for (const { length } of held.get(handle) ?? []) heldBytes -= length
    held.delete(handle)
  }

  function letGo(handle: string): void {
    release(handle)
    bodies.letGo(handle)
  }

  /** Chunk by chunk: the embedded database does nothing else meanwhile. */
  async function storeAll(handle: string): Promise<void> {
    let chunk = 0
    try {
      for (const body of held.get(handle) ?? []) {
        await storeChunk(db, handle, chunk, textOf(body))
        chunk += 1
      }
      hasFailed = false
      bodies.stored(handle)
      release(handle)
    } catch (error) {
      letGo(handle)
      if (isDropped(error)) return
      hasFailed = true
      await dropLost(handle, chunk)
      throw error
    }
  }

  function store(handle: string): Promise<void> {
    timers.delete(handle)
    const run = storeAll(handle)
    running.add(run)
    return run.finally(() => running.delete(run))
  }

  return {
    hold(handle, chunks) {
      held.set(handle, chunks)
      for (const { length } of chunks) heldBytes += length
      bodies.hold(handle, chunks)
    },
    letGo,
    async begin(handle) {
      if (!held.has(handle)) return
      if (hasFailed || heldBytes > mostHeldBytes) return store(handle)
      timers.set(
        handle,
        setTimeout(() => void store(handle).catch(report), storeAfterMs),
      )
    },
    async close() {
      const waiting = [...timers]
      for (const [handle, timer] of waiting) {
        clearTimeout(timer)
        void store(handle).catch(report)
      }
      await Promise.allSettled(running)
    },
  }
}
