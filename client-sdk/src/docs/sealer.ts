/**
 * Seals documents' waiting edits for the outbox (W34). A document has at most one envelope without an
 * outcome, so that its chain never forks; what is written meanwhile is merged into the next one.
 */
import { documentUpdate, encode, headOf, type DocId, type OpId } from '@selene/shapes'
import * as Y from 'yjs'
import { sealEnvelope } from '../crypto/envelope.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { StoreTx } from '../store/store.ts'
import type { SealedOp, Sealer } from '../sync/outbox.ts'
import type { LocalVault } from '../vault/vault.ts'
import { updateBytes } from './documents.ts'

export const schema = { major: 1, minor: 0 } as const

interface Edit {
  readonly id: number
  readonly op_id: OpId
  readonly doc_id: DocId
  readonly at: number
  readonly content: Uint8Array
  readonly edits: readonly OpId[]
}

const noHash = new Uint8Array(32)

/** The oldest waiting edits of one document, as many as fit into one envelope. */
async function takeEdits(tx: StoreTx): Promise<Edit[]> {
  const edits = await tx.query<Edit>(
    `SELECT * FROM pending_edits WHERE doc_id = (
       SELECT doc_id FROM pending_edits WHERE doc_id NOT IN (
         SELECT doc_id FROM outbox WHERE doc_id IS NOT NULL) ORDER BY id LIMIT 1)
     ORDER BY id LIMIT 1000`,
  )
  let bytes = 0
  const fitting = edits.filter(
    (edit, i) => (bytes += edit.content.length) <= updateBytes || i === 0,
  )
  const last = fitting.at(-1)
  if (last)
    await tx.query('DELETE FROM pending_edits WHERE doc_id = $1 AND id <= $2', [
      last.doc_id,
      last.id,
    ])
  return fitting
}

/** Queues content before everything that was written since, under the same operation id. */
export async function putBack(
  tx: StoreTx,
  edit: { opId: OpId; docId: DocId; at: number; content: Uint8Array; edits: readonly OpId[] },
): Promise<void> {
  await tx.query(
    `INSERT INTO pending_edits OVERRIDING SYSTEM VALUE
     SELECT least(min(id), 1) - 1, $1, $2, $3, $4, $5::text::jsonb FROM pending_edits`,
    [edit.opId, edit.docId, edit.at, edit.content, JSON.stringify(edit.edits)],
  )
}

export function createSealer({ crypto, vault }: { crypto: Primitives; vault: LocalVault }): Sealer {
  async function sealUpdate(
    tx: StoreTx,
    deviceSeq: number,
    edit: { docId: DocId; at: number; content: Uint8Array },
  ) {
    const [document] = await tx.query<{ name: string }>(
      'SELECT name FROM documents WHERE doc_id = $1',
      [edit.docId],
    )
    const [own] = await tx.query<{ doc_seq: number; hash: Uint8Array }>(
      'SELECT doc_seq, hash FROM own_heads WHERE doc_id = $1',
      [edit.docId],
    )
    const epoch = vault.epoch()
    const head = headOf(vault.view())
    const docSeq = (own?.doc_seq ?? 0) + 1
    const header = {
      version: 1,
      kind: 'update',
      epoch: epoch.number,
      vault: vault.view().vault,
      doc: edit.docId,
      device: vault.device,
      deviceSeq,
      docSeq,
      docPrev: own?.hash ?? noHash,
      logSeq: head.seq,
      logHash: head.hash.subarray(0, 16),
      ext: new Uint8Array(0),
    } as const
    const content = encode(documentUpdate, {
      schemaMajor: schema.major,
      schemaMinor: schema.minor,
      at: edit.at,
      name: document!.name,
      update: edit.content,
    })
    const keys = { epochKey: epoch.key, signKey: vault.keys.sign.secretKey }
    return { docSeq, ...sealEnvelope(crypto, keys, { header, content }) }
  }

  return {
    async next(tx, deviceSeq) {
      const edits = await takeEdits(tx)
      const [first] = edits
      if (!first) return undefined
      const content = Y.mergeUpdates(edits.map((edit) => edit.content))
      const docId = first.doc_id
      const { at } = edits.at(-1)!
      const sealed = await sealUpdate(tx, deviceSeq, { docId, at, content })
      return {
        opId: first.op_id,
        kind: 'doc.update',
        body: sealed.bytes,
        edits: edits.flatMap((edit) => edit.edits),
        envelope: { docId, docSeq: sealed.docSeq, hash: sealed.hash, at, content },
      } satisfies SealedOp
    },

    async applied(tx, { envelope }) {
      if (!envelope) return
      await tx.query(
        `INSERT INTO own_heads VALUES ($1, $2, $3)
         ON CONFLICT (doc_id) DO UPDATE SET doc_seq = excluded.doc_seq, hash = excluded.hash`,
        [envelope.docId, envelope.docSeq, envelope.hash],
      )
    },

    async restore(tx, { opId, edits, envelope }) {
      if (envelope) await putBack(tx, { opId, edits, ...envelope })
    },
  }
}
