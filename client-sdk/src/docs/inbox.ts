/**
 * Takes envelopes of the shape into documents: judged against the verified log, in the order of each
 * device's chain, opened, merged. What cannot be opened is set apart and its chain goes on; what is
 * early waits in the shape's rows (W21, W27).
 */
import {
  decode,
  documentUpdate,
  envelopeHash,
  judgeEnvelope,
  parseEnvelope,
  sameBytes,
  type DeviceId,
  type DocId,
  type DocumentUpdate,
  type ProblemCode,
} from '@selene/shapes'
import { openEnvelope } from '../crypto/envelope.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Documents } from './documents.ts'
import { schema } from './sealer.ts'

export interface Inbox {
  /** Goes on with every chain that has rows beyond its head; returns how far this device's own are. */
  advance(tx: StoreTx): Promise<ReadonlyMap<DocId, number>>
}

interface Waiting {
  readonly doc_id: DocId
  readonly device_id: DeviceId
  readonly doc_seq: number
  readonly envelope: Uint8Array
  readonly head_seq: number | null
  readonly head_hash: Uint8Array | null
}

/**
 * What to do with the next envelope of a chain: take its content, pass over it and keep it aside, or
 * wait at it, because what is missing may still come or the row is not that device's.
 */
type Step =
  | { step: 'take'; hash: Uint8Array; update: DocumentUpdate }
  | { step: 'aside'; hash: Uint8Array; code: ProblemCode }
  | { step: 'wait'; code: ProblemCode | undefined }

interface Chain {
  seq: number
  hash: Uint8Array
}

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
}

async function setAside(tx: StoreTx, row: Waiting, code: ProblemCode): Promise<void> {
  await tx.query('INSERT INTO quarantine VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    row.doc_id,
    row.device_id,
    row.doc_seq,
    code,
  ])
}

export function createInbox({ crypto, vault, documents }: Deps): Inbox {
  function judge(row: Waiting, chain: Chain): Step {
    if (row.doc_seq !== chain.seq + 1) return { step: 'wait', code: undefined }
    const parsed = parseEnvelope(row.envelope)
    if (!parsed.ok) return { step: 'wait', code: parsed.code }
    const { header } = parsed.value
    const named = header.doc === row.doc_id && header.device === row.device_id
    if (!named || header.docSeq !== row.doc_seq || !sameBytes(header.docPrev, chain.hash))
      return { step: 'wait', code: 'doc/chain' }
    const judged = judgeEnvelope(vault.view(), parsed.value, crypto)
    if (!judged.ok && judged.code === 'vault/log-unknown') return { step: 'wait', code: undefined }
    if (!judged.ok && judged.code === 'vault/void')
      return { step: 'aside', hash: envelopeHash(parsed.value, crypto), code: judged.code }
    if (!judged.ok) return { step: 'wait', code: judged.code }
    const { hash } = judged
    const key = vault.epochKey(header.epoch)
    if (!key) return { step: 'wait', code: undefined }
    const opened = openEnvelope(crypto, key, parsed.value)
    if (!opened.ok) return { step: 'aside', hash, code: opened.code }
    const content = decode(documentUpdate, opened.content)
    if (header.kind !== 'update' || !content.ok)
      return { step: 'aside', hash, code: 'wire/malformed' }
    if (vault.docId(content.value.name) !== header.doc)
      return { step: 'aside', hash, code: 'doc/foreign-id' }
    // A newer app's document waits, whole, for the update of this one (W31).
    if (content.value.schemaMajor > schema.major) return { step: 'wait', code: 'doc/newer-schema' }
    return { step: 'take', hash, update: content.value }
  }

  /** Walks one device's chain in one document as far as it goes. */
  async function walk(tx: StoreTx, rows: readonly Waiting[]) {
    const [first] = rows
    const chain = { seq: first!.head_seq ?? 0, hash: first!.head_hash ?? new Uint8Array(32) }
    const taken: { row: Waiting; update: DocumentUpdate }[] = []
    for (const row of rows) {
      const next = judge(row, chain)
      if (next.step === 'wait') {
        if (next.code) await setAside(tx, row, next.code)
        break
      }
      if (next.step === 'aside') await setAside(tx, row, next.code)
      else taken.push({ row, update: next.update })
      chain.seq = row.doc_seq
      chain.hash = next.hash
    }
    if (chain.seq === (first!.head_seq ?? 0)) return taken
    const { doc_id, device_id } = first!
    await tx.query(
      `INSERT INTO doc_heads VALUES ($1, $2, $3, $4) ON CONFLICT (doc_id, device_id)
       DO UPDATE SET doc_seq = excluded.doc_seq, hash = excluded.hash`,
      [doc_id, device_id, chain.seq, chain.hash],
    )
    // Whatever was wrong with a row that has passed now is right.
    const passed = taken.map(({ row }) => row.doc_seq)
    await tx.query(
      'DELETE FROM quarantine WHERE doc_id = $1 AND device_id = $2 AND doc_seq = ANY ($3)',
      [doc_id, device_id, passed],
    )
    return taken
  }

  async function mergeDocument(tx: StoreTx, rows: readonly Waiting[]): Promise<void> {
    const chains = Map.groupBy(rows, (row) => row.device_id)
    const taken = []
    for (const chain of chains.values()) taken.push(...(await walk(tx, chain)))
    const [some] = taken
    if (!some) return
    const refused = await documents.merge(
      tx,
      { id: some.row.doc_id, name: some.update.name },
      taken.map(({ update }) => update.update),
    )
    for (const index of refused) await setAside(tx, taken[index]!.row, 'doc/unreadable')
  }

  return {
    async advance(tx) {
      const rows = await tx.query<Waiting>(
        `SELECT r.doc_id, r.device_id, r.doc_seq, r.envelope, h.doc_seq AS head_seq, h.hash AS head_hash
         FROM shape_rows_doc_updates r
         LEFT JOIN doc_heads h ON h.doc_id = r.doc_id AND h.device_id = r.device_id
         WHERE r.vault_id = $1 AND r.doc_seq > coalesce(h.doc_seq, 0)
         ORDER BY r.doc_id, r.device_id, r.doc_seq`,
        [vault.view().vault],
      )
      for (const document of Map.groupBy(rows, (row) => row.doc_id).values())
        await mergeDocument(tx, document)
      const own = await tx.query<{ doc_id: DocId; doc_seq: number }>(
        'SELECT doc_id, doc_seq FROM doc_heads WHERE device_id = $1',
        [vault.device],
      )
      return new Map(own.map((head) => [head.doc_id, head.doc_seq]))
    },
  }
}
