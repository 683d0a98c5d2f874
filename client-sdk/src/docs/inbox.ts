/**
 * Takes envelopes of the shape into documents: judged against the verified log, in the order of each
 * device's chain, opened, merged. What cannot be opened is set apart and its chain goes on; what is
 * early waits in the shape's rows (W21, W27).
 */
import type { DocId, ProblemCode } from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import type { StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Documents } from './documents.ts'
import { nextStep, type EnvelopeContent, type EnvelopeRow } from './envelope-step.ts'
import { takeVoid } from './given-up.ts'
import { takeHeads } from './heads.ts'

export interface Inbox {
  /**
   * Goes on with every chain that has rows beyond its head, in some documents or in all; returns how far
   * this device's own are.
   */
  advance(tx: StoreTx, docs?: ReadonlySet<DocId>): Promise<ReadonlyMap<DocId, number>>
}

interface Taken {
  readonly row: Waiting
  readonly content: EnvelopeContent
}

interface Waiting extends EnvelopeRow {
  readonly head_seq: number | null
  readonly head_hash: Uint8Array | null
}

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly documents: Documents
}

async function setAside(tx: StoreTx, row: Waiting, code: ProblemCode): Promise<void> {
  await tx.query(
    `INSERT INTO quarantine VALUES ($1, $2, $3, $4)
     ON CONFLICT (doc_id, device_id, doc_seq) DO UPDATE SET code = excluded.code`,
    [row.doc_id, row.device_id, row.doc_seq, code],
  )
}

/** Takes off the list what a chain waited at, and what the server does not give out any more. */
export async function forgetVanished(tx: StoreTx, { vault }: Pick<Deps, 'vault'>): Promise<void> {
  await tx.query(
    `DELETE FROM quarantine q
     WHERE NOT EXISTS (SELECT 1 FROM doc_heads h WHERE h.doc_id = q.doc_id
         AND h.device_id = q.device_id AND h.doc_seq >= q.doc_seq)
       AND NOT EXISTS (SELECT 1 FROM shape_rows_doc_updates r WHERE r.vault_id = $1
         AND r.doc_id = q.doc_id AND r.device_id = q.device_id AND r.doc_seq = q.doc_seq)`,
    [vault.view().vault],
  )
}

export function createInbox({ crypto, vault, documents }: Deps): Inbox {
  /** Walks one device's chain in one document as far as it goes. */
  async function walk(tx: StoreTx, rows: readonly Waiting[]) {
    const [first] = rows
    const chain = { seq: first!.head_seq ?? 0, hash: first!.head_hash ?? new Uint8Array(32) }
    const taken: Taken[] = []
    for (const row of rows) {
      const next = nextStep({ crypto, vault }, row, chain)
      if (next.step === 'wait') {
        if (next.code) await setAside(tx, row, next.code)
        break
      }
      if (next.step === 'aside') await setAside(tx, row, next.code)
      else taken.push({ row, content: next.content })
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
    const taken: Taken[] = []
    for (const chain of chains.values()) taken.push(...(await walk(tx, chain)))
    const updates = []
    for (const { row, content } of taken)
      if (content.kind === 'update') updates.push({ row, content })
      else if (content.kind === 'void') await takeVoid(tx, row.doc_id, content.given)
      else await takeHeads(tx, content.heads)
    const [some] = updates
    if (!some) return
    const refused = await documents.merge(
      tx,
      { id: some.row.doc_id, name: some.content.name },
      updates.map(({ content }) => content.update),
    )
    for (const index of refused) await setAside(tx, updates[index]!.row, 'doc/unreadable')
  }

  return {
    async advance(tx, docs) {
      const rows = await tx.query<Waiting>(
        `SELECT r.doc_id, r.device_id, r.doc_seq, r.envelope, h.doc_seq AS head_seq, h.hash AS head_hash
         FROM shape_rows_doc_updates r
         LEFT JOIN doc_heads h ON h.doc_id = r.doc_id AND h.device_id = r.device_id
         WHERE r.vault_id = $1 AND r.doc_seq > coalesce(h.doc_seq, 0)
           AND ($2::uuid[] IS NULL OR r.doc_id = ANY ($2::uuid[]))
         ORDER BY r.doc_id, r.device_id, r.doc_seq`,
        [vault.view().vault, docs ? [...docs] : null],
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
