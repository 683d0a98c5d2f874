/** The only importer of libsodium: the two primitives that the server's checks of public bytes need. */
import { concat, type WireCrypto } from '@selene/shapes'
import sodium from 'libsodium-wrappers-sumo'

/** Loads libsodium and returns hash and signature check over it. */
export async function loadWireCrypto(): Promise<WireCrypto> {
  await sodium.ready
  return {
    hash: (parts, length = 32) => sodium.crypto_generichash(length, concat(...parts), null),
    verify(signature, message, publicKey) {
      if (signature.length !== 64 || publicKey.length !== 32) return false
      return sodium.crypto_sign_verify_detached(signature, message, publicKey)
    },
  }
}
