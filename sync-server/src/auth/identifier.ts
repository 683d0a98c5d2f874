/**
 * How an account is looked up, and what a look-up of an unknown one answers. Identifiers rest only as
 * an HMAC; the salt look-up gives everyone an answer that never changes (W69).
 */
import { bytesToBase64url, utf8, type KdfChoice } from '@selene/shapes'
import type { ServerKey } from '../core/server-key.ts'

/** Keyed hash of an identifier; upper and lower case and Unicode forms (NFKC) are one. */
export const identifierHash = (serverKey: ServerKey, identifier: string): Uint8Array =>
  serverKey.mac('identifier', utf8(identifier.normalize('NFKC').trim().toLowerCase()))

/** Parameters that the app offers. A fake answer draws from the same list, as often as each occurs. */
const offeredKdf: readonly Omit<KdfChoice, 'salt'>[] = [{ ops: 3, memory_bytes: 64 * 1_048_576 }]

/** The answer for an identifier without account: salt and parameters drawn by the server's key. */
export function fakeKdf(serverKey: ServerKey, hash: Uint8Array): KdfChoice {
  const drawn = serverKey.mac('salt', hash)
  const place = new DataView(drawn.buffer).getUint32(16) % offeredKdf.length
  return { ...offeredKdf[place]!, salt: bytesToBase64url(drawn.subarray(0, 16)) }
}
