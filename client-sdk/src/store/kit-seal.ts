/**
 * Seals the kit's record under a key of the platform: AES-256-GCM (NIST SP 800-38D) of the Web
 * Cryptography API, whose keys need not be extractable.
 *
 * | nonce | ciphertext and tag |
 * |---|---|
 * | 12 | record + 16 |
 */
import { concat } from '@selene/shapes'

const nonceBytes = 12
const algorithm = (nonce: Uint8Array<ArrayBuffer>, header: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: header,
})

export async function sealRecord(
  key: CryptoKey,
  header: Uint8Array<ArrayBuffer>,
  record: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await crypto.subtle.encrypt(algorithm(nonce, header), key, record.slice())
  return concat(nonce, new Uint8Array(sealed))
}

/** `undefined` for what was not sealed under this key and header, or was changed since. */
export async function openRecord(
  key: CryptoKey,
  header: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  if (sealed.length < nonceBytes) return undefined
  const nonce = sealed.slice(0, nonceBytes)
  try {
    const body = sealed.slice(nonceBytes)
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(nonce, header), key, body))
  } catch {
    return undefined
  }
}
