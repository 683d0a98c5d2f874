/**
 * Grants (W45): a sealed key and a sealed page that the owner lets one contact read until an end. The server sees who,
 * sizes and times; it deletes what has ended, what was taken back, and what two people shared who have parted.
 */
import { bytesToBase64url, limits, Problem, type GrantId, type VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Db, Transaction } from '../db/db.ts'

/** How many grants of one account may stand at a time. */
const mostGrants = 50

/** What the owner keeps for a reader. */
export interface Granted {
  readonly id: GrantId
  readonly owner: VaultId
  readonly contact: string
  readonly sealed: Uint8Array
  readonly revision: number
  readonly page: Uint8Array
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

interface Row {
  readonly grant_id: GrantId
  readonly owner_id: VaultId
  readonly contact_id: string
  readonly sealed_grant: Uint8Array
  readonly revision: number
  readonly expires_at: Date
}

const standing = ({ grant_id: id, revision, expires_at: end }: Row) => ({
  id,
  revision,
  expires_at: end.getTime(),
})

export interface Grants {
  /**
   * Stores a grant with its first page, or its next page; the page that is there again changes nothing.
   * @throws {@link Problem} contact/unknown, grant/conflict, outbox/equivocation for other terms under the id,
   * request/invalid for an end that is past or too far, or beyond 50 grants.
   */
  put(granted: Granted): Promise<void>
  list(account: VaultId): Promise<{ given: object[]; received: object[] }>
  /** @throws {@link Problem} grant/unknown */
  page(id: GrantId, account: VaultId): Promise<{ revision: number; page: string }>
  /** Either of the two may end it; what is not there is ended. */
  remove(id: GrantId, account: VaultId): Promise<void>
  /** Removes what has ended. */
  sweep(): Promise<void>
}

const invalid = (fault: string): Problem => new Problem('request/invalid', { faults: [fault] })

/** @throws {@link Problem} outbox/equivocation, grant/conflict */
async function replacePage(tx: Transaction, row: Row, granted: Granted): Promise<void> {
  const isSame =
    row.owner_id === granted.owner &&
    row.contact_id === granted.contact &&
    row.expires_at.getTime() === granted.expiresAt &&
    Buffer.from(row.sealed_grant).equals(granted.sealed)
  if (!isSame) throw new Problem('outbox/equivocation')
  const changed = await tx.query(
    `UPDATE grants SET revision = $2, page = $3
      WHERE grant_id = $1 AND (revision = $2 - 1 OR (revision = $2 AND page = $3)) RETURNING 1`,
    [granted.id, granted.revision, granted.page],
  )
  if (changed.length === 0) throw new Problem('grant/conflict')
}

async function insert(tx: Transaction, granted: Granted, now: Date): Promise<void> {
  const { id, owner, contact, sealed, page, expiresAt } = granted
  if (granted.revision !== 1) throw new Problem('grant/conflict')
  const [link] = await tx.query<{ peer_id: VaultId }>(
    'SELECT peer_id FROM contacts WHERE owner_id = $1 AND contact_id = $2 FOR KEY SHARE',
    [owner, contact],
  )
  if (!link) throw new Problem('contact/unknown')
  const written = await tx.query(
    `INSERT INTO grants
      SELECT $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bytea, 1, $6::bytea, $7::timestamptz
      WHERE (SELECT count(*) FROM grants WHERE owner_id = $2 AND expires_at > $8) < $9::int
      RETURNING 1`,
    [id, owner, contact, link.peer_id, sealed, page, new Date(expiresAt), now, mostGrants],
  )
  if (written.length === 0) throw invalid(`${mostGrants} grants stand: take one back first`)
}

export function createGrantTable({ db, clock }: { db: Db; clock: Clock }): Grants {
  const now = (): Date => new Date(clock.now())
  return {
    put: (granted) =>
      db.transaction(async (tx) => {
        const longest = clock.now() + limits.grantSeconds * 1000
        if (granted.expiresAt <= clock.now() || granted.expiresAt > longest)
          throw invalid(`expires_at: from now on, within ${limits.grantSeconds} seconds`)
        // Two devices of one owner come one after the other.
        await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [granted.id])
        const [row] = await tx.query<Row>('SELECT * FROM grants WHERE grant_id = $1', [granted.id])
        await (row ? replacePage(tx, row, granted) : insert(tx, granted, now()))
      }),

    async list(account) {
      const rows = await db.query<Row>(
        `SELECT grant_id, owner_id, contact_id, sealed_grant, revision, expires_at FROM grants
          WHERE (owner_id = $1 OR reader_id = $1) AND expires_at > $2 ORDER BY grant_id`,
        [account, now()],
      )
      const received = rows.filter((row) => row.owner_id !== account)
      return {
        given: rows.filter((row) => row.owner_id === account).map(standing),
        received: received.map((row) => ({
          ...standing(row),
          contact: row.contact_id,
          grant: bytesToBase64url(row.sealed_grant),
        })),
      }
    },

    async page(id, account) {
      const [row] = await db.query<{ revision: number; page: Uint8Array }>(
        `SELECT revision, page FROM grants
          WHERE grant_id = $1 AND $2 IN (owner_id, reader_id) AND expires_at > $3`,
        [id, account, now()],
      )
      if (!row) throw new Problem('grant/unknown')
      return { revision: row.revision, page: bytesToBase64url(row.page) }
    },

    async remove(id, account) {
      await db.query('DELETE FROM grants WHERE grant_id = $1 AND $2 IN (owner_id, reader_id)', [
        id,
        account,
      ])
    },

    async sweep() {
      await db.query('DELETE FROM grants WHERE expires_at <= $1', [now()])
    },
  }
}
