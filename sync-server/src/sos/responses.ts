/**
 * Answers of people whom an alert has reached. An answer changes what its owner sees and stops nothing:
 * anyone could silence an alert otherwise (W55).
 */
import {
  Problem,
  stampUuid,
  type AlertId,
  type ResponseId,
  type ResponseState,
  type VaultId,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { Db, Transaction } from '../db/db.ts'
import { tellOwner, type OwnAlert } from './owner-notice.ts'
import { acceptances } from './standing.ts'

export interface Answer {
  readonly alert: AlertId
  readonly account: VaultId
  readonly state: ResponseState
  /** Sealed to the alert's reply key. */
  readonly message: Uint8Array
}

/** Stores an answer, instead of one before. @throws {@link Problem} sos/no-alert or sos/closed. */
export type Respond = (answer: Answer) => Promise<void>

interface Reached extends OwnAlert {
  readonly closed: boolean
  readonly role: 'contact' | 'nearby'
  /** The answer before; null if there was none. */
  readonly before: ResponseState | null
}

/** Somebody whom she has taken off her contacts is not heard any more. */
const reachedSql = `
  SELECT a.alert_id, a.owner_id, a.closed_at IS NOT NULL AS closed, r.role, e.state AS before
  FROM alert_recipients r JOIN emergency_alerts a USING (alert_id)
  LEFT JOIN emergency_responses e USING (alert_id, account_id)
  WHERE r.alert_id = $1 AND r.account_id = $2 AND (r.role = 'nearby' OR EXISTS (
    SELECT 1 FROM contacts c WHERE c.owner_id = a.owner_id AND c.peer_id = r.account_id))`

/** Somebody who only changes his words is no event. */
const storeSql = `
  WITH happened AS (
    INSERT INTO events (topic, key, body, at)
    SELECT 'emergency-alerts', $1::uuid, '{"event":"alert.responded"}'::jsonb, $6::timestamptz
    WHERE $7::boolean
  )
  INSERT INTO emergency_responses (alert_id, account_id, response_id, state, message, at)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (alert_id, account_id)
    DO UPDATE SET state = EXCLUDED.state, message = EXCLUDED.message, at = EXCLUDED.at`

export function createRespond(deps: {
  db: Db
  clock: Clock
  random: Random
  told: (accounts: readonly VaultId[]) => void
}): Respond {
  const { db, clock, random, told } = deps

  async function store(tx: Transaction, answer: Answer): Promise<VaultId | undefined> {
    const { alert, account, state, message } = answer
    const [reached] = await tx.query<Reached>(reachedSql, [alert, account])
    if (!reached) throw new Problem('sos/no-alert')
    if (reached.closed) throw new Problem('sos/closed')
    const now = new Date(clock.now())
    const id = stampUuid<ResponseId>(random.bytes(16), 4)
    await tx.query(storeSql, [alert, account, id, state, message, now, state !== reached.before])
    if (!concernsOwner(reached, state)) return undefined
    await tellOwner(tx, reached, now)
    return reached.owner_id
  }

  return async (answer) => {
    const owner = await db.transaction((tx) => store(tx, answer))
    if (owner) told([owner])
  }
}

/** A stranger who never offered help is never mentioned, since that would tell who is where (W61). */
const concernsOwner = ({ role, before }: Reached, state: ResponseState): boolean =>
  role === 'contact' ||
  acceptances.includes(state) ||
  (before !== null && acceptances.includes(before))
