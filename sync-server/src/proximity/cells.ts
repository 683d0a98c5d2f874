/**
 * The one cell that is known of an account (W67, W68): each beat replaces it, and it goes after five
 * minutes without one. Moving faster than anything moves freezes the account for an hour, in which no
 * cell of it is kept. A cell that is taken back finds nobody any more, but what is left of its five
 * minutes it is there to judge the next beat by: who returns is found at once, who leaps is not. There
 * is no way to read a cell.
 */
import { cellMercator, cellMetres, Problem, type Cell, type VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayOf } from '../core/day.ts'
import type { Db, Transaction } from '../db/db.ts'
import { isOnMap, metresBetween, type MapPoint } from './mercator.ts'
import { freshMilliseconds } from './nearby.ts'

/** Faster than an airliner. */
const fastestMetresPerSecond = 300
/** Both ends are centres of cells, so a step across an edge looks longer than it was. */
const slackMetres = 2 * cellMetres
const freezeMilliseconds = 3_600_000

export interface Cells {
  /** @throws {@link Problem} location/not-sharing for an account that has not opted in. */
  beat(account: VaultId, cell: Cell): Promise<void>
  /** Takes the cell back. */
  forget(account: VaultId): Promise<void>
  /** Deletes cells that are too old to count, and freezes that have ended. */
  sweep(): Promise<void>
}

interface Known {
  readonly radius_metres: number
  readonly frozen: boolean
  readonly last_cell_on: string | null
  /** Null, like the next two, when no cell is known, or none that was taken back. */
  readonly x: number | null
  readonly y: number | null
  readonly seen_at: Date | null
}

export function createCells({ db, clock }: { db: Db; clock: Clock }): Cells {
  return {
    beat: (account, cell) =>
      db.transaction(async (tx) => {
        const now = clock.now()
        const known = await enter(tx, account, now)
        if (known.frozen) return
        const at = cellMercator(cell)
        if (isImplausible(known, at, now)) await freeze(tx, account, now)
        else if (isOnMap(at)) await store(tx, account, { at, now, known })
        else await withdraw(tx, account)
      }),
    forget: (account) =>
      db.transaction(async (tx) => {
        await lockResponder(tx, account)
        await withdraw(tx, account)
      }),
    async sweep() {
      const now = clock.now()
      const old = new Date(now - freshMilliseconds)
      await db.query('DELETE FROM user_locations WHERE seen_at < $1', [old])
      await db.query('DELETE FROM withdrawn_locations WHERE seen_at < $1', [old])
      await db.query('DELETE FROM frozen_responders WHERE until <= $1', [new Date(now)])
    },
  }
}

/** Moves the account's cell to where it only judges. Under the lock of its responder's row. */
export async function withdraw(tx: Transaction, account: VaultId): Promise<void> {
  await tx.query(
    `WITH gone AS (
        DELETE FROM user_locations WHERE account_id = $1 RETURNING account_id, pos, seen_at
      )
      INSERT INTO withdrawn_locations (account_id, pos, seen_at) SELECT * FROM gone
      ON CONFLICT (account_id) DO UPDATE SET pos = EXCLUDED.pos, seen_at = EXCLUDED.seen_at`,
    [account],
  )
}

/** Lets beats follow each other, and opting out and taking back wait for this one. */
async function lockResponder(tx: Transaction, account: VaultId): Promise<boolean> {
  const found = await tx.query('SELECT 1 FROM responders WHERE account_id = $1 FOR NO KEY UPDATE', [
    account,
  ])
  return found.length > 0
}

/** Locks, and only then looks, so that it sees what the beat before has stored. */
async function enter(tx: Transaction, account: VaultId, now: number): Promise<Known> {
  const isSharing = await lockResponder(tx, account)
  const [known] = await tx.query<Known>(
    `SELECT r.radius_metres, r.last_cell_on, ST_X(l.pos) AS x, ST_Y(l.pos) AS y, l.seen_at,
        EXISTS (SELECT 1 FROM frozen_responders f
          WHERE f.account_id = r.account_id AND f.until > $2) AS frozen
      FROM responders r LEFT JOIN (
        SELECT account_id, pos, seen_at FROM user_locations
        UNION ALL SELECT account_id, pos, seen_at FROM withdrawn_locations
      ) l USING (account_id)
      WHERE r.account_id = $1 ORDER BY l.seen_at DESC NULLS LAST LIMIT 1`,
    [account, new Date(now)],
  )
  if (!isSharing || !known) throw new Problem('location/not-sharing')
  return known
}

/** In a freeze no place of the account is kept at all. */
async function freeze(tx: Transaction, account: VaultId, now: number): Promise<void> {
  await tx.query(
    `INSERT INTO frozen_responders (account_id, until) VALUES ($1, $2)
      ON CONFLICT (account_id) DO UPDATE SET until = EXCLUDED.until`,
    [account, new Date(now + freezeMilliseconds)],
  )
  await tx.query('DELETE FROM user_locations WHERE account_id = $1', [account])
  await forgetWithdrawn(tx, account)
}

async function forgetWithdrawn(tx: Transaction, account: VaultId): Promise<void> {
  await tx.query('DELETE FROM withdrawn_locations WHERE account_id = $1', [account])
}

async function store(
  tx: Transaction,
  account: VaultId,
  { at, now, known }: { at: MapPoint; now: number; known: Known },
): Promise<void> {
  await tx.query(
    `INSERT INTO user_locations (account_id, pos, accept_metres, seen_at)
      VALUES ($1, ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 3857), $4, $5)
      ON CONFLICT (account_id) DO UPDATE SET pos = EXCLUDED.pos,
        accept_metres = EXCLUDED.accept_metres, seen_at = EXCLUDED.seen_at`,
    [account, at.x, at.y, known.radius_metres, new Date(now)],
  )
  await forgetWithdrawn(tx, account)
  const today = dayOf(now)
  if (known.last_cell_on === today) return
  await tx.query(
    'UPDATE responders SET cell_days = cell_days + 1, last_cell_on = $2 WHERE account_id = $1',
    [account, today],
  )
}

function isImplausible({ x, y, seen_at: seenAt }: Known, at: MapPoint, now: number): boolean {
  if (x === null || y === null || !seenAt) return false
  const seconds = Math.max(0, now - seenAt.getTime()) / 1000
  return metresBetween({ x, y }, at) - slackMetres > seconds * fastestMetresPerSecond
}
