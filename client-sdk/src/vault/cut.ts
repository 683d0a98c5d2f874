/**
 * What this device knows of every device's stored envelopes: the cut of an epoch that it ends (W13). Only
 * envelopes that verify count, so that nobody makes room for a removed device's later ones.
 */
import { judgeEnvelope, parseEnvelope, type DeviceId, type EpochPart } from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader } from '../store/store.ts'
import type { LocalVault } from './vault.ts'

/** `device_seq` stands at a fixed place of an envelope's header (W4): after version, kind, epoch and three ids. */
const takenSql = `
  SELECT r.device_id AS device, max(
    ('x' || encode(substring(r.envelope FROM 55 FOR 8), 'hex'))::bit(64)::bigint) AS "deviceSeq"
  FROM shape_rows_doc_updates r JOIN doc_heads h
    ON h.doc_id = r.doc_id AND h.device_id = r.device_id AND r.doc_seq <= h.doc_seq
  WHERE r.vault_id = $1 GROUP BY r.device_id`

/** Snapshots are few, and not all of them were judged. */
const waitingSql = `
  SELECT r.envelope FROM shape_rows_doc_updates r LEFT JOIN doc_heads h
    ON h.doc_id = r.doc_id AND h.device_id = r.device_id
  WHERE r.vault_id = $1 AND r.doc_seq > coalesce(h.doc_seq, 0)
  UNION ALL
  SELECT envelope FROM shape_rows_doc_snapshots WHERE vault_id = $1`

interface Known {
  readonly device: DeviceId
  readonly deviceSeq: number
}

/** @param own Number of this device's last envelope that the server has stored. */
export async function readCut(
  reader: Reader,
  { crypto, vault }: { crypto: Primitives; vault: LocalVault },
  own: number,
): Promise<EpochPart['cut']> {
  const view = vault.view()
  const last = new Map<DeviceId, number>()
  const note = ({ device, deviceSeq }: Known): void => {
    const known = Math.max(last.get(device) ?? 0, deviceSeq)
    if (view.members.has(device) && known > 0) last.set(device, known)
  }
  note({ device: vault.device, deviceSeq: own })
  for (const row of await reader.query<Known>(takenSql, [view.vault])) note(row)
  const waiting = await reader.query<{ envelope: Uint8Array }>(waitingSql, [view.vault])
  for (const { envelope } of waiting) {
    const parsed = parseEnvelope(envelope)
    if (parsed.ok && judgeEnvelope(view, parsed.value, crypto).ok) note(parsed.value.header)
  }
  return [...last].map(([device, deviceSeq]) => ({ device, deviceSeq }))
}
