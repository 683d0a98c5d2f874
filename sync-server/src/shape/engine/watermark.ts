/** How far the log is complete, which is less far than it goes while writers are at work (E2). */
import type { Queryable } from '../../db/db.ts'

/** How far the log goes. */
export interface Extent {
  /** Every transaction that took a number up to here has ended. */
  readonly settled: bigint
  /** The last number that anyone has taken. */
  readonly taken: bigint
}

export interface Watermark {
  /** Measures anew; the result never goes back. */
  advance(): Promise<Extent>
  /** Whether numbers have been taken whose transactions may still be open. */
  isPending(): boolean
}

interface Mark {
  /** Numbers up to here had been taken… */
  readonly upTo: bigint
  /** …and these writers were at work. */
  readonly writers: ReadonlySet<string>
}

/** What was settled before, as shapes were made or changes forgotten: an open writer cannot hide it. */
const settledBefore = `
  SELECT greatest((SELECT max(base) FROM shape.definitions), forgotten) - 1 AS number
  FROM shape.horizon`

const lastNumber =
  'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS number FROM shape.change_id'

/**
 * The last number, and who holds the lock that `shape.capture()` takes before it takes numbers. The locks are looked
 * at for the number, and so after it was read: whoever took one up to it and has not ended is among them.
 */
const measure = `
  WITH taken AS MATERIALIZED (${lastNumber})
  SELECT number, (
    SELECT coalesce(json_agg(virtualtransaction), '[]') FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 7102 AND objid = 556 AND objsubid = 2 AND number >= 0
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) AS writers
  FROM taken`

/** A prepared transaction is known by another name than when it wrote. */
const isPrepared = (writer: string): boolean => writer.startsWith('-1/')

/** Enough to follow many overlapping transactions; leaving some out only delays. */
const mostMarks = 64

/** Moves `settled` past the marks whose writers have ended, and keeps the others. */
function settle(settled: bigint, marks: readonly Mark[], atWork: readonly string[]) {
  const working = new Set(atWork)
  const ended = marks
    .filter(({ writers }) => ![...writers].some((writer) => working.has(writer)))
    .filter(({ writers }) => writers.size === 0 || !atWork.some(isPrepared))
    .map(({ upTo }) => upTo)
  const reached = ended.reduce((most, upTo) => (upTo > most ? upTo : most), settled)
  const open = marks.filter(({ upTo }) => upTo > reached)
  const kept = open.length > mostMarks ? open.filter((_, index) => index % 2 === 0) : open
  return { reached, kept }
}

export function createWatermark(db: Queryable): Watermark {
  let settled: bigint | undefined
  let marks: readonly Mark[] = []

  return {
    async advance() {
      settled ??= (await db.query<{ number: bigint }>(settledBefore))[0]!.number
      const [measured] = await db.query<{ number: bigint; writers: string[] }>(measure, [], {
        often: true,
      })
      const { number: taken, writers: atWork } = measured!
      if (taken <= settled) return { settled, taken }
      const isKnown = marks.some(({ upTo }) => upTo === taken)
      const mark = { upTo: taken, writers: new Set(atWork) }
      const { reached, kept } = settle(settled, isKnown ? marks : [...marks, mark], atWork)
      settled = reached
      marks = kept
      return { settled, taken }
    },
    isPending: () => marks.length > 0,
  }
}
