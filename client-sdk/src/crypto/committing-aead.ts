/**
 * Committing authenticated encryption (W1). One keyed hash over domain, nonce and header yields the
 * cipher key and a commitment to it, so a ciphertext opens under one key only, and a wrong key is told
 * apart from damage.
 *
 * | nonce | commitment | ciphertext and tag |
 * |---|---|---|
 * | 24 | 32 | plain + 16 |
 */
import { concat } from '@selene/shapes'
import type { Primitives } from './primitives.ts'

export type Opened =
  | { ok: true; plain: Uint8Array }
  | { ok: false; code: 'crypto/wrong-key' | 'crypto/damaged' }

export interface SealContext {
  readonly key: Uint8Array
  readonly domain: Uint8Array
  /** Authenticated, not encrypted. */
  readonly header: Uint8Array
}

const keysOf = (crypto: Primitives, context: SealContext, nonce: Uint8Array) => {
  const output = crypto.keyedHash(context.key, [context.domain, nonce, context.header], 64)
  return { cipherKey: output.subarray(0, 32), commitment: output.subarray(32) }
}

export function seal(crypto: Primitives, context: SealContext, plain: Uint8Array): Uint8Array {
  const nonce = crypto.random(24)
  const { cipherKey, commitment } = keysOf(crypto, context, nonce)
  return concat(nonce, commitment, crypto.encrypt(cipherKey, nonce, context.header, plain))
}

export function open(crypto: Primitives, context: SealContext, sealed: Uint8Array): Opened {
  if (sealed.length < 72) return { ok: false, code: 'crypto/damaged' }
  const nonce = sealed.subarray(0, 24)
  const { cipherKey, commitment } = keysOf(crypto, context, nonce)
  if (!crypto.sameSecret(commitment, sealed.subarray(24, 56)))
    return { ok: false, code: 'crypto/wrong-key' }
  const plain = crypto.decrypt(cipherKey, nonce, context.header, sealed.subarray(56))
  return plain ? { ok: true, plain } : { ok: false, code: 'crypto/damaged' }
}
