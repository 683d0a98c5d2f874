/** What she knows or keeps on paper, and what the server gives for it: a card, a log, a grant (W8–W10). */
import {
  base64urlToBytes,
  bytesToBase64url,
  challengeAnswer,
  Problem,
  recoveryAnswer,
  recoverySigningBytes,
  saltAnswer,
  type RecoveryRequest,
  type VaultId,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import { passphraseKeys, type Stretching } from '../crypto/passphrase.ts'
import { readPhrase, type Phrase } from '../crypto/phrase.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { openWay, type OpenedWay } from '../vault/way-back.ts'

/** The passphrase of an account, with its name; or the 24 words, which need none. */
export type RecoverySecret =
  | { readonly identifier: string; readonly passphrase: string }
  | { readonly phrase: string }

export interface ProvenWay extends OpenedWay {
  /** Lets this member admit one device. */
  readonly grant: string
  /** Raw entries, genesis first. */
  readonly entries: readonly [Uint8Array, ...Uint8Array[]]
}

interface Deps extends Stretching {
  readonly http: Http
}

/** @throws {@link Problem} auth/phrase-unreadable */
export function mustReadPhrase(crypto: Primitives, typed: string): Phrase {
  const phrase = readPhrase(crypto, typed)
  if (!phrase) throw new Problem('auth/phrase-unreadable')
  return phrase
}

async function byPassphrase(
  deps: Deps,
  { identifier, passphrase }: { identifier: string; passphrase: string },
): Promise<{ request: RecoveryRequest; cardKey: Uint8Array }> {
  const { kdf } = await deps.http.call({
    method: 'POST',
    path: '/v1/auth/salt',
    body: { identifier },
    answer: saltAnswer,
  })
  const { loginSecret, cardKey } = await passphraseKeys(deps, passphrase, {
    kind: 'argon2id',
    salt: base64urlToBytes(kdf.salt)!,
    ops: kdf.ops,
    memoryBytes: kdf.memory_bytes,
  })
  const request = { kind: 'passphrase', identifier, login_secret: bytesToBase64url(loginSecret) }
  return { request: request as RecoveryRequest, cardKey }
}

async function byPhrase(
  { http, crypto }: Deps,
  typed: string,
): Promise<{ request: RecoveryRequest; cardKey: Uint8Array }> {
  const { signIn, cardKey } = mustReadPhrase(crypto, typed)
  const { challenge } = await http.call({
    method: 'POST',
    path: '/v1/auth/challenges',
    body: {},
    answer: challengeAnswer,
  })
  const proof = { challenge: base64urlToBytes(challenge)!, key: signIn.publicKey }
  const signature = crypto.sign(recoverySigningBytes(proof, crypto), signIn.secretKey)
  crypto.wipe(signIn.secretKey)
  const request = {
    kind: 'phrase',
    key: bytesToBase64url(signIn.publicKey),
    challenge,
    signature: bytesToBase64url(signature),
  } as const
  return { request, cardKey }
}

/**
 * Asks for the card and opens it; the caller wipes the keys.
 * @throws {@link Problem} auth/refused for a wrong secret, auth/phrase-unreadable, auth/weak-parameters before
 * anything is derived, vault/forked when the server's log is not the card's, server/unreachable.
 */
export async function proveWay(deps: Deps, secret: RecoverySecret): Promise<ProvenWay> {
  const { http, crypto } = deps
  const { request, cardKey } =
    'phrase' in secret ? await byPhrase(deps, secret.phrase) : await byPassphrase(deps, secret)
  try {
    const answer = await http.call({
      method: 'POST',
      path: '/v1/recovery',
      body: request,
      answer: recoveryAnswer,
    })
    const [genesis, ...later] = answer.entries.map((entry) => base64urlToBytes(entry)!)
    const entries = [genesis!, ...later] as const
    const card = base64urlToBytes(answer.card)!
    const way = openWay(crypto, cardKey, { vault: answer.vault as VaultId, card, entries })
    return { ...way, entries, grant: answer.grant }
  } finally {
    crypto.wipe(cardKey)
  }
}

export function wipeWay(crypto: Primitives, { keys }: ProvenWay): void {
  crypto.wipe(keys.sign.secretKey)
  crypto.wipe(keys.box.secretKey)
}
