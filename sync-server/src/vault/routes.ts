/** Routes that change and end a vault. The order of a device's operations has no part in them. */
import {
  addedMembers,
  entryRequest,
  erasureRequest,
  limits,
  Problem,
  type EntryRequest,
} from '@selene/shapes'
import { Hono } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Authenticate } from '../core/claims.ts'
import { readJson } from '../core/request-body.ts'
import type { Transaction } from '../db/db.ts'
import { parsedEntry, type AppendOnce } from './append-once.ts'
import type { Erase } from './erasure.ts'

export interface VaultRouteDeps {
  readonly authenticate: Authenticate
  readonly appendOnce: AppendOnce
  readonly erase: Erase
  /** What is kept of a login secret. */
  readonly makeVerifier: (secret: Uint8Array) => Promise<Uint8Array>
}

export function createVaultRoutes(deps: VaultRouteDeps): Hono {
  const { authenticate, appendOnce } = deps
  const routes = new Hono()

  /** How the account signs in from now on; a passphrase and its login change together, or not. */
  async function newLogin({ login, entry }: EntryRequest, vault: string) {
    const { payload } = parsedEntry(checkedBytes(entry))
    const brings = addedMembers(payload).some(({ kind }) => kind === 'passphrase')
    if (brings !== Boolean(login))
      throw new Problem('request/invalid', {
        faults: ['"login": comes with an entry that adds a passphrase, and with no other'],
      })
    if (!login) return undefined
    const verifier = await deps.makeVerifier(checkedBytes(login.secret))
    const { salt, ops, memory_bytes: memoryBytes } = login.kdf
    return async (tx: Transaction): Promise<void> => {
      await tx.query(
        `UPDATE accounts SET verifier = $2, kdf_salt = $3, kdf_ops = $4, kdf_memory_bytes = $5
          WHERE account_id = $1`,
        [vault, verifier, checkedBytes(salt), ops, memoryBytes],
      )
    }
  }

  routes.post('/v1/vault/entries', async (c) => {
    const { vault, device } = await authenticate(c.req.raw)
    const request = await readJson(c.req.raw, entryRequest, limits.requestBytes)
    const also = await newLogin(request, vault)
    const { phrase_key: phraseKey } = request
    await appendOnce(
      vault,
      {
        entry: checkedBytes(request.entry),
        cards: request.cards.map(checkedBytes),
        ...(phraseKey !== undefined && { phraseKey: checkedBytes(phraseKey) }),
      },
      {
        check(view) {
          if (!view.members.has(device)) throw new Problem('vault/member-removed')
        },
        ...(also && { also }),
      },
    )
    return c.body(null, 204)
  })

  routes.post('/v1/vault/erasure', async (c) => {
    const { vault } = await authenticate(c.req.raw)
    const { entry } = await readJson(c.req.raw, erasureRequest, limits.requestBytes)
    await deps.erase(vault, checkedBytes(entry))
    return c.body(null, 204)
  })

  return routes
}
