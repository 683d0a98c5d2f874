/** The two primitives that checks of public bytes need; each program passes in its libsodium. */
export interface WireCrypto {
  /** BLAKE2b of the joined parts (`crypto_generichash`), 32 bytes unless 16 or 64 are asked for. */
  hash(parts: readonly Uint8Array[], length?: 16 | 32 | 64): Uint8Array
  /** Ed25519 (RFC 8032); false for anything but a valid signature. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}
