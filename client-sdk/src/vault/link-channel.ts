/**
 * The channel between two devices that link (W19). Whoever scanned the code shares its secret; every
 * message is sealed under a key of that secret and of X25519 between the new device and a one-time key,
 * so the server that carries them can neither read nor stand between, in either direction.
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  concat,
  domains,
  linkMessageAnswer,
  Problem,
  uuidToBytes,
  type LinkCode,
} from '@selene/shapes'
import * as v from 'valibot'
import type { Http } from '../core/http.ts'
import { noAnswer } from '../core/http.ts'
import { open, seal } from '../crypto/committing-aead.ts'
import type { KeyPair, Primitives } from '../crypto/primitives.ts'

/** The mailbox on the server: numbered messages, each written once. */
export interface LinkMailbox {
  create(): Promise<void>
  put(number: number, message: Uint8Array): Promise<void>
  /** Waits for a message. @throws Problem link/expired when it does not come in time. */
  get(number: number, signal?: AbortSignal): Promise<Uint8Array>
}

/** Many more than an honest server, which holds each request open, gives in the life of a link. */
const emptyAnswers = 200

export function linkMailbox(
  http: Http,
  crypto: Primitives,
  code: Pick<LinkCode, 'rendezvous' | 'secret'>,
): LinkMailbox {
  const token = bytesToBase64url(
    crypto.keyedHash(code.secret, [domains.linkToken, uuidToBytes(code.rendezvous)], 32),
  )
  const authorization = `Link ${token}`
  const path = (number: number): string => `/v1/links/${code.rendezvous}/messages/${number}`
  return {
    async create() {
      const body = { id: code.rendezvous, token }
      await http.call({ method: 'POST', path: '/v1/links', body, answer: noAnswer })
    },
    async put(number, message) {
      await http.call({
        method: 'PUT',
        path: path(number),
        body: { message: bytesToBase64url(message) },
        authorization,
        answer: noAnswer,
      })
    },
    async get(number, signal) {
      for (let empty = 0; empty < emptyAnswers; empty++) {
        const answer = await http.call({
          method: 'GET',
          path: path(number),
          authorization,
          answer: v.optional(linkMessageAnswer),
          ...(signal && { signal }),
        })
        if (answer) return base64urlToBytes(answer.message)!
      }
      throw new Problem('link/expired')
    },
  }
}

export interface LinkCipher {
  seal(number: number, plain: Uint8Array): Uint8Array
  /** @throws Problem link/failed when the message is not from the other device. */
  open(number: number, sealed: Uint8Array): Uint8Array
}

/** `own` and `other` are this side's X25519 pair and the other side's public key. */
export function linkCipher(
  crypto: Primitives,
  code: LinkCode,
  agreement: { own: KeyPair; other: Uint8Array },
): LinkCipher {
  const rendezvous = uuidToBytes(code.rendezvous)
  let shared: Uint8Array
  try {
    shared = crypto.agree(agreement.own.secretKey, agreement.other)
  } catch (cause) {
    throw new Problem('link/failed', { cause })
  }
  const key = crypto.keyedHash(
    code.secret,
    [domains.link, rendezvous, code.signKey, code.boxKey, code.sosKey, shared],
    32,
  )
  const context = (number: number) => ({
    key,
    domain: domains.linkMessage,
    header: concat(rendezvous, Uint8Array.of(number)),
  })
  return {
    seal: (number, plain) => seal(crypto, context(number), plain),
    open(number, sealed) {
      const opened = open(crypto, context(number), sealed)
      if (!opened.ok) throw new Problem('link/failed')
      return opened.plain
    },
  }
}
