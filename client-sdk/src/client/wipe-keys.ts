/** Overwrites what the open vault held of keys: a client that was closed can sign and open nothing more. */
import type { Primitives } from '../crypto/primitives.ts'
import type { LocalVault } from '../vault/vault.ts'

/** @param vault Nothing may use it any more. */
export function wipeKeys(crypto: Primitives, vault: LocalVault): void {
  const { sign, box, sos } = vault.keys
  for (const { secretKey } of [sign, box, sos]) crypto.wipe(secretKey)
  for (const [i] of vault.view().epochs.entries()) {
    const key = vault.epochKey(i + 1)
    if (key) crypto.wipe(key)
  }
}
