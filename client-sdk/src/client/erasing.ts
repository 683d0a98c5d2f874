/** Erasing the account: the vault's last entry, by a recovery member; the server deletes what it has (W17). */
import { bytesToBase64url, Problem } from '@selene/shapes'
import { noAnswer, type Http } from '../core/http.ts'
import type { Stretching } from '../crypto/passphrase.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import { nextEntry, signEntry } from '../vault/entry.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Endings } from './ending.ts'
import { proveWay, wipeWay, type RecoverySecret } from './recovery-secret.ts'

interface Deps extends Stretching {
  readonly http: Http
  readonly vault: LocalVault
  readonly endings: Endings
  readonly call: AuthorizedCall
}

/** @throws {@link Problem} auth/refused, vault/foreign, vault/head-moved, server/unreachable. */
export async function eraseVault(deps: Deps, by: RecoverySecret): Promise<void> {
  const { crypto, vault, endings } = deps
  const way = await proveWay(deps, by)
  try {
    if (way.view.vault !== vault.view().vault) throw new Problem('vault/foreign')
    const last = nextEntry(way.view, way.keys.id, { type: 'vault-erased' })
    const entry = signEntry(crypto, last, [way.keys.sign.secretKey])
    await deps.call({
      method: 'POST',
      path: '/v1/vault/erasure',
      body: { entry: bytesToBase64url(entry) },
      answer: noAnswer,
    })
    await endings.erased(entry)
  } finally {
    wipeWay(crypto, way)
  }
}
