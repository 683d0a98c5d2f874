/** Binds {@link Primitives} to libsodium (the sumo build, which has Argon2id). The only file that imports it. */
import { concat } from '@selene/shapes'
import sodium from 'libsodium-wrappers-sumo'
import type { Random } from '../core/random.ts'
import type { KeyPair, Primitives } from './primitives.ts'

const attempt = (open: () => Uint8Array): Uint8Array | undefined => {
  try {
    return open()
  } catch {
    return undefined
  }
}

const pair = (keys: { publicKey: Uint8Array; privateKey: Uint8Array }): KeyPair => ({
  publicKey: keys.publicKey,
  secretKey: keys.privateKey,
})

export async function loadPrimitives(random: Random): Promise<Primitives> {
  await sodium.ready
  const aead = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt
  return {
    random: (length) => random.bytes(length),
    hash: (parts, length = 32) => sodium.crypto_generichash(length, concat(...parts), null),
    keyedHash: (key, parts, length) => sodium.crypto_generichash(length, concat(...parts), key),
    deriveKey: (key, id, context) => sodium.crypto_kdf_derive_from_key(32, id, context, key),
    encrypt: (key, nonce, header, plain) => aead(plain, header, null, nonce, key),
    decrypt: (key, nonce, header, sealed) =>
      attempt(() =>
        sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, header, nonce, key),
      ),
    sameSecret: (a, b) => a.length === b.length && sodium.memcmp(a, b),
    signPair: (seed) => pair(sodium.crypto_sign_seed_keypair(seed)),
    boxPair: (seed) => pair(sodium.crypto_box_seed_keypair(seed)),
    sign: (message, secretKey) => sodium.crypto_sign_detached(message, secretKey),
    verify(signature, message, publicKey) {
      try {
        return sodium.crypto_sign_verify_detached(signature, message, publicKey)
      } catch {
        return false
      }
    },
    // crypto_box_seal with the one-time key from our own source, so that simulations can replay it.
    boxSeal(plain, publicKey) {
      const once = pair(sodium.crypto_box_seed_keypair(random.bytes(32)))
      const nonce = sodium.crypto_generichash(24, concat(once.publicKey, publicKey), null)
      return concat(once.publicKey, sodium.crypto_box_easy(plain, nonce, publicKey, once.secretKey))
    },
    boxOpen: (sealed, keys) =>
      attempt(() => sodium.crypto_box_seal_open(sealed, keys.publicKey, keys.secretKey)),
    agree(secretKey, publicKey) {
      const shared = attempt(() => sodium.crypto_scalarmult(secretKey, publicKey))
      if (!shared) throw new TypeError('not an X25519 public key')
      return shared
    },
    argon2id: (secret, salt, ops, memoryBytes) =>
      sodium.crypto_pwhash(32, secret, salt, ops, memoryBytes, sodium.crypto_pwhash_ALG_ARGON2ID13),
    wipe: (secret) => sodium.memzero(secret),
  }
}
