/**
 * Signing in: by passphrase or by device alone, always with a device's signature over a fresh
 * challenge. Whatever is not right gets the one answer auth/refused, after the same work.
 */
import {
  Problem,
  sessionSigningBytes,
  type DeviceId,
  type SessionAnswer,
  type SessionRequest,
  type VaultId,
  type WireCrypto,
} from '@selene/shapes'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import type { Challenges } from './challenge.ts'
import { identifierHash } from './identifier.ts'
import type { LoginVerifiers } from './login-verifier.ts'
import type { Sessions } from './sessions.ts'

/** @throws {@link Problem} auth/refused, or vault/member-removed to a device that proved its key. */
export type SignIn = (request: SessionRequest) => Promise<SessionAnswer>

export function createSignIn(deps: {
  db: Db
  crypto: WireCrypto
  serverKey: ServerKey
  challenges: Challenges
  verifiers: LoginVerifiers
  sessions: Sessions
}): SignIn {
  const { db, crypto } = deps

  async function vaultByPassphrase(identifier: string, secret: Uint8Array) {
    const [account] = await db.query<{ account_id: VaultId; verifier: Uint8Array }>(
      'SELECT account_id, verifier FROM accounts WHERE identifier_hash = $1',
      [identifierHash(deps.serverKey, identifier)],
    )
    const right = await deps.verifiers.matches(secret, account?.verifier)
    return right ? account?.account_id : undefined
  }

  async function provenDevice(vault: VaultId, request: SessionRequest, challenge: Uint8Array) {
    const device = request.device as DeviceId
    const [row] = await db.query<{ sign_key: Uint8Array; removed: boolean }>(
      `SELECT sign_key, removed_at IS NOT NULL AS removed FROM devices
        WHERE vault_id = $1 AND device_id = $2`,
      [vault, device],
    )
    if (!row) return undefined
    const message = sessionSigningBytes({ challenge, device }, crypto)
    const signature = checkedBytes(request.signature)
    return crypto.verify(signature, message, row.sign_key) ? { device, ...row } : undefined
  }

  return async (request) => {
    const challenge = checkedBytes(request.challenge)
    if (!deps.challenges.accepts(challenge)) throw new Problem('auth/refused')
    const vault =
      request.kind === 'passphrase'
        ? await vaultByPassphrase(request.identifier, checkedBytes(request.login_secret))
        : (request.vault as VaultId)
    const proven = vault && (await provenDevice(vault, request, challenge))
    if (!proven) throw new Problem('auth/refused')
    if (proven.removed) throw new Problem('vault/member-removed')
    const answer = await deps.sessions.start(db, { vault, device: proven.device, challenge })
    if (!answer) throw new Problem('auth/refused')
    return answer
  }
}
