/**
 * The server's own secret, kept outside the database: keys identifiers, login verifiers, challenges
 * and refresh tokens, and wraps what a stolen database must not give away (W10). Every purpose has
 * its own subkey (HKDF, RFC 5869); wrapping is AES-256-GCM as `nonce 12 ‖ ciphertext ‖ tag 16`.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto'
import { concat } from '@selene/shapes'
import type { Random } from './random.ts'

/** What a subkey is for; two purposes never share one. */
export type KeyPurpose =
  | 'check'
  | 'identifier'
  | 'salt'
  | 'verifier'
  | 'challenge'
  | 'refresh'
  | 'card'
  | 'phrase-key'
  | 'grant'
  | 'auth-keys'
  | 'day-key'
  | 'responder-key'

export interface ServerKey {
  /** HMAC-SHA256 (RFC 2104) of the joined parts; parts of varying length need their own framing. */
  mac(purpose: KeyPurpose, ...parts: readonly Uint8Array[]): Uint8Array
  /** Seals `plain` so that it opens only with the same `context`. */
  wrap(purpose: KeyPurpose, context: Uint8Array, plain: Uint8Array): Uint8Array
  /** Opens what {@link ServerKey.wrap} sealed; `undefined` for anything else. */
  unwrap(purpose: KeyPurpose, context: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
}

export const serverKeyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** @throws TypeError unless the secret has 32 bytes. */
export function createServerKey(secret: Uint8Array, random: Random): ServerKey {
  if (secret.length !== serverKeyBytes) throw new TypeError('the server key has 32 bytes')
  const subkeys = new Map<KeyPurpose, Uint8Array>()
  const subkey = (purpose: KeyPurpose): Uint8Array => {
    const known = subkeys.get(purpose)
    if (known) return known
    const info = `selene/server/${purpose}/v1`
    const derived = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), info, 32))
    subkeys.set(purpose, derived)
    return derived
  }
  return {
    mac(purpose, ...parts) {
      return new Uint8Array(
        createHmac('sha256', subkey(purpose))
          .update(concat(...parts))
          .digest(),
      )
    },
    wrap(purpose, context, plain) {
      const nonce = random.bytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', subkey(purpose), nonce).setAAD(context)
      return concat(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag())
    },
    unwrap(purpose, context, sealed) {
      if (sealed.length < nonceBytes + tagBytes) return undefined
      const nonce = sealed.subarray(0, nonceBytes)
      const opener = createDecipheriv('aes-256-gcm', subkey(purpose), nonce, {
        authTagLength: tagBytes,
      })
      opener.setAAD(context).setAuthTag(sealed.subarray(-tagBytes))
      try {
        return concat(opener.update(sealed.subarray(nonceBytes, -tagBytes)), opener.final())
      } catch {
        return undefined
      }
    },
  }
}

/** Compares secrets in time that depends on their lengths only. */
export const sameSecret = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b)
