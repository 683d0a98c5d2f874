/**
 * The one cell that is known of an account (W67, W68): each beat replaces it, and it goes after five
 * minutes without one. Moving faster than anything moves freezes the account for an hour, in which no
 * cell of it is kept. There is no way to read a cell.
 */
import { cellMercator, cellMetres, Problem, type Cell, type VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayOf } from '../core/day.ts'
import type { Db, Queryable, Transaction } from '../db/db.ts'
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
  forget(account: VaultId): Promise<void>
  /** Deletes cells that are too old to count. */
  sweep(): Promise<void>
}

interface Known {
  readonly radius_metres: number
  readonly frozen_until: Date | null
  readonly last_cell_on: string | null
  /** Null, like the next two, when no cell is known. */
  readonly x: number | null
  readonly y: number | null
  readonly seen_at: Date | null
}

export function createCells({ db, clock }: { db: Db; clock: Clock }): Cells {
  return {
    beat: (account, cell) =>
      db.transaction(async (tx) => {
        const now = clock.now()
        const known = await enter(tx, account)
        if (known.frozen_until && known.frozen_until.getTime() > now) return
        const at = cellMercator(cell)
        if (!isOnMap(at)) await forget(tx, account)
        else if (isImplausible(known, at, now)) await freeze(tx, account, now)
        else await store(tx, account, { at, now, known })
      }),
    forget: (account) => forget(db, account),
    async sweep() {
      await db.query('DELETE FROM user_locations WHERE seen_at < $1', [
        new Date(clock.now() - freshMilliseconds),
      ])
    },
  }
}

async function forget(tx: Queryable, account: VaultId): Promise<void> {
  await tx.query('DELETE FROM user_locations WHERE account_id = $1', [account])
}

/** Locks the account's row, so that beats follow each other and opting out waits for this one. */
async function enter(tx: Transaction, account: VaultId): Promise<Known> {
  const [known] = await tx.query<Known>(
    `SELECT r.radius_metres, r.frozen_until, r.last_cell_on,
        ST_X(l.pos) AS x, ST_Y(l.pos) AS y, l.seen_at
      FROM responders r LEFT JOIN user_locations l USING (account_id)
      WHERE r.account_id = $1 FOR NO KEY UPDATE OF r`,
    [account],
  )
  if (!known) throw new Problem('location/not-sharing')
  return known
}

async function freeze(tx: Transaction, account: VaultId, now: number): Promise<void> {
  await tx.query('UPDATE responders SET frozen_until = $2 WHERE account_id = $1', [
    account,
    new Date(now + freezeMilliseconds),
  ])
  await forget(tx, account)
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
