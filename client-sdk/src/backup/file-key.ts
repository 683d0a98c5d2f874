/** The key of a backup file, from a passphrase of its own or from the recovery words. */
import { Problem, utf8, type KdfParameters } from '@selene/shapes'
import { calibrateCost, isSafeCost, type Argon2id } from '../crypto/argon2id.ts'
import type { Clock } from '../core/clock.ts'
import { readPhrase } from '../crypto/phrase.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { assertStrong } from '../store/safe/secret.ts'

/** What opens a backup: a passphrase that was chosen for it, or the 24 recovery words. */
export type BackupSecret = { readonly passphrase: string } | { readonly phrase: string }

export interface KeyDeps {
  readonly crypto: Primitives
  readonly argon2id: Argon2id
  readonly clock: Clock
}

/** @throws {@link Problem} auth/phrase-unreadable */
function keyOfWords(crypto: Primitives, words: string): Uint8Array {
  const phrase = readPhrase(crypto, words)
  if (!phrase) throw new Problem('auth/phrase-unreadable')
  for (const secret of [phrase.cardKey, phrase.signIn.secretKey]) crypto.wipe(secret)
  return phrase.backupKey
}

async function keyOfPassphrase(
  { crypto, argon2id }: KeyDeps,
  passphrase: string,
  { ops, memoryBytes, salt }: KdfParameters,
): Promise<Uint8Array> {
  const secret = utf8(passphrase.normalize('NFKC'))
  const stretched = await argon2id({ secret, salt, cost: { ops, memoryBytes } })
  const key = crypto.deriveKey(stretched, 1, 'selbackp')
  crypto.wipe(secret)
  crypto.wipe(stretched)
  return key
}

/** @throws {@link Problem} store/weak-secret, auth/phrase-unreadable */
export async function newFileKey(
  deps: KeyDeps,
  secret: BackupSecret,
): Promise<{ key: Uint8Array; kdf: KdfParameters }> {
  const { crypto, argon2id, clock } = deps
  // Of words the key is always the same: their salt tells files apart, so that no chunk counts in another one.
  const salt = crypto.random(16)
  if ('phrase' in secret)
    return {
      key: keyOfWords(crypto, secret.phrase),
      kdf: { kind: 'none', ops: 0, memoryBytes: 0, salt },
    }
  await assertStrong(secret)
  const cost = await calibrateCost(argon2id, clock)
  const kdf: KdfParameters = { kind: 'argon2id', ...cost, salt }
  return { key: await keyOfPassphrase(deps, secret.passphrase, kdf), kdf }
}

/**
 * @throws {@link Problem} backup/wrong-secret for the other kind of secret, auth/phrase-unreadable,
 * auth/weak-parameters before anything is derived from parameters that are not safe (W9).
 */
export async function fileKey(
  deps: KeyDeps,
  secret: BackupSecret,
  kdf: KdfParameters,
): Promise<Uint8Array> {
  if ('phrase' in secret) {
    const key = keyOfWords(deps.crypto, secret.phrase)
    if (kdf.kind === 'none') return key
    deps.crypto.wipe(key)
    throw new Problem('backup/wrong-secret')
  }
  if (kdf.kind === 'none') throw new Problem('backup/wrong-secret')
  if (!isSafeCost(kdf)) throw new Problem('auth/weak-parameters')
  return keyOfPassphrase(deps, secret.passphrase, kdf)
}
