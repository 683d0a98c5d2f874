/**
 * The end of the log: moves on when told that something changed, and wakes whoever that concerns.
 * Every measure of the end goes through here, so none moves it without waking.
 */
import type { Db } from '../../db/db.ts'
import { coalesce } from './coalesce.ts'
import { changedValuesSql, type Interest } from './interest.ts'
import { createWaiting } from './waiting.ts'
import { createWatermark, type Extent } from './watermark.ts'

/** Someone who waits; rings that come before {@link Waiter.rung} is asked are kept. */
export interface Waiter {
  /** Resolves at the next ring, or when the waiter's time is up. */
  rung(): Promise<void>
  leave(): void
}

export interface Tail {
  /** Measures how far the log is complete, and wakes those whom that concerns. */
  readonly advance: () => Promise<Extent>
  /** Waits for changes of interest, until `over` is aborted. */
  waiter(interest: Interest, over: AbortSignal): Waiter
  /** Wakes everyone. */
  ringAll(): void
  close(): void
}

/** How soon to look again while a transaction that took a number is still open. */
const openTransactionMs = 50

const changedTables = `
  SELECT DISTINCT relation FROM shape.changes WHERE xid IN (
    SELECT xid FROM shape.changes WHERE id > $1::bigint AND id <= $2::bigint)`

export function createTail(db: Db, report: (problem: unknown) => void): Tail {
  const watermark = createWatermark(db)
  const waiting = createWaiting()
  let seen: bigint | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false

  /** Wakes readers of one table by the values of the rows that changed. */
  async function wakeReaders(relation: number, before: bigint, end: bigint): Promise<void> {
    waiting.ringGeneral(relation)
    for (const { relation: table, column } of waiting.columnsOf(relation)) {
      const values = await db.query<{ value: string | null }>(changedValuesSql(table, column), [
        before,
        end,
        relation,
      ])
      const texts = values.flatMap(({ value }) => (value === null ? [] : [value]))
      if (texts.length < values.length) waiting.ringAll(relation)
      else waiting.ringValues(relation, column, texts)
    }
  }

  async function wakeSince(before: bigint, end: bigint): Promise<void> {
    if (waiting.isEmpty()) return
    // All changes of the transactions that ended, some of which may have earlier numbers.
    const changed = await db.query<{ relation: number }>(changedTables, [before, end])
    for (const { relation } of changed)
      // Rows of a table that has changed its form cannot be read: its readers find out themselves.
      await wakeReaders(relation, before, end).catch(() => waiting.ringAll(relation))
  }

  function lookAgain(): void {
    clearTimeout(retry)
    if (closed || waiting.isEmpty()) return
    retry = setTimeout(() => void advance().catch(report), openTransactionMs)
  }

  const advance = coalesce(async () => {
    try {
      const extent = await watermark.advance()
      // At first there is nobody who has read before this and will not read after it.
      if (seen !== undefined && extent.settled > seen) await wakeSince(seen, extent.settled)
      seen = extent.settled
      if (watermark.isPending()) lookAgain()
      return extent
    } catch (error) {
      lookAgain()
      throw error
    }
  })

  function waiter(interest: Interest, over: AbortSignal): Waiter {
    let rung = over.aborted
    let wake: (() => void) | undefined
    const onRing = (): void => {
      rung = true
      wake?.()
    }
    const remove = waiting.add(interest, onRing)
    over.addEventListener('abort', onRing)
    return {
      async rung() {
        if (!rung) await new Promise<void>((resolve) => (wake = resolve))
        rung = over.aborted
      },
      leave() {
        over.removeEventListener('abort', onRing)
        remove()
      },
    }
  }

  return {
    advance,
    waiter,
    ringAll: () => waiting.ringAll(),
    close() {
      closed = true
      clearTimeout(retry)
    },
  }
}
