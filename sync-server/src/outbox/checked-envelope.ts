/** What the server checks of every envelope that is not sealed, whatever its kind (W36). */
import {
  currentEpoch,
  envelopeKinds,
  judgeEnvelope,
  limits,
  parseEnvelope,
  type EnvelopeHeader,
  type EnvelopeOpKind,
  type ProblemCode,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Transaction } from '../db/db.ts'
import type { Holder } from './ledger.ts'
import type { IncomingOp } from './op-identity.ts'

/** The code of a rejection, or nothing when it was stored. */
export type Rejection = ProblemCode | undefined

/** Where an operation is applied, and for whom. */
export interface OpContext {
  readonly tx: Transaction
  readonly view: VaultView
  readonly holder: Holder
  readonly crypto: WireCrypto
}

/** An operation whose body is to be an envelope. */
export type EnvelopeOp = IncomingOp & { readonly kind: EnvelopeOpKind }

export type CheckedEnvelope =
  | { readonly ok: true; readonly header: EnvelopeHeader; readonly hash: Uint8Array }
  | { readonly ok: false; readonly code: ProblemCode }

/** Size, layout, kind, author, epoch, log head and signature, in this order (S34). */
export function checkEnvelope(
  { view, holder, crypto }: Omit<OpContext, 'tx'>,
  op: EnvelopeOp,
): CheckedEnvelope {
  const largest = op.kind === 'doc.snapshot' ? limits.snapshotBytes : limits.updateBytes
  if (op.body.length > largest) return { ok: false, code: 'doc/too-large' }
  const parsed = parseEnvelope(op.body)
  if (!parsed.ok) return parsed
  const { header } = parsed.value
  const refused = refuseHeader(header, op, { view, holder })
  if (refused) return { ok: false, code: refused }
  const judged = judgeEnvelope(view, parsed.value, crypto)
  return judged.ok ? { ok: true, header, hash: judged.hash } : judged
}

/** What the header must say beyond what every device checks: the sender's own, current, and now. */
function refuseHeader(
  header: EnvelopeHeader,
  op: EnvelopeOp,
  { view, holder }: Pick<OpContext, 'view' | 'holder'>,
): Rejection {
  if (header.vault !== holder.vault) return 'vault/foreign'
  const own = header.device === holder.device && header.deviceSeq === op.deviceSeq
  if (!own || header.kind !== envelopeKinds[op.kind]) return 'wire/malformed'
  // Only a snapshot says something there: what it covers.
  if (op.kind !== 'doc.snapshot' && header.ext.length > 0) return 'wire/malformed'
  if (!view.members.has(holder.device)) return 'vault/not-member'
  return header.epoch < currentEpoch(view).number ? 'vault/epoch-stale' : undefined
}
