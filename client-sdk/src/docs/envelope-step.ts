/**
 * What becomes of the next envelope of a chain. Everything is checked that the bytes, the verified log and
 * the chain can say; nothing is changed.
 */
import {
  decode,
  documentHeads,
  documentUpdate,
  documentVoid,
  envelopeHash,
  judgeEnvelope,
  parseEnvelope,
  sameBytes,
  type Codec,
  type DeviceId,
  type DocId,
  type DocumentHeads,
  type DocumentUpdate,
  type DocumentVoid,
  type Envelope,
  type EnvelopeHeader,
  type ProblemCode,
  type VaultView,
} from '@selene/shapes'
import { openEnvelope } from '../crypto/envelope.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { LocalVault } from '../vault/vault.ts'
import { isOfNewerSchema } from './schema.ts'

/** An envelope as the shape names it. */
export interface EnvelopeRow {
  readonly doc_id: DocId
  readonly device_id: DeviceId
  readonly doc_seq: number
  readonly envelope: Uint8Array
}

/** The last envelope of a device that was taken into a document, or passed over. */
export interface Chain {
  readonly seq: number
  readonly hash: Uint8Array
}

/** What a chained envelope may hold, by its kind. */
const contents = { update: documentUpdate, heads: documentHeads, void: documentVoid } as const

export type EnvelopeContent =
  | ({ readonly kind: 'update' } & DocumentUpdate)
  | ({ readonly kind: 'heads' } & DocumentHeads)
  | ({ readonly kind: 'void' } & DocumentVoid)

/**
 * What to do with the next envelope of a chain: take its content, pass over it and keep it aside, or
 * wait at it, because what is missing may still come or the row is not that device's.
 */
export type Step =
  | { readonly step: 'take'; readonly hash: Uint8Array; readonly content: EnvelopeContent }
  | { readonly step: 'aside'; readonly hash: Uint8Array; readonly code: ProblemCode }
  | { readonly step: 'wait'; readonly code: ProblemCode | undefined }

interface Deps {
  readonly crypto: Primitives
  readonly vault: Pick<LocalVault, 'view' | 'epochKey' | 'docId'>
}

/**
 * Whether its author saw another entry where this device knows one (W18). Of an author who is not known here nothing is
 * checked, so it may be anybody's.
 */
function isForked(view: VaultView, { device, logSeq, logHash }: EnvelopeHeader): boolean {
  const known = view.hashes[logSeq]
  const isOurs = view.members.has(device) || view.removed.has(device)
  return isOurs && known !== undefined && !sameBytes(known.subarray(0, logHash.length), logHash)
}

/** Judges a row at its place in the chain (W4, W14, W18, W21, W27, W31). */
export function nextStep({ crypto, vault }: Deps, row: EnvelopeRow, chain: Chain): Step {
  if (row.doc_seq !== chain.seq + 1) return { step: 'wait', code: undefined }
  const parsed = parseEnvelope(row.envelope)
  if (!parsed.ok) return { step: 'wait', code: parsed.code }
  const { header } = parsed.value
  const named = header.doc === row.doc_id && header.device === row.device_id
  if (!named || header.docSeq !== row.doc_seq || !sameBytes(header.docPrev, chain.hash))
    return { step: 'wait', code: 'doc/chain' }
  const view = vault.view()
  const judged = judgeEnvelope(view, parsed.value, crypto)
  if (!judged.ok && judged.code === 'vault/log-unknown')
    return { step: 'wait', code: isForked(view, header) ? 'vault/forked' : undefined }
  if (!judged.ok && judged.code === 'vault/void')
    return { step: 'aside', hash: envelopeHash(parsed.value, crypto), code: judged.code }
  if (!judged.ok) return { step: 'wait', code: judged.code }
  const key = vault.epochKey(header.epoch)
  // Without its key the envelope waits: the entry that brings one may still come.
  return key
    ? openContent({ crypto, vault }, { ...parsed.value, key, hash: judged.hash })
    : { step: 'wait', code: undefined }
}

/** Opens a judged envelope; what cannot be used is passed over by its hash. */
function openContent(
  { crypto, vault }: Deps,
  envelope: Envelope & { readonly key: Uint8Array; readonly hash: Uint8Array },
): Step {
  const { hash, header } = envelope
  const opened = openEnvelope(crypto, envelope.key, envelope)
  if (!opened.ok) return { step: 'aside', hash, code: opened.code }
  const { kind } = header
  // A snapshot stands beside the chains, never in one.
  if (kind === 'snapshot') return { step: 'aside', hash, code: 'wire/malformed' }
  // A newer app's content waits, whole, for the update of this one: even its layout is unknown (W31).
  if (isOfNewerSchema(opened.content)) return { step: 'wait', code: 'doc/newer-schema' }
  const content = decode(contents[kind] as Codec<EnvelopeContent>, opened.content)
  if (!content.ok) return { step: 'aside', hash, code: content.code }
  if (vault.docId(content.value.name) !== header.doc)
    return { step: 'aside', hash, code: 'doc/foreign-id' }
  return { step: 'take', hash, content: { ...content.value, kind } as EnvelopeContent }
}
