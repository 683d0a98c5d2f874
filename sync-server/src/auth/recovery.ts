/**
 * Recovery: whoever proves a passphrase or phrase gets its sealed card and the log, and may admit one
 * device with the keys that the card holds. Nobody learns more from a wrong secret than auth/refused.
 */
import {
  admissionRequest,
  bytesToBase64url,
  limits,
  Problem,
  recoveryRequest,
  recoverySigningBytes,
  type MemberId,
  type RecoveryAnswer,
  type RecoveryRequest,
  type VaultId,
  type WireCrypto,
} from '@selene/shapes'
import { Hono } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import { readJson } from '../core/request-body.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import type { Challenges } from './challenge.ts'
import type { Grants } from './grant.ts'
import { identifierHash } from './identifier.ts'
import type { LoginVerifiers } from './login-verifier.ts'

interface Way {
  readonly vault: VaultId
  readonly card: { readonly member: MemberId; readonly bytes: Uint8Array }
  readonly entries: readonly Uint8Array[]
}

/** What recovery needs of the vault. */
export interface WayBackPort {
  byPhrase(key: Uint8Array): Promise<Way | undefined>
  byPassphrase(vault: VaultId, salt: Uint8Array): Promise<Way | undefined>
  admit(holder: { vault: VaultId; member: MemberId }, entry: Uint8Array): Promise<void>
}

interface AccountRow {
  readonly account_id: VaultId
  readonly verifier: Uint8Array
  readonly kdf_salt: Uint8Array
}

export function createRecoveryRoutes(deps: {
  db: Db
  crypto: WireCrypto
  serverKey: ServerKey
  challenges: Challenges
  verifiers: LoginVerifiers
  grants: Grants
  wayBack: WayBackPort
}): Hono {
  const { db, crypto, serverKey, wayBack, grants } = deps

  async function byPassphrase(identifier: string, secret: Uint8Array): Promise<Way | undefined> {
    const [account] = await db.query<AccountRow>(
      'SELECT account_id, verifier, kdf_salt FROM accounts WHERE identifier_hash = $1',
      [identifierHash(serverKey, identifier)],
    )
    const right = await deps.verifiers.matches(secret, account?.verifier)
    return account && right ? wayBack.byPassphrase(account.account_id, account.kdf_salt) : undefined
  }

  async function find(request: RecoveryRequest): Promise<Way | undefined> {
    if (request.kind === 'passphrase')
      return byPassphrase(request.identifier, checkedBytes(request.login_secret))
    const challenge = checkedBytes(request.challenge)
    const key = checkedBytes(request.key)
    const message = recoverySigningBytes({ challenge, key }, crypto)
    const proven =
      deps.challenges.accepts(challenge) &&
      crypto.verify(checkedBytes(request.signature), message, key)
    return proven ? wayBack.byPhrase(key) : undefined
  }

  const routes = new Hono()
  routes.post('/v1/recovery', async (c) => {
    const way = await find(await readJson(c.req.raw, recoveryRequest, limits.requestBytes))
    if (!way) throw new Problem('auth/refused')
    const { vault, card, entries } = way
    return c.json({
      vault,
      member: card.member,
      card: bytesToBase64url(card.bytes),
      entries: entries.map(bytesToBase64url),
      grant: bytesToBase64url(grants.issue({ vault, member: card.member })),
    } satisfies RecoveryAnswer)
  })
  routes.post('/v1/recovery/devices', async (c) => {
    const { grant, entry } = await readJson(c.req.raw, admissionRequest, limits.requestBytes)
    const holder = grants.read(checkedBytes(grant))
    if (!holder) throw new Problem('auth/refused')
    await wayBack.admit(holder, checkedBytes(entry))
    return c.body(null, 204)
  })
  return routes
}
