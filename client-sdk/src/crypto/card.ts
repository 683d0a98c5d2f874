/** Seals and opens the card of a passphrase or phrase member (W8). */
import {
  card as cardLayout,
  cardHeader,
  cardSecret,
  decode,
  domains,
  encode,
  type Card,
} from '@selene/shapes'
import { open, seal } from './committing-aead.ts'
import type { Primitives } from './primitives.ts'

interface CardSeeds {
  readonly sign: Uint8Array
  readonly box: Uint8Array
}

export function sealCard(
  crypto: Primitives,
  cardKey: Uint8Array,
  content: { header: Card['header']; seeds: CardSeeds },
): Uint8Array {
  const header = encode(cardHeader, content.header)
  const secret = encode(cardSecret, {
    signSeed: content.seeds.sign,
    boxSeed: content.seeds.box,
  })
  const sealed = seal(crypto, { key: cardKey, domain: domains.card, header }, secret)
  return encode(cardLayout, { header: content.header, sealed })
}

export type OpenedCard =
  | { ok: true; header: Card['header']; seeds: CardSeeds }
  | { ok: false; code: 'wire/malformed' | 'crypto/wrong-key' | 'crypto/damaged' }

export function openCard(crypto: Primitives, cardKey: Uint8Array, bytes: Uint8Array): OpenedCard {
  const parsed = decode(cardLayout, bytes)
  if (!parsed.ok) return parsed
  const { header, sealed } = parsed.value
  const context = { key: cardKey, domain: domains.card, header: encode(cardHeader, header) }
  const opened = open(crypto, context, sealed)
  if (!opened.ok) return opened
  const secret = decode(cardSecret, opened.plain)
  if (!secret.ok) return secret
  return { ok: true, header, seeds: { sign: secret.value.signSeed, box: secret.value.boxSeed } }
}
