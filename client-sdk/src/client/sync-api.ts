/** Sync as an app sees it. */
import type { ProblemCode } from '@selene/shapes'
import { lazily } from '../core/lazily.ts'
import { createLateLive, createLive, type Live } from '../core/live.ts'
import { anyOf } from '../core/signal.ts'
import type { Store } from '../store/store.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import { giveUp, givableSql, standingSql, type Place } from '../docs/given-up.ts'
import type { Outbox } from '../sync/outbox.ts'
import type { Session } from '../sync/session.ts'
import type { Write, Writes } from '../sync/write.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Replication } from './replication.ts'
import type { SetAsideApi } from './set-aside-api.ts'
import { phaseOf, type SyncState } from './sync-state.ts'

/** An envelope that is kept but not merged. */
export interface Quarantined extends Place {
  readonly kind: 'envelope' | 'snapshot'
  /** Whether she may give it up. */
  readonly givable: boolean
  readonly code: ProblemCode
}

export interface Sync extends SetAsideApi {
  readonly state: Live<SyncState>
  pause(): void
  resume(): void
  /**
   * The app is being hidden and may be ended there. A platform that knows by itself says so in `Platform.hidden`; a
   * client in a worker is told by its page.
   */
  hidden(): void
  /** Sends what waits; resolves when nothing is left or sending fails. */
  flush(): Promise<void>
  readonly quarantined: Live<readonly Quarantined[]>
  /**
   * Gives up an envelope that is set aside, on all her devices: it is not listed any more, and snapshots pass over it.
   * @throws TypeError for one that is not `givable`.
   */
  giveUp(envelope: Place): Promise<Write>
}

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
  readonly writes: Writes
  readonly session: Session
  readonly outbox: Outbox
  readonly replication: Replication
}

/** What is kept and not merged: envelopes that nobody gave up, and snapshots that are not what they say. */
const quarantinedSql = `
  SELECT 'envelope' AS kind, doc_id AS "docId", device_id AS "deviceId", doc_seq AS "docSeq", code,
    ${givableSql} AS givable FROM quarantine q WHERE ${standingSql}
  UNION ALL SELECT 'snapshot', doc_id, device_id, number, found, false FROM snapshot_checks
    WHERE found NOT IN ('ok', 'taken')`

export function createSyncApi(deps: Deps): Sync {
  const { store, session, outbox, replication, documents, writes } = deps
  const refused = lazily(async () => {
    const { createSetAsideApi } = await import('./set-aside-api.ts')
    return createSetAsideApi({ ...deps, written: replication.wake })
  })

  async function now(): Promise<SyncState> {
    const facts = replication.facts()
    const counts = await outbox.counts(store)
    const [row] = await store.query<{ quarantined: number }>(
      `SELECT count(*)::integer AS quarantined FROM (${quarantinedSql}) AS rows`,
    )
    return {
      ...phaseOf(session.current(), facts),
      ...counts,
      quarantined: row!.quarantined,
      listening: facts.listening,
      warnings: facts.notes,
      ...(facts.lastSeenAt !== undefined && { lastSeenAt: facts.lastSeenAt }),
    }
  }

  return {
    setAside: createLateLive(async () => (await refused()).setAside),
    readSetAside: async (id) => (await refused()).readSetAside(id),
    retrySetAside: async (id) => (await refused()).retrySetAside(id),
    giveUpSetAside: async (id) => (await refused()).giveUpSetAside(id),
    state: createLive(now, anyOf(store.committed, replication.changed)),
    pause: replication.pause,
    resume: replication.resume,
    hidden: replication.hidden,
    flush: replication.flush,
    quarantined: createLive(
      () => store.query<Quarantined>(`${quarantinedSql} ORDER BY "docId", "deviceId", "docSeq"`),
      store.committed,
    ),
    async giveUp(envelope) {
      const opId = await documents.write((tx) => giveUp(tx, deps, envelope))
      if (!opId) throw new TypeError('this envelope cannot be given up')
      const write = writes.track(opId)
      replication.wake()
      return write
    },
  }
}
