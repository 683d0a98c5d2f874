/**
 * What a passphrase yields (W9). It never leaves the device: Argon2id gives one key, from which the
 * login secret for the server and the card key are derived apart.
 */
import { limits, Problem, utf8, type KdfParameters } from '@selene/shapes'
import type { Primitives } from './primitives.ts'

export interface PassphraseKeys {
  readonly loginSecret: Uint8Array
  readonly cardKey: Uint8Array
}

/** Parameters for a new passphrase: the floor, as phones must bear it. */
export const newPassphraseParameters = (crypto: Primitives): KdfParameters => ({
  kind: 'argon2id',
  ops: limits.kdfMinOps,
  memoryBytes: limits.kdfMinMemoryBytes,
  salt: crypto.random(16),
})

/**
 * Derives both keys; different ways of typing the same accents give the same keys (NFKC).
 * @throws Problem auth/weak-parameters before deriving anything, as a server could otherwise ask for
 * parameters that make the login secret cheap to guess, or so large that the device hangs.
 */
export function passphraseKeys(
  crypto: Primitives,
  passphrase: string,
  kdf: KdfParameters,
): PassphraseKeys {
  const { ops, memoryBytes } = kdf
  const safe =
    kdf.kind === 'argon2id' &&
    ops >= limits.kdfMinOps &&
    ops <= limits.kdfMaxOps &&
    memoryBytes >= limits.kdfMinMemoryBytes &&
    memoryBytes <= limits.kdfMaxMemoryBytes
  if (!safe) throw new Problem('auth/weak-parameters')
  const secret = utf8(passphrase.normalize('NFKC'))
  const key = crypto.argon2id(secret, kdf.salt, ops, memoryBytes)
  const keys = {
    loginSecret: crypto.deriveKey(key, 1, 'selpassw'),
    cardKey: crypto.deriveKey(key, 2, 'selpassw'),
  }
  crypto.wipe(key)
  crypto.wipe(secret)
  return keys
}
