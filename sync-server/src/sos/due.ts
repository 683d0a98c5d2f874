/**
 * What the server does to alerts by itself: those whose countdown is over go off (W50), those that went
 * off a day ago end. Any number of processes may do so at once; each alert has one of them.
 */
import type { AlertId, VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayMilliseconds } from '../core/day.ts'
import type { Log } from '../core/log.ts'
import type { Db, Transaction } from '../db/db.ts'
import { alertOf, openColumns, type OpenRow } from './alert-table.ts'
import { closeAlerts } from './closing.ts'
import type { Tell } from './fan-out.ts'
import { tryLockAlerts } from './owner-lock.ts'

/** How many are looked at in one query. */
const atOnce = 100
/** When to look again at an alert that somebody else was changing. */
const busyMilliseconds = 250

export interface Due {
  /** Sets off what is due. */
  fire(): Promise<void>
  /** Ends what went off a day ago. */
  expire(): Promise<void>
}

interface Candidate {
  readonly alert_id: AlertId
  readonly owner_id: VaultId
}

/** Changes one alert and says whom to wake; `busy` when somebody else is changing the owner's alerts. */
type Step = (tx: Transaction, candidate: Candidate) => Promise<readonly VaultId[]>

export function createDue(deps: {
  db: Db
  clock: Clock
  log: Log
  tell: Tell
  told: (accounts: readonly VaultId[]) => void
  /** Is called with the time when to look again. */
  again: (time: number) => void
}): Due {
  const { db, clock, log, tell } = deps

  async function take(candidate: Candidate, step: Step): Promise<void> {
    try {
      const told = await db.transaction(async (tx) =>
        (await tryLockAlerts(tx, candidate.owner_id)) ? step(tx, candidate) : 'busy',
      )
      if (told === 'busy') deps.again(clock.now() + busyMilliseconds)
      else if (told.length > 0) deps.told(told)
    } catch (error) {
      log.error({ error }, 'an alert could not be taken further')
    }
  }

  /** Takes everything once, in the order of `fires_at`; what stays behind does not hold up the rest. */
  async function takeAll(state: 'armed' | 'sent', until: number, step: Step): Promise<void> {
    let after: { at: Date; id: string } = { at: new Date(0), id: zeroId }
    for (;;) {
      const rows = await db.query<Candidate & { fires_at: Date }>(
        `SELECT alert_id, owner_id, fires_at FROM emergency_alerts
          WHERE state = $1 AND fires_at <= $2 AND (fires_at, alert_id) > ($3, $4)
          ORDER BY fires_at, alert_id LIMIT $5`,
        [state, new Date(until), after.at, after.id, atOnce],
      )
      for (const row of rows) await take(row, step)
      const last = rows.at(-1)
      if (!last || rows.length < atOnce) return
      after = { at: last.fires_at, id: last.alert_id }
    }
  }

  const fireOne: Step = async (tx, { alert_id: id }) => {
    const now = clock.now()
    const [row] = await tx.query<OpenRow>(
      `UPDATE emergency_alerts a SET state = 'sent', fires_at = $2
        WHERE alert_id = $1 AND state = 'armed' AND fires_at <= $2
        RETURNING ${openColumns('a')}`,
      [id, new Date(now)],
    )
    if (!row) return []
    const alert = alertOf(row)
    return tell(tx, alert, { event: 'raised', op: alert.op, at: alert.raisedAt, now })
  }

  const expireOne: Step = async (tx, { alert_id: alert, owner_id: owner }) => {
    const now = clock.now()
    const closing = { alert, owner, state: 'expired', now, wholeIncident: false } as const
    return (await closeAlerts(tx, closing)).told
  }

  return {
    fire: () => takeAll('armed', clock.now(), fireOne),
    expire: () => takeAll('sent', clock.now() - dayMilliseconds, expireOne),
  }
}

const zeroId = '00000000-0000-0000-0000-000000000000'
