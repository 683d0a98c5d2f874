/**
 * Sessions of devices (W69): started over a challenge, kept alive by rotating refresh tokens. The
 * same refresh asked again gets the same refresh token; an older token in any other request means
 * that two parties hold one device's session, and ends it.
 */
import {
  Problem,
  refreshSigningBytes,
  stampUuid,
  type DeviceId,
  type RefreshRequest,
  type SessionAnswer,
  type SessionId,
  type VaultId,
  type WireCrypto,
} from '@selene/shapes'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { Db, Queryable, Transaction } from '../db/db.ts'
import { accessSeconds, type AccessTokens } from './access-token.ts'
import type { RefreshTokens } from './refresh-token.ts'

/** A session ends when it was not refreshed for so long. */
const refreshSeconds = 30 * 24 * 3600

export interface Sessions {
  /** Starts a session; `undefined` when the challenge has started one before. */
  start(
    db: Queryable,
    holder: { vault: VaultId; device: DeviceId; challenge: Uint8Array | null },
  ): Promise<SessionAnswer | undefined>
  /** @throws {@link Problem} auth/refused, auth/expired, auth/session-ended or vault/member-removed. */
  refresh(request: RefreshRequest): Promise<SessionAnswer>
  /** Ends a session of the vault and tells whether there was one. */
  end(vault: VaultId, session: string): Promise<boolean>
}

interface SessionRow {
  account_id: VaultId
  device_id: DeviceId
  generation: number
  request_id: string | null
  /** Whether this very request was answered before the last one was. */
  late: boolean
  expires_at: Date
  ended: boolean
  removed: boolean
  sign_key: Uint8Array
}

/** How many answered refreshes a session knows by their numbers: with one every ten minutes, those of an hour and more. */
const knownRequests = 8

export function createSessions(deps: {
  db: Db
  crypto: WireCrypto
  clock: Clock
  random: Random
  accessTokens: AccessTokens
  refreshTokens: RefreshTokens
}): Sessions {
  const { db, clock, refreshTokens } = deps
  const expiry = (): Date => new Date(clock.now() + refreshSeconds * 1000)

  async function answer(
    holder: { vault: VaultId; device: DeviceId; session: SessionId },
    generation: number,
  ): Promise<SessionAnswer> {
    return {
      ...holder,
      access_token: await deps.accessTokens.issue(holder),
      access_seconds: accessSeconds,
      refresh_token: refreshTokens.make(holder.session, generation),
      refresh_seconds: refreshSeconds,
    }
  }

  const endIt = (tx: Queryable, session: string) =>
    tx.query('UPDATE sessions SET revoked_at = $2 WHERE session_id = $1', [
      session,
      new Date(clock.now()),
    ])

  /** Generation after this refresh; `undefined` when the token was used before by another request. */
  async function rotate(
    tx: Transaction,
    { session, generation, request }: { session: string; generation: number; request: string },
    row: SessionRow,
  ): Promise<number | undefined> {
    if (generation === row.generation - 1 && request === row.request_id) return row.generation
    if (generation !== row.generation) return undefined
    await tx.query(
      `UPDATE sessions SET generation = $2, request_id = $3, expires_at = $4,
          earlier_requests = (array_remove(request_id || earlier_requests, NULL))[1:$5]
        WHERE session_id = $1`,
      [session, generation + 1, request, expiry(), knownRequests],
    )
    return generation + 1
  }

  return {
    async start(db, { vault, device, challenge }) {
      const session = stampUuid<SessionId>(deps.random.bytes(16), 4)
      const started = await db.query(
        `INSERT INTO sessions (session_id, account_id, device_id, expires_at, challenge)
          VALUES ($1, $2, $3, $4, $5) ON CONFLICT (challenge) DO NOTHING RETURNING session_id`,
        [session, vault, device, expiry(), challenge],
      )
      return started.length > 0 ? answer({ vault, device, session }, 0) : undefined
    },

    async refresh(request) {
      const token = refreshTokens.read(request.refresh_token)
      if (!token) throw new Problem('auth/refused')
      const { session } = token
      const refreshed = await db.transaction(async (tx) => {
        const row = await lockSession(tx, session, request.request_id)
        if (!row) return undefined
        if (!signedBy(row, request, deps.crypto)) throw new Problem('auth/refused')
        if (row.removed) throw new Problem('vault/member-removed')
        if (row.ended) return undefined
        if (row.late) throw new Problem('auth/refused')
        if (row.expires_at.getTime() <= clock.now()) throw new Problem('auth/expired')
        const generation = await rotate(tx, { ...token, request: request.request_id }, row)
        if (generation === undefined) {
          await endIt(tx, session)
          return undefined
        }
        return { row, generation }
      })
      if (!refreshed) throw new Problem('auth/session-ended')
      const { row, generation } = refreshed
      return answer({ vault: row.account_id, device: row.device_id, session }, generation)
    },

    async end(vault, session) {
      const ended = await db.query(
        `UPDATE sessions SET revoked_at = COALESCE(revoked_at, $3)
          WHERE session_id = $1 AND account_id = $2 RETURNING session_id`,
        [session, vault, new Date(clock.now())],
      )
      return ended.length > 0
    },
  }
}

async function lockSession(
  tx: Transaction,
  session: SessionId,
  request: string,
): Promise<SessionRow | undefined> {
  const rows = await tx.query<SessionRow>(
    `SELECT s.account_id, s.device_id, s.generation, s.request_id, s.expires_at,
        $2::uuid = ANY (s.earlier_requests) AS late,
        s.revoked_at IS NOT NULL AS ended, d.removed_at IS NOT NULL AS removed, d.sign_key
      FROM sessions s JOIN devices d ON d.vault_id = s.account_id AND d.device_id = s.device_id
      WHERE s.session_id = $1 FOR UPDATE OF s`,
    [session, request],
  )
  return rows[0]
}

function signedBy(row: SessionRow, request: RefreshRequest, crypto: WireCrypto): boolean {
  const { refresh_token: refreshToken, request_id: requestId } = request
  const nonce = checkedBytes(request.nonce)
  const message = refreshSigningBytes({ refreshToken, requestId, nonce }, crypto)
  return crypto.verify(checkedBytes(request.signature), message, row.sign_key)
}
