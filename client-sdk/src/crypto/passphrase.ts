/**
 * What a passphrase yields (W9). It never leaves the device: Argon2id gives one key, from which the
 * login secret for the server and the card key are derived apart.
 */
import { limits, Problem, utf8, type KdfParameters } from '@selene/shapes'
import { isSafeCost, type Argon2id } from './argon2id.ts'
import type { Primitives } from './primitives.ts'

export interface PassphraseKeys {
  readonly loginSecret: Uint8Array
  readonly cardKey: Uint8Array
}

/** What stretching a passphrase takes. */
export interface Stretching {
  readonly crypto: Primitives
  readonly argon2id: Argon2id
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
export async function passphraseKeys(
  { crypto, argon2id }: Stretching,
  passphrase: string,
  { kind, salt, ops, memoryBytes }: KdfParameters,
): Promise<PassphraseKeys> {
  const cost = { ops, memoryBytes }
  if (kind !== 'argon2id' || !isSafeCost(cost)) throw new Problem('auth/weak-parameters')
  const secret = utf8(passphrase.normalize('NFKC'))
  try {
    const key = await argon2id({ secret, salt, cost })
    const keys = {
      loginSecret: crypto.deriveKey(key, 1, 'selpassw'),
      cardKey: crypto.deriveKey(key, 2, 'selpassw'),
    }
    crypto.wipe(key)
    return keys
  } finally {
    crypto.wipe(secret)
  }
}
