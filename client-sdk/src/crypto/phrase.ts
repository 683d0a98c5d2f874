/** The recovery phrase: 24 BIP-39 words for 256 random bits (W10). */
import { entropyToMnemonic, mnemonicToEntropy, validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import type { KeyPair, Primitives } from './primitives.ts'

export interface Phrase {
  readonly words: string
  readonly cardKey: Uint8Array
  /** Ed25519; by its public key the server finds the account, whose name need not be known. */
  readonly signIn: KeyPair
  /** Of backup files that the words open. */
  readonly backupKey: Uint8Array
}

const phraseOf = (crypto: Primitives, entropy: Uint8Array, words: string): Phrase => ({
  words,
  cardKey: crypto.deriveKey(entropy, 1, 'selphras'),
  signIn: crypto.signPair(crypto.deriveKey(entropy, 2, 'selphras')),
  backupKey: crypto.deriveKey(entropy, 3, 'selphras'),
})

export function newPhrase(crypto: Primitives): Phrase {
  const entropy = crypto.random(32)
  return phraseOf(crypto, entropy, entropyToMnemonic(entropy, wordlist))
}

/** `undefined` when words or checksum are wrong. */
export function readPhrase(crypto: Primitives, typed: string): Phrase | undefined {
  const words = typed.normalize('NFKD').trim().toLowerCase().split(/\s+/).join(' ')
  if (words.split(' ').length !== 24 || !validateMnemonic(words, wordlist)) return undefined
  return phraseOf(crypto, mnemonicToEntropy(words, wordlist), words)
}
