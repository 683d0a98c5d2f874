/**
 * Tickets: the proof by which a socket is opened, since a browser's WebSocket sends no authorization
 * header. 32 random bytes, good for one connection within a minute, kept as a hash.
 */
import { createHash } from 'node:crypto'
import { base64urlToBytes, bytesToBase64url } from '@selene/shapes'
import type { Claims } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { Db } from '../db/db.ts'

/** How long a ticket opens a connection. */
export const ticketSeconds = 60
const ticketBytes = 32
/** How many of one account are kept; a newer one takes the place of the oldest. */
const ticketsPerAccount = 50

export interface Tickets {
  /** Makes a ticket for the holder of an access token. */
  mint(claims: Claims): Promise<string>
  /** Uses a ticket up; `undefined` for one that opens nothing, or nothing any more. */
  redeem(ticket: string): Promise<Claims | undefined>
  /** Removes what has expired. */
  sweep(): Promise<void>
}

interface TicketRow {
  vault_id: Claims['vault']
  device_id: Claims['device']
  session_id: Claims['session']
  token_expires_at: Date
}

/** The row goes whether the ticket is still good or not; of two that come with it, one finds it. */
const use = `WITH used AS (DELETE FROM tickets WHERE ticket_hash = $1 RETURNING *)
  SELECT u.vault_id, u.device_id, u.session_id, u.token_expires_at FROM used u
  JOIN sessions s ON s.session_id = u.session_id AND s.revoked_at IS NULL
  JOIN devices d ON d.vault_id = u.vault_id AND d.device_id = u.device_id AND d.removed_at IS NULL
  WHERE u.expires_at > $2 AND u.token_expires_at > $2`

export function createTickets(deps: { db: Db; clock: Clock; random: Random }): Tickets {
  const { db, clock, random } = deps
  return {
    async mint(claims) {
      const ticket = random.bytes(ticketBytes)
      await db.query(
        `WITH surplus AS (
            DELETE FROM tickets WHERE ticket_hash IN (
              SELECT ticket_hash FROM tickets WHERE vault_id = $2
              ORDER BY expires_at DESC OFFSET $7 FOR UPDATE SKIP LOCKED)
          )
          INSERT INTO tickets (ticket_hash, vault_id, device_id, session_id, token_expires_at, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          hashOf(ticket),
          claims.vault,
          claims.device,
          claims.session,
          new Date(claims.expiresAt),
          new Date(clock.now() + ticketSeconds * 1000),
          ticketsPerAccount - 1,
        ],
      )
      return bytesToBase64url(ticket)
    },

    async redeem(ticket) {
      const bytes = base64urlToBytes(ticket)
      if (bytes?.length !== ticketBytes) return undefined
      const [row] = await db.query<TicketRow>(use, [hashOf(bytes), new Date(clock.now())])
      return (
        row && {
          vault: row.vault_id,
          device: row.device_id,
          session: row.session_id,
          expiresAt: row.token_expires_at.getTime(),
        }
      )
    },

    async sweep() {
      await db.query('DELETE FROM tickets WHERE expires_at <= $1', [new Date(clock.now())])
    },
  }
}

const hashOf = (ticket: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(ticket).digest())
