/**
 * Envelopes that continue their author's chains (updates, heads, voids: W21, W36), several at once. What is
 * stored is read for all of them first and written for all of them last; in between each is judged on what
 * those before it have changed, so that every outcome is what it would be one by one.
 */
import { setImmediate } from 'node:timers/promises'
import { sameBytes, type DocId, type EnvelopeHeader, type OpId } from '@selene/shapes'
import { toUuidArray } from '../db/uuid-array.ts'
import {
  checkEnvelope,
  type CheckedEnvelope,
  type EnvelopeOp,
  type OpContext,
  type Rejection,
} from './checked-envelope.ts'
import { toList } from './list-parameter.ts'

/** How many signatures are checked, about 120 µs each, before other requests get their turn. */
const checksInOneGo = 16

/** Numbers that follow each other, and which of their ids were applied before. */
export interface ChainedRun {
  readonly ops: readonly EnvelopeOp[]
  readonly used: ReadonlySet<OpId>
}

/** The last envelope of a chain. */
interface ChainEnd {
  readonly docSeq: number
  readonly hash: Uint8Array
}

interface NewRow {
  readonly op: EnvelopeOp
  readonly header: EnvelopeHeader
  readonly hash: Uint8Array
}

const noChain: ChainEnd = { docSeq: 0, hash: new Uint8Array(32) }

/** Stores the envelopes, or says of each why it can't be. Writes nothing of those that it rejects. */
export async function applyChained(
  context: OpContext,
  { ops, used: before }: ChainedRun,
): Promise<Rejection[]> {
  const checked = await checkEach(context, ops)
  const docs = new Set(checked.flatMap((one) => (one.ok ? [one.header.doc] : [])))
  const ends = await chainEnds(context, [...docs])
  const used = new Set(before)
  const rows: NewRow[] = []
  const rejections = checked.map((one, i): Rejection => {
    const op = ops[i]!
    if (used.has(op.op)) return 'outbox/op-reused'
    if (!one.ok) return one.code
    const { header, hash } = one
    const end = ends.get(header.doc) ?? noChain
    if (header.docSeq !== end.docSeq + 1 || !sameBytes(header.docPrev, end.hash)) return 'doc/chain'
    ends.set(header.doc, { docSeq: header.docSeq, hash })
    used.add(op.op)
    rows.push({ op, header, hash })
    return undefined
  })
  await store(context, rows)
  return rejections
}

/** What can be said of each without its chain. */
async function checkEach(context: OpContext, ops: readonly EnvelopeOp[]) {
  const checked: CheckedEnvelope[] = []
  for (const op of ops) {
    checked.push(checkEnvelope(context, op))
    if (checked.length % checksInOneGo === 0) await setImmediate()
  }
  return checked
}

/** The ends of the device's chains: stored, or covered and gone. A chain that has not begun is missing. */
async function chainEnds(
  { tx, holder }: OpContext,
  docs: readonly DocId[],
): Promise<Map<DocId, ChainEnd>> {
  if (docs.length === 0) return new Map()
  const rows = await tx.query<{ doc: DocId; seq: number; hash: Uint8Array }>(
    `SELECT docs.id AS doc, ends.doc_seq AS seq, ends.envelope_hash AS hash
      FROM unnest($3::text::uuid[]) AS docs (id) CROSS JOIN LATERAL (
        (SELECT doc_seq, envelope_hash FROM doc_updates
          WHERE vault_id = $1 AND doc_id = docs.id AND device_id = $2 ORDER BY doc_seq DESC LIMIT 1)
        UNION ALL
        (SELECT doc_seq, envelope_hash FROM doc_covers
          WHERE vault_id = $1 AND doc_id = docs.id AND device_id = $2 ORDER BY doc_seq DESC LIMIT 1)
        ORDER BY doc_seq DESC LIMIT 1) AS ends`,
    [holder.vault, holder.device, toUuidArray(docs)],
  )
  return new Map(rows.map(({ doc, seq, hash }) => [doc, { docSeq: seq, hash }]))
}

async function store({ tx, holder }: OpContext, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `INSERT INTO doc_updates
      (vault_id, device_id, doc_id, doc_seq, envelope, device_seq, epoch, envelope_hash)
      SELECT $1, $2, rows.* FROM unnest($3::text::uuid[], $4::text::integer[], $5::text::bytea[],
        $6::text::bigint[], $7::text::integer[], $8::text::bytea[]) AS rows`,
    [
      holder.vault,
      holder.device,
      toUuidArray(rows.map(({ header }) => header.doc)),
      toList(rows.map(({ header }) => header.docSeq)),
      toList(rows.map(({ op }) => op.body)),
      toList(rows.map(({ op }) => op.deviceSeq)),
      toList(rows.map(({ header }) => header.epoch)),
      toList(rows.map(({ hash }) => hash)),
    ],
  )
}
