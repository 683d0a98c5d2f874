/** Seals, signs and opens envelopes (W3, W4). */
import {
  domains,
  encode,
  envelopeHash,
  envelopeHeader,
  envelopeSigningBytes,
  joinEnvelope,
  pad,
  unpad,
  type Envelope,
  type EnvelopeHeader,
} from '@selene/shapes'
import { open, seal } from './committing-aead.ts'
import { bodyKey } from './epoch-key.ts'
import type { Primitives } from './primitives.ts'

interface SealedEnvelope {
  readonly bytes: Uint8Array
  readonly hash: Uint8Array
}

export function sealEnvelope(
  crypto: Primitives,
  keys: { epochKey: Uint8Array; signKey: Uint8Array },
  envelope: { header: EnvelopeHeader; content: Uint8Array },
): SealedEnvelope {
  const headerBytes = encode(envelopeHeader, envelope.header)
  const key = bodyKey(crypto, keys.epochKey)
  const body = seal(
    crypto,
    { key, domain: domains.envelopeBody, header: headerBytes },
    pad(envelope.content),
  )
  const hash = envelopeHash({ headerBytes, body }, crypto)
  const signature = crypto.sign(envelopeSigningBytes(hash), keys.signKey)
  return { bytes: joinEnvelope({ headerBytes, body, signature }), hash }
}

export type OpenedEnvelope =
  | { ok: true; content: Uint8Array }
  | { ok: false; code: 'crypto/wrong-key' | 'crypto/damaged' }

/** Opens the body; the caller has judged author and signature before. */
export function openEnvelope(
  crypto: Primitives,
  epochKey: Uint8Array,
  envelope: Envelope,
): OpenedEnvelope {
  const key = bodyKey(crypto, epochKey)
  const { body, headerBytes } = envelope
  const opened = open(crypto, { key, domain: domains.envelopeBody, header: headerBytes }, body)
  if (!opened.ok) return opened
  const content = unpad(opened.plain)
  return content ? { ok: true, content } : { ok: false, code: 'crypto/damaged' }
}
