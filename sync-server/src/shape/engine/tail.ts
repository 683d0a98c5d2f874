/**
 * The end of the log: moves on when told that something changed, and wakes whoever that concerns.
 * Every measure of the end goes through here, so none moves it without waking.
 */
import type { Db } from '../../db/db.ts'
import { coalesce } from './coalesce.ts'
import type { Change } from './change.ts'
import { readTold } from './log.ts'
import type { LogPlace } from './place.ts'
import type { Question } from './question.ts'
import { createRecent, type Recent } from './recent.ts'
import { changedForms, type Relation } from './relation.ts'
import { createWaiting, type Ring } from './waiting.ts'
import { createWatermark, type Extent } from './watermark.ts'

/** Someone who waits; rings that come before {@link Waiter.rung} is asked are kept. */
export interface Waiter {
  /** Resolves at the next ring, or when `until` is aborted. */
  rung(until: AbortSignal): Promise<Ring>
  leave(): void
}

export interface Tail {
  /** Measures how far the log is complete, and wakes those whom that concerns. */
  readonly advance: () => Promise<Extent>
  /** Waits for changes that may concern the question. */
  waiter(question: Question): Waiter
  /** The table's latest changes after a place, if they are at hand. */
  recent(relation: Relation, from: LogPlace): ReturnType<Recent['after']>
  /** Finds out which tables that are waited for have another form, and wakes their readers. */
  checkForms(): Promise<void>
  /** Has everyone look whether their shape is still there. */
  ringAll(): void
  close(): void
}

/** How soon to look again while a transaction that took a number is still open. */
const openTransactionMs = 50
/** How often tables that are waited for are looked at: nothing tells of a changed form. */
const formsMs = 400
/** What is kept of each table's latest changes, and how much of one moment is told apart at all. */
const recentBytes = 4_000_000

const changedTables = `
  SELECT DISTINCT c.relation FROM shape.transactions t
  JOIN shape.changes c ON c.id BETWEEN t.first_id AND t.last_id AND c.xid = t.xid
  WHERE t.last_id > $1::bigint AND t.last_id <= $2::bigint`

const queryChanged = (db: Db, before: bigint, end: bigint) =>
  db.query<{ relation: number }>(changedTables, [before, end], { often: true })

/** How far a table's changes have been told, and how far they are to be. */
interface Progress {
  told: bigint
  wanted: bigint
  recent: Recent
  isRunning: boolean
}

export function createTail(db: Db, report: (problem: unknown) => void): Tail {
  const watermark = createWatermark(db)
  const waiting = createWaiting()
  const progress = new Map<number, Progress>()
  let seen: bigint | undefined
  let retry: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined
  let closed = false

  function ringReaders(oid: number, changes: readonly Change[]): void {
    waiting.ringGeneral(oid)
    if (changes.some(({ oldRow, newRow }) => oldRow === null && newRow === null))
      return waiting.ringAll('check', oid)
    const relation = waiting.relationOf(oid)
    for (const column of waiting.columnsOf(oid)) {
      const index = relation?.columns.findIndex(({ name }) => name === column) ?? -1
      const values = new Set<string>()
      for (const { before, after } of changes)
        for (const row of [before, after]) {
          const value = row?.values[index]
          if (value != null) values.add(value)
        }
      waiting.ringValues(oid, column, values)
    }
  }

  /** Reads what has come since, once for all readers; false when that cannot be done for them. */
  async function tell(relation: Relation, { told, wanted, recent }: Progress): Promise<boolean> {
    let bytes = 0
    const changes: Change[] = []
    for (let from: LogPlace = { tx: told + 1n, op: 0 }; from.tx <= wanted;) {
      const window = await readTold(db, relation, { from, upTo: wanted })
      if (window.signature !== relation.signature) return false
      changes.push(...window.changes)
      bytes += window.changes.reduce(
        (sum, { oldRow, newRow }) => sum + (oldRow?.length ?? 0) + (newRow?.length ?? 0),
        0,
      )
      if (bytes > recentBytes) return false
      from = window.end
    }
    recent.extend(changes, wanted)
    if (changes.length > 0) ringReaders(relation.oid, changes)
    return true
  }

  async function run(oid: number, state: Progress): Promise<void> {
    state.isRunning = true
    while (state.told < state.wanted) {
      const relation = waiting.relationOf(oid)
      const { wanted } = state
      // A table that has changed its form cannot be read: its readers find out themselves.
      const isTold = relation && (await tell(relation, { ...state, wanted }).catch(() => false))
      if (!isTold) {
        state.recent = createRecent(wanted, recentBytes)
        waiting.ringAll('check', oid)
      }
      state.told = wanted
    }
    state.isRunning = false
  }

  function wake(oid: number, before: bigint, end: bigint): void {
    let state = progress.get(oid)
    if (!state || (!state.isRunning && state.told !== before)) {
      const recent = createRecent(before, recentBytes)
      state = { told: before, wanted: before, recent, isRunning: false }
      progress.set(oid, state)
    }
    state.wanted = end
    if (!state.isRunning) void run(oid, state)
  }

  /** Tables that have changed, of those that are waited for; of one alone its changes tell themselves. */
  async function changedSince(before: bigint, end: bigint): Promise<ReadonlySet<number>> {
    const waited = waiting.relations().map(({ oid }) => oid)
    if (waited.length === 1) return new Set(waited)
    const changed = await queryChanged(db, before, end)
    return new Set(changed.map(({ relation }) => relation))
  }

  async function wakeSince(before: bigint, end: bigint): Promise<void> {
    for (const oid of progress.keys()) if (!waiting.relationOf(oid)) progress.delete(oid)
    if (waiting.isEmpty()) return
    const changedNow = await changedSince(before, end)
    for (const [oid, state] of progress) {
      if (changedNow.has(oid) || state.isRunning || state.told !== before) continue
      state.recent.extend([], end)
      state.told = end
      state.wanted = end
    }
    for (const oid of changedNow) if (waiting.relationOf(oid)) wake(oid, before, end)
  }

  function lookAgain(): void {
    clearTimeout(retry)
    if (closed || waiting.isEmpty()) return
    retry = setTimeout(() => void advance().catch(report), openTransactionMs)
  }

  const advance = coalesce(async () => {
    try {
      const extent = await watermark.advance()
      const before = seen
      seen = extent.settled
      // At first there is nobody who has read before this and will not read after it.
      if (before !== undefined && extent.settled > before)
        await wakeSince(before, extent.settled).catch((error: unknown) => {
          waiting.ringAll('check')
          throw error
        })
      if (watermark.isPending()) lookAgain()
      return extent
    } catch (error) {
      lookAgain()
      throw error
    }
  })

  const checkForms = coalesce(async () => {
    const changed = await changedForms(db, waiting.relations())
    for (const { oid } of changed) waiting.ringAll('check', oid)
  })

  function watchForms(): void {
    if (watch || closed || waiting.isEmpty()) return
    watch = setTimeout(() => {
      void checkForms()
        .catch(report)
        .finally(() => {
          watch = undefined
          watchForms()
        })
    }, formsMs)
  }

  function waiter(question: Question): Waiter {
    let ring: Ring | undefined
    let wake: (() => void) | undefined
    const remove = waiting.add(question, (why) => {
      if (ring !== 'check') ring = why
      wake?.()
    })
    watchForms()
    return {
      async rung(until) {
        if (!ring && !until.aborted)
          await new Promise<void>((resolve) => {
            wake = () => {
              until.removeEventListener('abort', wake!)
              resolve()
            }
            until.addEventListener('abort', wake)
          })
        wake = undefined
        const why = ring ?? 'changed'
        ring = undefined
        return why
      },
      leave: remove,
    }
  }

  return {
    advance,
    waiter,
    recent: ({ oid }, from) => progress.get(oid)?.recent.after(from),
    checkForms,
    ringAll: () => waiting.ringAll('check'),
    close() {
      closed = true
      clearTimeout(retry)
      clearTimeout(watch)
    },
  }
}
