/** How far sync is, in one word and a few numbers. */
import { shapes, type ProblemCode } from '@selene/shapes'
import type { SessionStatus } from '../sync/session.ts'
import type { Facts } from './replication.ts'

export type SyncPhase =
  | 'local-only'
  | 'paused'
  | 'stuck'
  | 'offline'
  | 'connecting'
  | 'catching-up'
  | 'live'

export interface SyncState {
  readonly phase: SyncPhase
  /** Writes without an outcome, waiting to be sent or answered. */
  readonly unsent: number
  /** Operations that the server refused for good; they are kept and shown. */
  readonly setAside: number
  /** Envelopes that could not be opened; they are kept and shown. */
  readonly quarantined: number
  /** Whether other people's alerts reach this device at once; else they come when it does again. */
  readonly listening: boolean
  /** Milliseconds since 1970 of the server's last answer. */
  readonly lastSeenAt?: number
  readonly problem?: ProblemCode
  /** What is wrong with the server and stops nothing here: `sync/history-withheld`, `outbox/rolled-back`. */
  readonly warnings: readonly ProblemCode[]
}

const shapeCount = Object.keys(shapes).length

/** Whether every shape has been read to its present end. */
export const isUpToDate = (facts: Facts): boolean => facts.upToDate.size === shapeCount

/** Why nothing is sent, whatever the network does, until somebody does something about it; `undefined` while it is. */
export function whyStopped(session: SessionStatus, facts: Facts): ProblemCode | undefined {
  if (session === 'none') return 'account/none'
  if (facts.ending) return facts.ending === 'erased' ? 'vault/erased' : 'vault/member-removed'
  if (facts.warning) return facts.warning
  return session === 'session-ended' ? 'auth/session-ended' : undefined
}

/** The phase that the facts amount to, and the problem behind it. Pure and total. */
export function phaseOf(
  session: SessionStatus,
  facts: Facts,
): { phase: SyncPhase; problem?: ProblemCode } {
  if (session === 'none') return { phase: 'local-only' }
  const stopped = whyStopped(session, facts)
  if (stopped) return { phase: 'stuck', problem: stopped }
  if (facts.paused) return { phase: 'paused' }
  const problems = [...facts.problems.values()]
  const lasting = problems.find((problem) => problem.remedy !== 'retry')
  if (lasting) return { phase: 'stuck', problem: lasting.code }
  const [passing] = problems
  if (passing)
    return {
      phase: passing.code === 'server/unreachable' ? 'offline' : 'connecting',
      problem: passing.code,
    }
  if (!facts.answered) return { phase: 'connecting' }
  return { phase: isUpToDate(facts) ? 'live' : 'catching-up' }
}
