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
import { lockAlerts, tryLockAlerts } from './owner-lock.ts'

/** How many are looked at in one query. */
const atOnce = 100
/** When to look again at an alert that somebody else was changing. */
const busyMilliseconds = 250
/** So much overdue, an alert waits for its turn instead: somebody may be busy without end. */
const overdueMilliseconds = 2000

export interface Due {
  /** Sets off what is due. */
  fire(): Promise<void>
  /** Ends what went off a day ago. */
  expire(): Promise<void>
}

interface Candidate {
  readonly alert_id: AlertId
  readonly owner_id: VaultId
  readonly fires_at: Date
}

/** Tells whether the lock of the owner's alerts was got. */
type Lock = (tx: Transaction, owner: VaultId) => Promise<boolean>

const waitForAlerts: Lock = async (tx, owner) => {
  await lockAlerts(tx, owner)
  return true
}

/** Changes one alert and says whom to wake. */
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

  /** Tells whether somebody else is changing the owner's alerts; then nothing happened. */
  async function findsBusy(candidate: Candidate, lock: Lock, step: Step): Promise<boolean> {
    try {
      const told = await db.transaction(async (tx) =>
        (await lock(tx, candidate.owner_id)) ? step(tx, candidate) : 'busy',
      )
      if (told === 'busy') return true
      if (told.length > 0) deps.told(told)
    } catch (error) {
      log.error({ error }, 'an alert could not be taken further')
    }
    return false
  }

  /** Looks at what was busy again, later or, if it is overdue, after everything else. */
  async function comeBack(busy: readonly Candidate[], until: number, step: Step): Promise<void> {
    for (const candidate of busy)
      if (candidate.fires_at.getTime() > until - overdueMilliseconds)
        deps.again(clock.now() + busyMilliseconds)
      else await findsBusy(candidate, waitForAlerts, step)
  }

  /** Takes everything once, in the order of `fires_at`; what stays behind does not hold up the rest. */
  async function takeAll(state: 'armed' | 'sent', until: number, step: Step): Promise<void> {
    const busy: Candidate[] = []
    let after: { at: Date; id: string } = { at: new Date(0), id: zeroId }
    for (;;) {
      const rows = await db.query<Candidate>(
        `SELECT alert_id, owner_id, fires_at FROM emergency_alerts
          WHERE state = $1 AND fires_at <= $2 AND (fires_at, alert_id) > ($3, $4)
          ORDER BY fires_at, alert_id LIMIT $5`,
        [state, new Date(until), after.at, after.id, atOnce],
      )
      for (const row of rows) if (await findsBusy(row, tryLockAlerts, step)) busy.push(row)
      const last = rows.at(-1)
      if (!last || rows.length < atOnce) break
      after = { at: last.fires_at, id: last.alert_id }
    }
    await comeBack(busy, until, step)
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
    return (await closeAlerts(tx, { alert, owner, state: 'expired', now })).told
  }

  return {
    fire: () => takeAll('armed', clock.now(), fireOne),
    expire: () => takeAll('sent', clock.now() - dayMilliseconds, expireOne),
  }
}

const zeroId = '00000000-0000-0000-0000-000000000000'
