/**
 * Grants within the client: pages made of the diary, and exchanged while sync is up to date, a moment after the
 * diary has changed and every two minutes.
 */
import type { CivilDate } from '../calendar/index.ts'
import type { ContactBook } from '../contacts/contacts.ts'
import type { Clock } from '../core/clock.ts'
import { until } from '../core/live.ts'
import { fraction, type Random } from '../core/random.ts'
import type { Signal } from '../core/signal.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Diary } from '../diary/diary.ts'
import type { Documents } from '../docs/documents.ts'
import { createGrants, type Grants } from '../grants/grants.ts'
import { writePage } from '../grants/page.ts'
import { readReceived } from '../grants/tables.ts'
import type { Store } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Replication } from './replication.ts'
import { phaseOf } from './sync-state.ts'

export interface GrantsDeps {
  readonly store: Store
  readonly documents: Documents
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly call: AuthorizedCall
  readonly clock: Clock
  readonly random: Random
  readonly book: ContactBook
  readonly replication: Replication
  readonly diary: Diary
  /** Emits when days or forecast may be others. */
  readonly diaryChanged: Signal
}

export interface GrantsSide {
  readonly grants: Grants
  /** Ends when no round is under way any more. */
  close(): Promise<void>
}

const lastDay = '9999-12-31' as CivilDate
/** Long enough for what she types in one go. */
const afterChangeMs = 1_000
const betweenRoundsMs = 120_000

const now = <T>(live: Parameters<typeof until<T>>[0]): Promise<T> => until(live, () => true)

export function openGrantsSide(deps: GrantsDeps): GrantsSide {
  const { store, session, clock, random, book, replication, diary } = deps
  let cancel: (() => void) | undefined
  let isReady = false
  let isClosed = false
  let running: Promise<void> = Promise.resolve()

  const grants = createGrants({
    ...deps,
    peersOf: book.peers,
    pageOf: async (scope, from) =>
      writePage(
        {
          // Notes of imported files stand beside hers and are not shown to others.
          days: (await now(diary.range(from, lastDay))).map(({ date, values }) => ({
            date,
            values,
          })),
          forecast: await now(diary.forecast),
        },
        scope,
      ),
    written() {
      replication.wake()
      plan(0)
    },
  })

  async function round(): Promise<void> {
    const isAlone = (await book.peers()).size + (await readReceived(store)).length === 0
    if (!isAlone) await grants.refresh()
  }

  function plan(ms: number): void {
    cancel?.()
    if (!isReady || isClosed) return
    cancel = clock.after(ms, () => {
      // What fails is tried again with the next round; rounds are few.
      running = round()
        .catch(() => {})
        .then(() => plan(betweenRoundsMs * (0.9 + fraction(random) / 5)))
    })
  }

  function look(): void {
    const { phase } = phaseOf(session.current(), replication.facts())
    const was = isReady
    isReady = phase === 'live'
    if (isReady && !was) plan(0)
    if (!isReady) cancel?.()
  }

  const ends = [
    replication.changed.subscribe(look),
    deps.diaryChanged.subscribe(() => plan(afterChangeMs)),
  ]
  look()
  return {
    grants,
    async close() {
      isClosed = true
      for (const end of ends) end()
      cancel?.()
      await running
    },
  }
}
