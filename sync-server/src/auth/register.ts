/** Registering: a vault that already lives on a device gets an account on this server. */
import {
  Problem,
  type DeviceId,
  type ProblemCode,
  type RegisterRequest,
  type SessionAnswer,
  type VaultId,
} from '@selene/shapes'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Clock } from '../core/clock.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Db, Transaction } from '../db/db.ts'
import { identifierHash } from './identifier.ts'
import type { LoginVerifiers } from './login-verifier.ts'
import type { Sessions } from './sessions.ts'

/** What registering needs of the vault log. */
export interface VaultFounder {
  /** Checks the first entries and cards of a vault; `store` writes them once its account row is there. */
  found(first: {
    entries: readonly Uint8Array[]
    cards: readonly Uint8Array[]
    phraseKey?: Uint8Array | undefined
  }):
    | { ok: true; vault: VaultId; founder: DeviceId; store: (tx: Transaction) => Promise<void> }
    | { ok: false; code: ProblemCode }
}

export type Register = (request: RegisterRequest) => Promise<SessionAnswer>

/**
 * One transaction stores account, log, devices and cards. A retry after a lost answer is
 * account/exists: the device then signs in.
 */
export function createRegister(deps: {
  db: Db
  clock: Clock
  serverKey: ServerKey
  verifiers: LoginVerifiers
  sessions: Sessions
  vaultLog: VaultFounder
}): Register {
  const { db, sessions, vaultLog } = deps
  return async (request) => {
    const founded = vaultLog.found({
      entries: request.entries.map(checkedBytes),
      cards: request.cards.map(checkedBytes),
      phraseKey: request.phrase_key === undefined ? undefined : checkedBytes(request.phrase_key),
    })
    if (!founded.ok) throw new Problem(founded.code)
    const { vault, founder } = founded
    const verifier = await deps.verifiers.make(checkedBytes(request.login_secret))
    return db.transaction(async (tx) => {
      const ended = await tx.query('SELECT 1 FROM erased_vaults WHERE vault_id = $1', [vault])
      if (ended.length > 0) throw new Problem('vault/erased')
      const made = await tx.query(
        `INSERT INTO accounts (account_id, identifier_hash, verifier, kdf_salt, kdf_ops, kdf_memory_bytes, created_on)
          VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING account_id`,
        [
          vault,
          identifierHash(deps.serverKey, request.identifier),
          verifier,
          checkedBytes(request.kdf.salt),
          request.kdf.ops,
          request.kdf.memory_bytes,
          new Date(deps.clock.now()).toISOString().slice(0, 10),
        ],
      )
      if (made.length === 0) throw await conflict(tx, vault)
      await founded.store(tx)
      const answer = await sessions.start(tx, { vault, device: founder, challenge: null })
      if (!answer) throw new TypeError('a session without challenge always starts')
      return answer
    })
  }
}

async function conflict(tx: Transaction, vault: string): Promise<Problem> {
  const same = await tx.query('SELECT 1 FROM accounts WHERE account_id = $1', [vault])
  return new Problem(same.length > 0 ? 'account/exists' : 'account/identifier-taken')
}
