/**
 * Operations of the data lane (W34–W39): what a device asks of the server, in the order of its
 * `device_seq`. The body's bytes are fixed before the first send; its hash is what the ledger compares.
 */
import {
  choice,
  encode,
  id,
  list,
  prefixed,
  rest,
  struct,
  u16,
  u32,
  u64,
  u8,
  type Valued,
} from './bytes/codec.ts'
import type { WireCrypto } from './crypto.ts'
import { domains } from './domain.ts'
import type { EnvelopeHeader } from './envelope.ts'
import type { OpId } from './id.ts'
import type { ProblemCode } from './problem.ts'
import { snapshotVerdict } from './snapshot.ts'

export const opKinds = {
  'vault.append': 1,
  'doc.update': 2,
  'doc.snapshot': 3,
  'doc.verdict': 4,
  'doc.heads': 5,
  'doc.void': 6,
} as const
export type OpKind = keyof typeof opKinds
export const isOpKind = (kind: string): kind is OpKind => Object.hasOwn(opKinds, kind)

/** Operations whose body is an envelope, and the kind that it must be of. */
export const envelopeKinds = {
  'doc.update': 'update',
  'doc.snapshot': 'snapshot',
  'doc.heads': 'heads',
  'doc.void': 'void',
} as const satisfies Partial<Record<OpKind, EnvelopeHeader['kind']>>
export type EnvelopeOpKind = keyof typeof envelopeKinds
export const isEnvelopeOp = (kind: OpKind): kind is EnvelopeOpKind =>
  Object.hasOwn(envelopeKinds, kind)

const hashedOp = struct({ kind: choice(opKinds), op: id<OpId>(), deviceSeq: u64, body: rest })
export type Op = Valued<typeof hashedOp>

/** Identity of an operation's bytes: other bytes under a used `device_seq` are equivocation. */
export const opHash = (op: Op, crypto: WireCrypto): Uint8Array =>
  crypto.hash([domains.op, encode(hashedOp, op)])

/** Body of `vault.append`: the entry with its signatures, and the cards of the members it adds. */
export const vaultAppend = struct({
  entry: prefixed(u32, 65_536),
  cards: list(u8, prefixed(u16, 1024)),
})

/** `rejected` with one of these lets the same content be sealed again (W35). */
export const retryableRejections: ReadonlySet<ProblemCode> = new Set([
  'vault/epoch-stale',
  'vault/head-moved',
  'vault/log-unknown',
  'doc/chain',
  'doc/snapshot-conflict',
])

export const opGrammar = {
  op: hashedOp.grammar,
  'vault.append': vaultAppend.grammar,
  'doc.verdict': snapshotVerdict.grammar,
  ...envelopeKinds,
}
