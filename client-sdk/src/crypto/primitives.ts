/** The primitives that the rest of the SDK is built from, all from libsodium, none invented here. */
import type { WireCrypto } from '@selene/shapes'

export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

export interface Primitives extends WireCrypto {
  random(length: number): Uint8Array<ArrayBuffer>
  /** Keyed BLAKE2b of the joined parts. */
  keyedHash(key: Uint8Array, parts: readonly Uint8Array[], length: 16 | 32 | 64): Uint8Array
  /** `crypto_kdf_derive_from_key` of 32 bytes; `context` is 8 ASCII characters. */
  deriveKey(key: Uint8Array, id: number, context: string): Uint8Array
  /** XChaCha20-Poly1305-IETF; the tag is at the end. */
  encrypt(key: Uint8Array, nonce: Uint8Array, header: Uint8Array, plain: Uint8Array): Uint8Array
  /** `undefined` when the tag does not match. */
  decrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    header: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | undefined
  /** Constant-time comparison. */
  sameSecret(a: Uint8Array, b: Uint8Array): boolean
  signPair(seed: Uint8Array): KeyPair
  boxPair(seed: Uint8Array): KeyPair
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
  /** `crypto_box_seal`: anonymous, to one recipient. */
  boxSeal(plain: Uint8Array, publicKey: Uint8Array): Uint8Array
  boxOpen(sealed: Uint8Array, pair: KeyPair): Uint8Array | undefined
  /** X25519; @throws TypeError for a low-order public key. */
  agree(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array
  /** Argon2id (RFC 9106), 32 bytes. */
  argon2id(secret: Uint8Array, salt: Uint8Array, ops: number, memoryBytes: number): Uint8Array
  wipe(secret: Uint8Array): void
}
