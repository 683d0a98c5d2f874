/**
 * The end of the log: moves on when told that something changed, and wakes whoever that concerns.
 * Every measure of the end goes through here, so none moves it without waking.
 */
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import { coalesce } from './coalesce.ts'
import type { Question } from './question.ts'
import { changedForms } from './relation.ts'
import { createTelling, type Telling } from './telling.ts'
import { createWaiting, type Ring } from './waiting.ts'
import { createWatermark, type Extent } from './watermark.ts'

/** Someone who waits; rings that come before {@link Waiter.rung} is asked are kept. */
export interface Waiter {
  /** Resolves at the next ring, or with nothing when `until` is aborted. */
  rung(until: AbortSignal): Promise<Ring | undefined>
  leave(): void
}

export interface Tail {
  /** Measures how far the log is complete, and wakes those whom that concerns. */
  readonly advance: () => Promise<Extent>
  /** Waits for changes that may concern the question. */
  waiter(question: Question): Waiter
  readonly recent: Telling['recent']
  /** Changes were forgotten: none that is at hand may be told, and everyone looks whether their shape is there. */
  forget(): void
  /** Finds out which tables that are waited for have another form, and wakes their readers. */
  checkForms(): Promise<void>
  /** Has everyone look whether their shape is still there. */
  ringAll(): void
  close(): void
}

interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly report: (problem: unknown) => void
}

/** How soon to look again while a transaction that took a number is still open. */
const openTransactionMs = 50
/** How often tables that are waited for are looked at: nothing tells of a changed form. */
const formsMs = 400

export function createTail({ db, clock, report }: Deps): Tail {
  const watermark = createWatermark(db)
  const waiting = createWaiting()
  const telling = createTelling({ db, clock, waiting })
  let seen: bigint | undefined
  let retry: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined
  let closed = false

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
        await telling.tell(before, extent.settled).catch((error: unknown) => {
          waiting.ringAll()
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
    for (const { oid } of changed) waiting.ringAll(oid)
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
      if (!ring || why.why === 'check') ring = why
      wake?.()
    })
    telling.follow(question.relation, seen)
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
        const why = ring
        ring = undefined
        return why
      },
      leave() {
        remove()
        telling.left(question.relation)
      },
    }
  }

  return {
    advance,
    waiter,
    recent: telling.recent,
    forget() {
      telling.forget()
      waiting.ringAll()
    },
    checkForms,
    ringAll: () => waiting.ringAll(),
    close() {
      closed = true
      clearTimeout(retry)
      clearTimeout(watch)
    },
  }
}
