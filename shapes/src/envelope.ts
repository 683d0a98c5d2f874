/**
 * The envelope: one sealed change of one document by one device (W4).
 *
 * | part | bytes |
 * |---|---|
 * | header | 120 + ext, authenticated as associated data |
 * | body | committing AEAD of the padded content, 72 bytes more than that |
 * | signature | 64, by the device's Ed25519 key over domain ‖ hash |
 */
import { concat } from './bytes/concat.ts'
import {
  choice,
  createSource,
  fixed,
  id,
  literal,
  prefixed,
  struct,
  u16,
  u32,
  u64,
  u8,
  type Decoded,
  type Valued,
} from './bytes/codec.ts'
import type { WireCrypto } from './crypto.ts'
import { domains } from './domain.ts'
import type { DeviceId, DocId, VaultId } from './id.ts'

export const envelopeHeader = struct({
  version: literal(u8, 1),
  kind: choice({ update: 1, snapshot: 2, heads: 3, void: 4 }),
  epoch: u32,
  vault: id<VaultId>(),
  doc: id<DocId>(),
  device: id<DeviceId>(),
  /** Orders the device's operations in the ledger, over all documents. */
  deviceSeq: u64,
  /** Orders the device's envelopes in this document, from 1 (W21). */
  docSeq: u32,
  /** Hash of the device's previous envelope in this document; zeros for the first. */
  docPrev: fixed(32),
  /** The vault log's head as the device knew it: a forked view shows with the first envelope that crosses (W18). */
  logSeq: u32,
  logHash: fixed(16),
  ext: prefixed(u16, 65_535),
})

export type EnvelopeHeader = Valued<typeof envelopeHeader>

export interface Envelope {
  readonly header: EnvelopeHeader
  readonly headerBytes: Uint8Array
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

const signatureBytes = 64
/** nonce 24 ‖ commitment 32 ‖ tag 16. */
const sealOverhead = 72

/** Splits an envelope; nothing is verified yet. */
export function parseEnvelope(bytes: Uint8Array): Decoded<Envelope> {
  const source = createSource(bytes)
  try {
    const header = envelopeHeader.read(source)
    const bodyLength = source.left - signatureBytes
    if (bodyLength < sealOverhead) return { ok: false, code: 'wire/malformed' }
    const headerBytes = bytes.slice(0, bytes.length - source.left)
    const value = {
      header,
      headerBytes,
      body: source.take(bodyLength),
      signature: source.take(signatureBytes),
    }
    return { ok: true, value }
  } catch {
    return { ok: false, code: 'wire/malformed' }
  }
}

/** The object hash by which chains and covers name an envelope. */
export function envelopeHash(envelope: Omit<Envelope, 'signature' | 'header'>, crypto: WireCrypto) {
  return crypto.hash([domains.envelope, envelope.headerBytes, envelope.body])
}

export const envelopeSigningBytes = (hash: Uint8Array): Uint8Array =>
  concat(domains.sigEnvelope, hash)

export const joinEnvelope = (envelope: Omit<Envelope, 'header'>): Uint8Array =>
  concat(envelope.headerBytes, envelope.body, envelope.signature)
