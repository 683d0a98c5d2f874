/** The last entry of a vault, as a device judges it that may not have seen all entries before (W17). */
import { sameBytes } from '../bytes/concat.ts'
import type { WireCrypto } from '../crypto.ts'
import { entryHash, entrySigningBytes, parseEntry } from './entry.ts'
import { isRanked } from './rank.ts'
import { headOf, type VaultView } from './vault-view.ts'

/**
 * Whether a member known here has ended the vault. The entry lies beyond what is known here, and behind
 * its head if it is the next: the entries between are gone, so their members cannot be believed.
 */
export function judgeErasure(view: VaultView, bytes: Uint8Array, crypto: WireCrypto): boolean {
  const parsed = parseEntry(bytes)
  if (!parsed.ok) return false
  const { vault, seq, prev, author, payload, unsigned, signatures } = parsed.value
  const member = view.members.get(author)
  if (payload.type !== 'vault-erased' || vault !== view.vault || !member) return false
  const head = headOf(view)
  if (seq <= head.seq || (seq === head.seq + 1 && !sameBytes(prev, head.hash))) return false
  if (!isRanked(view, payload, member)) return false
  const message = entrySigningBytes(entryHash(unsigned, crypto))
  return crypto.verify(signatures[0]!, message, member.signKey)
}
