/**
 * Giving up an envelope that cannot be opened (W27): a person says so, by a signed `void` that all her devices
 * get. Covers then pass over it. What a device could open and has merged stays merged.
 */
import {
  encode,
  envelopeHash,
  givenEnvelopes,
  parseEnvelope,
  stampUuid,
  type DeviceId,
  type DocId,
  type DocumentVoid,
  type OpId,
} from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'

/** An envelope by its place. */
export interface Place {
  readonly docId: DocId
  readonly deviceId: DeviceId
  readonly docSeq: number
}

/** Of a row `q` of the quarantine: whether the chain has gone on past it, so that it is signed and known by its hash, in a known document. */
export const givableSql = `(q.code <> 'vault/void'
  AND EXISTS (SELECT 1 FROM documents d WHERE d.doc_id = q.doc_id)
  AND EXISTS (SELECT 1 FROM doc_heads h WHERE h.doc_id = q.doc_id AND h.device_id = q.device_id
    AND h.doc_seq >= q.doc_seq))`

/** Of a row `q` of the quarantine: envelopes that are set aside and not given up. */
export const standingSql = `NOT EXISTS (SELECT 1 FROM given_up g WHERE g.doc_id = q.doc_id
  AND g.device_id = q.device_id AND g.doc_seq = q.doc_seq)`

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
}

async function setAsideAt(
  reader: Reader,
  { vault }: Deps,
  { docId, deviceId, docSeq }: Place,
): Promise<Uint8Array | undefined> {
  const [row] = await reader.query<{ envelope: Uint8Array }>(
    `SELECT r.envelope FROM quarantine q JOIN shape_rows_doc_updates r ON r.vault_id = $1
       AND r.doc_id = q.doc_id AND r.device_id = q.device_id AND r.doc_seq = q.doc_seq
     WHERE q.doc_id = $2 AND q.device_id = $3 AND q.doc_seq = $4 AND ${givableSql} AND ${standingSql}`,
    [vault.view().vault, docId, deviceId, docSeq],
  )
  return row?.envelope
}

/** Queues the void of an envelope; `undefined` when none that can be given up is there. */
export async function giveUp(tx: StoreTx, deps: Deps, place: Place): Promise<OpId | undefined> {
  const { crypto } = deps
  const envelope = await setAsideAt(tx, deps, place)
  const parsed = envelope && parseEnvelope(envelope)
  if (!parsed?.ok) return undefined
  const hash = envelopeHash(parsed.value, crypto)
  const given = [{ device: place.deviceId, docSeq: place.docSeq, hash }]
  const opId = stampUuid<OpId>(crypto.random(16), 4)
  await tx.query(
    `INSERT INTO pending_envelopes (op_id, kind, doc_id, content) VALUES ($1, 'doc.void', $2, $3)`,
    [opId, place.docId, encode(givenEnvelopes, given)],
  )
  await takeVoid(tx, place.docId, given)
  return opId
}

/** Keeps what a person gave up, here or on another device. */
export async function takeVoid(
  tx: StoreTx,
  doc: DocId,
  given: DocumentVoid['given'],
): Promise<void> {
  for (const { device, docSeq, hash } of given)
    await tx.query('INSERT INTO given_up VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      doc,
      device,
      docSeq,
      hash,
    ])
}
