/**
 * Introductions of two people to each other (W44): statement, signature and name, sealed under the secret
 * of their invitation. The associated data names link, sender and side, and binds an answer to the offer
 * that it answers, so that the server can neither swap keys nor turn a message back on its sender.
 */
import {
  decode,
  domains,
  encode,
  introduction,
  introductionHeader,
  offerHash,
  pad,
  shareSigningBytes,
  unpad,
  type ContactId,
  type ShareStatement,
  type VaultId,
} from '@selene/shapes'
import { open, seal, type SealContext } from './committing-aead.ts'
import type { Primitives } from './primitives.ts'
import type { ShareKeys } from './share.ts'

/** Where an introduction belongs. */
export interface Place {
  readonly secret: Uint8Array
  readonly contact: ContactId
  /** The account that presents itself. */
  readonly from: VaultId
  /** The sealed offer that is answered; absent in the offer itself. */
  readonly offer?: Uint8Array
}

/** The other side as it presents itself; the keys have signed their statement. */
export interface Introduced {
  readonly signKey: Uint8Array
  readonly boxKey: Uint8Array
  readonly name: string
}

const zeros = (): Uint8Array => new Uint8Array(32)

const contextOf = (crypto: Primitives, { secret, contact, from, offer }: Place): SealContext => ({
  key: secret,
  domain: domains.invite,
  header: encode(introductionHeader, {
    version: 1,
    side: offer ? 'answer' : 'offer',
    contact,
    from,
    offer: offer ? offerHash(offer, crypto) : zeros(),
  }),
})

const statementOf = (keys: ShareKeys): ShareStatement => ({
  version: 1,
  number: 1,
  signKey: keys.sign.publicKey,
  boxKey: keys.box.publicKey,
  prev: zeros(),
})

/** @throws TypeError when the name is longer than 120 bytes. */
export function sealIntroduction(
  crypto: Primitives,
  place: Place,
  self: { keys: ShareKeys; name: string },
): Uint8Array {
  const statement = statementOf(self.keys)
  const signature = crypto.sign(shareSigningBytes(statement, crypto), self.keys.sign.secretKey)
  const plain = pad(encode(introduction, { statement, signature, name: self.name }))
  return seal(crypto, contextOf(crypto, place), plain)
}

/** `undefined` unless the other side has the secret, means this place, and holds the keys it names. */
export function openIntroduction(
  crypto: Primitives,
  place: Place,
  sealed: Uint8Array,
): Introduced | undefined {
  const opened = open(crypto, contextOf(crypto, place), sealed)
  const content = opened.ok ? unpad(opened.plain) : undefined
  const parsed = content && decode(introduction, content)
  if (!parsed?.ok) return undefined
  const { statement, signature, name } = parsed.value
  const first = statement.number === 1 && statement.prev.every((byte) => byte === 0)
  const signed = crypto.verify(signature, shareSigningBytes(statement, crypto), statement.signKey)
  if (!first || !signed) return undefined
  return { signKey: statement.signKey, boxKey: statement.boxKey, name }
}
