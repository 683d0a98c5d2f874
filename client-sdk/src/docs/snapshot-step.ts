/** What becomes of a snapshot's row: everything is checked that the bytes and the verified log can say (W24). */
import {
  decode,
  decodeCovers,
  documentSnapshot,
  envelopeHash,
  judgeEnvelope,
  parseEnvelope,
  sameBytes,
  type Cover,
  type DeviceId,
  type DocId,
  type DocumentSnapshot,
  type Envelope,
  type ProblemCode,
} from '@selene/shapes'
import { openEnvelope } from '../crypto/envelope.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { LocalVault } from '../vault/vault.ts'
import { isOfNewerSchema } from './schema.ts'
import { documentOf, stateHash } from './state-hash.ts'

/** A snapshot as the shape names it. */
export interface SnapshotRow {
  readonly doc_id: DocId
  readonly number: number
  readonly envelope: Uint8Array
}

export interface Snapshot {
  readonly doc: DocId
  readonly number: number
  readonly device: DeviceId
  readonly hash: Uint8Array
  readonly covers: readonly Cover[]
  readonly content: DocumentSnapshot
}

/** It says what it is; it is no good, whoever looks; a newer app made it; or it can't be judged yet, or is nobody's. */
export type SnapshotStep =
  | { readonly step: 'good'; readonly snapshot: Snapshot }
  | {
      readonly step: 'bad'
      readonly code: ProblemCode
      readonly device: DeviceId
      readonly hash: Uint8Array
    }
  | { readonly step: 'newer'; readonly device: DeviceId; readonly hash: Uint8Array }
  | { readonly step: 'wait' }

interface Deps {
  readonly crypto: Primitives
  readonly vault: Pick<LocalVault, 'view' | 'epochKey' | 'docId'>
}

const wait: SnapshotStep = { step: 'wait' }

export function snapshotStep(deps: Deps, row: SnapshotRow): SnapshotStep {
  const { crypto, vault } = deps
  const parsed = parseEnvelope(row.envelope)
  if (!parsed.ok) return wait
  const { header } = parsed.value
  const named = header.doc === row.doc_id && header.docSeq === row.number
  if (!named || header.kind !== 'snapshot') return wait
  const judged = judgeEnvelope(vault.view(), parsed.value, crypto)
  // What its author did not sign is not worth a verdict, and neither is what does not count.
  if (!judged.ok) return wait
  const key = vault.epochKey(header.epoch)
  return key ? openSnapshot(deps, { ...parsed.value, key }) : wait
}

function openSnapshot(
  { crypto, vault }: Deps,
  envelope: Envelope & { readonly key: Uint8Array },
): SnapshotStep {
  const { header } = envelope
  const hash = envelopeHash(envelope, crypto)
  const bad = (code: ProblemCode): SnapshotStep => ({
    step: 'bad',
    code,
    device: header.device,
    hash,
  })
  const covers = decodeCovers(header.ext)
  if (!covers.ok) return bad(covers.code)
  const opened = openEnvelope(crypto, envelope.key, envelope)
  if (!opened.ok) return bad(opened.code)
  if (isOfNewerSchema(opened.content)) return { step: 'newer', device: header.device, hash }
  const content = decode(documentSnapshot, opened.content)
  if (!content.ok) return bad(content.code)
  if (vault.docId(content.value.name) !== header.doc) return bad('doc/foreign-id')
  if (!saysItsHash(crypto, content.value)) return bad('doc/snapshot-bad')
  const { doc, docSeq: number, device } = header
  const snapshot = { doc, number, device, hash, covers: covers.value, content: content.value }
  return { step: 'good', snapshot }
}

function saysItsHash(crypto: Primitives, content: DocumentSnapshot): boolean {
  try {
    return sameBytes(stateHash(crypto, documentOf([content.state])), content.stateHash)
  } catch {
    return false
  }
}
