import { base64urlToBytes } from '@selene/shapes'

/**
 * Bytes of a base64url text that a schema has accepted before.
 * @throws TypeError for any other text.
 */
export function checkedBytes(text: string): Uint8Array {
  const bytes = base64urlToBytes(text)
  if (!bytes) throw new TypeError('not base64url')
  return bytes
}
