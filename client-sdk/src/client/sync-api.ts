/** Sync as an app sees it. */
import type { DeviceId, DocId, OpId, ProblemCode } from '@selene/shapes'
import { createLive, type Live } from '../core/live.ts'
import { anyOf } from '../core/signal.ts'
import type { Store } from '../store/store.ts'
import type { Outbox } from '../sync/outbox.ts'
import type { Session } from '../sync/session.ts'
import type { Replication } from './replication.ts'
import { phaseOf, type SyncState } from './sync-state.ts'

/** An operation that the server refused for good; its content is kept. */
export interface SetAside {
  readonly opId: OpId
  readonly kind: string
  readonly code: ProblemCode
  /** Milliseconds since 1970. */
  readonly at: number
}

/** An envelope that is kept but not merged. */
export interface Quarantined {
  readonly docId: DocId
  readonly deviceId: DeviceId
  readonly docSeq: number
  readonly code: ProblemCode
}

export interface Sync {
  readonly state: Live<SyncState>
  pause(): void
  resume(): void
  /** Sends what waits; resolves when nothing is left or sending fails. */
  flush(): Promise<void>
  readonly setAside: Live<readonly SetAside[]>
  readonly quarantined: Live<readonly Quarantined[]>
}

interface Deps {
  readonly store: Store
  readonly session: Session
  readonly outbox: Outbox
  readonly replication: Replication
}

export function createSyncApi({ store, session, outbox, replication }: Deps): Sync {
  async function now(): Promise<SyncState> {
    const facts = replication.facts()
    const counts = await outbox.counts(store)
    const [row] = await store.query<{ quarantined: number }>(
      'SELECT count(*)::integer AS quarantined FROM quarantine',
    )
    return {
      ...phaseOf(session.current(), facts),
      ...counts,
      quarantined: row!.quarantined,
      listening: facts.listening,
      ...(facts.lastSeenAt !== undefined && { lastSeenAt: facts.lastSeenAt }),
    }
  }

  return {
    state: createLive(now, anyOf(store.committed, replication.changed)),
    pause: replication.pause,
    resume: replication.resume,
    flush: replication.flush,
    setAside: createLive(
      () =>
        store.query<SetAside>('SELECT op_id AS "opId", kind, code, at FROM set_aside ORDER BY at'),
      store.committed,
    ),
    quarantined: createLive(
      () =>
        store.query<Quarantined>(
          `SELECT doc_id AS "docId", device_id AS "deviceId", doc_seq AS "docSeq", code
           FROM quarantine ORDER BY doc_id, device_id, doc_seq`,
        ),
      store.committed,
    ),
  }
}
