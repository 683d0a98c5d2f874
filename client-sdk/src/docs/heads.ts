/**
 * Heads (W22): each device says, sealed and signed, how far it has seen every chain. What another device has
 * seen and the server does not give out is withheld; nothing else shows a tail that is kept back.
 */
import {
  decode,
  seenHeads,
  stampUuid,
  type DeviceId,
  type DocId,
  type OpId,
  type ProblemCode,
  type SeenHead,
} from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'

/** Name of the chain that heads are in; it is no document that anybody edits. */
export const headsDocument = 'heads'

/** In one envelope; what is more goes into the next. */
const headsPerEnvelope = 2_000

interface HeadRow {
  readonly doc_id: DocId
  readonly device_id: DeviceId
  readonly doc_seq: number
  readonly hash: Uint8Array
}

/** Chains that have moved since this device last said so. */
export async function newHeads(reader: Reader, headsDoc: DocId): Promise<SeenHead[]> {
  const rows = await reader.query<HeadRow>(
    `SELECT h.* FROM doc_heads h
       LEFT JOIN said_heads s ON s.doc_id = h.doc_id AND s.device_id = h.device_id
     WHERE h.doc_id <> $1 AND h.doc_seq > coalesce(s.doc_seq, 0)
     ORDER BY h.doc_id, h.device_id LIMIT ${headsPerEnvelope}`,
    [headsDoc],
  )
  return rows.map(({ doc_id: doc, device_id: device, doc_seq: docSeq, hash }) => ({
    doc,
    device,
    docSeq,
    hash,
  }))
}

/** Queues heads where there is something to say. Their content is what holds when they are sealed. */
export async function wishHeads(
  tx: StoreTx,
  { crypto, vault }: { crypto: Primitives; vault: LocalVault },
): Promise<boolean> {
  const doc = vault.docId(headsDocument)
  if ((await newHeads(tx, doc)).length === 0) return false
  await tx.query(
    `INSERT INTO pending_envelopes (op_id, kind, doc_id) VALUES ($1, 'doc.heads', $2)
     ON CONFLICT DO NOTHING`,
    [stampUuid<OpId>(crypto.random(16), 4), doc],
  )
  return true
}

/** The server has stored heads of this device. @param said Their list, as it was sealed. */
export async function headsSaid(tx: StoreTx, said: Uint8Array): Promise<void> {
  const heads = decode(seenHeads, said)
  if (!heads.ok) throw new TypeError('heads are not of their layout')
  for (const { doc, device, docSeq } of heads.value)
    await tx.query(
      `INSERT INTO said_heads VALUES ($1, $2, $3) ON CONFLICT (doc_id, device_id)
       DO UPDATE SET doc_seq = greatest(said_heads.doc_seq, excluded.doc_seq)`,
      [doc, device, docSeq],
    )
}

/** Keeps what another device says that it has seen. */
export async function takeHeads(tx: StoreTx, heads: readonly SeenHead[]): Promise<void> {
  for (const { doc, device, docSeq, hash } of heads)
    await tx.query(
      `INSERT INTO peer_heads VALUES ($1, $2, $3, $4) ON CONFLICT (doc_id, device_id)
       DO UPDATE SET doc_seq = excluded.doc_seq, hash = excluded.hash
       WHERE excluded.doc_seq > peer_heads.doc_seq`,
      [doc, device, docSeq, hash],
    )
}

/** Of a row at which its chain waits: it is not what that device wrote, which the server keeps back (W27). */
const forgedCodes = [
  'crypto/bad-signature',
  'doc/chain',
  'vault/foreign',
  'vault/not-member',
  'wire/malformed',
] as const satisfies readonly ProblemCode[]

/**
 * Chains of which another device has seen more than the copy of updates holds, or something else; something else is
 * also what that device never wrote. What a newer app's snapshot may cover is not counted: this version cannot tell. A
 * place is `document device number`.
 */
export async function unseenHeads(
  reader: Reader,
  { vault }: { vault: LocalVault },
): Promise<string[]> {
  const rows = await reader.query<{ place: string }>(
    `SELECT concat_ws(' ', p.doc_id, p.device_id, p.doc_seq) AS place FROM peer_heads p
       LEFT JOIN doc_heads h ON h.doc_id = p.doc_id AND h.device_id = p.device_id
     WHERE (p.doc_seq > coalesce(h.doc_seq, 0) AND NOT EXISTS (
         SELECT 1 FROM shape_rows_doc_updates r WHERE r.vault_id = $1 AND r.doc_id = p.doc_id
           AND r.device_id = p.device_id AND r.doc_seq = p.doc_seq)
         AND NOT EXISTS (SELECT 1 FROM snapshot_checks c
           WHERE c.doc_id = p.doc_id AND c.found = 'doc/newer-schema'))
       OR (p.doc_seq = h.doc_seq AND p.hash <> h.hash)
       OR (p.doc_seq > coalesce(h.doc_seq, 0) AND EXISTS (SELECT 1 FROM quarantine q
         WHERE q.doc_id = p.doc_id AND q.device_id = p.device_id
           AND q.doc_seq = coalesce(h.doc_seq, 0) + 1
           AND q.code IN (${forgedCodes.map((code) => `'${code}'`).join(', ')})))
     ORDER BY place`,
    [vault.view().vault],
  )
  return rows.map(({ place }) => place)
}

/**
 * Envelopes that are missing in front of others of their chain: those prove that there is one (W23). A place
 * is named as in {@link unseenHeads}.
 */
export async function missingLinks(
  reader: Reader,
  { vault }: { vault: LocalVault },
): Promise<string[]> {
  const rows = await reader.query<{ place: string }>(
    `SELECT concat_ws(' ', r.doc_id, r.device_id, coalesce(h.doc_seq, 0) + 1) AS place
     FROM shape_rows_doc_updates r
       LEFT JOIN doc_heads h ON h.doc_id = r.doc_id AND h.device_id = r.device_id
     WHERE r.vault_id = $1 AND r.doc_seq > coalesce(h.doc_seq, 0)
     GROUP BY r.doc_id, r.device_id, h.doc_seq
     HAVING min(r.doc_seq) > coalesce(h.doc_seq, 0) + 1
     ORDER BY place`,
    [vault.view().vault],
  )
  return rows.map(({ place }) => place)
}
