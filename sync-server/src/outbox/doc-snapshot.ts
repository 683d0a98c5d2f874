/**
 * Snapshots by compare-and-swap (W24), and what other devices found when they rebuilt them (W25). The
 * caller holds the account's row lock alone, so that of two snapshots at once one is first.
 */
import {
  decode,
  decodeCovers,
  sameBytes,
  snapshotVerdict,
  type Cover,
  type DeviceId,
  type DocId,
} from '@selene/shapes'
import {
  checkEnvelope,
  type EnvelopeOp,
  type OpContext,
  type Rejection,
} from './checked-envelope.ts'
import type { IncomingOp } from './op-identity.ts'
import type { Prunings } from './pruning.ts'

/** A stored snapshot by its place. */
interface Place {
  readonly number: number
  readonly hash: Uint8Array
}

const noHash = new Uint8Array(32)

/** The greatest number so far, and the newest snapshot that nobody found bad. */
async function standing({ tx, holder }: OpContext, doc: DocId) {
  const rows = await tx.query<Place & { bad: boolean }>(
    `SELECT s.number, s.envelope_hash AS hash, EXISTS (
        SELECT 1 FROM doc_verdicts v WHERE v.vault_id = s.vault_id AND v.doc_id = s.doc_id
          AND v.number = s.number AND v.verdict = 'bad') AS bad
      FROM doc_snapshots s WHERE s.vault_id = $1 AND s.doc_id = $2 ORDER BY s.number DESC`,
    [holder.vault, doc],
  )
  return { last: rows[0]?.number ?? 0, current: rows.find(({ bad }) => !bad) }
}

/** Whether each cover is stored here under its hash, as a row or in what the parent covers. */
async function areStored(context: OpContext, doc: DocId, covers: readonly Cover[], known: Covers) {
  const { tx, holder } = context
  for (const { device, docSeq, hash } of covers) {
    const covered = known.get(device)
    if (covered?.docSeq === docSeq && sameBytes(covered.hash, hash)) continue
    const [row] = await tx.query<{ hash: Uint8Array }>(
      `SELECT envelope_hash AS hash FROM doc_updates
        WHERE vault_id = $1 AND doc_id = $2 AND device_id = $3 AND doc_seq = $4`,
      [holder.vault, doc, device, docSeq],
    )
    if (!row || !sameBytes(row.hash, hash)) return false
  }
  return true
}

type Covers = ReadonlyMap<DeviceId, Cover>

async function coversOf({ tx, holder }: OpContext, doc: DocId, number: number): Promise<Covers> {
  const rows = await tx.query<{ device: DeviceId; seq: number; hash: Uint8Array }>(
    `SELECT device_id AS device, doc_seq AS seq, envelope_hash AS hash FROM doc_covers
      WHERE vault_id = $1 AND doc_id = $2 AND number = $3`,
    [holder.vault, doc, number],
  )
  return new Map(rows.map(({ device, seq, hash }) => [device, { device, docSeq: seq, hash }]))
}

/** Covers never go back: every chain that the parent contains is there, as far or further (W24). */
function goesOn(covers: readonly Cover[], before: Covers): boolean {
  const now = new Map(covers.map((cover) => [cover.device, cover.docSeq]))
  return [...before.values()].every(({ device, docSeq }) => (now.get(device) ?? 0) >= docSeq)
}

/** Stores a snapshot, or says why it can't be. Writes nothing when it rejects. */
export async function applySnapshot(
  context: OpContext,
  op: EnvelopeOp,
  prunings: Prunings,
): Promise<Rejection> {
  const { tx, holder } = context
  const checked = checkEnvelope(context, op)
  if (!checked.ok) return checked.code
  const { header, hash } = checked
  const covers = decodeCovers(header.ext)
  if (!covers.ok) return covers.code
  const { last, current } = await standing(context, header.doc)
  const isNext = header.docSeq === last + 1 && sameBytes(header.docPrev, current?.hash ?? noHash)
  if (!isNext) return 'doc/snapshot-conflict'
  const before = await coversOf(context, header.doc, current?.number ?? 0)
  if (!goesOn(covers.value, before)) return 'doc/cover-unknown'
  if (!(await areStored(context, header.doc, covers.value, before))) return 'doc/cover-unknown'
  const place = [holder.vault, header.doc, header.docSeq] as const
  await tx.query(
    `INSERT INTO doc_snapshots
      (vault_id, doc_id, number, envelope, device_id, device_seq, envelope_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [...place, op.body, holder.device, op.deviceSeq, hash],
  )
  for (const { device, docSeq, hash: covered } of covers.value)
    await tx.query('INSERT INTO doc_covers VALUES ($1, $2, $3, $4, $5, $6)', [
      ...place,
      device,
      docSeq,
      covered,
    ])
  await prunings.stored(tx, { vault: holder.vault, doc: header.doc, number: header.docSeq })
  return undefined
}

/** Stores what a device found; of a snapshot that is gone it is news to nobody. */
export async function applyVerdict(
  { tx, holder }: OpContext,
  op: IncomingOp,
  prunings: Prunings,
): Promise<Rejection> {
  const read = decode(snapshotVerdict, op.body)
  if (!read.ok) return read.code
  const { doc, number, snapshot, verdict } = read.value
  const [row] = await tx.query<{ device_id: DeviceId; envelope_hash: Uint8Array }>(
    `SELECT device_id, envelope_hash FROM doc_snapshots
      WHERE vault_id = $1 AND doc_id = $2 AND number = $3`,
    [holder.vault, doc, number],
  )
  if (!row || !sameBytes(row.envelope_hash, snapshot)) return undefined
  // Nobody confirms a snapshot of their own.
  if (row.device_id === holder.device && verdict === 'ok') return 'wire/malformed'
  const place = [holder.vault, doc, number]
  const [confirmed] = await tx.query(
    `SELECT 1 FROM doc_verdicts
      WHERE vault_id = $1 AND doc_id = $2 AND number = $3 AND verdict = 'ok' LIMIT 1`,
    place,
  )
  await tx.query(
    `INSERT INTO doc_verdicts VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (vault_id, doc_id, number, device_id)
      DO UPDATE SET verdict = excluded.verdict WHERE excluded.verdict = 'bad'`,
    [...place, holder.device, verdict],
  )
  // The week is counted from the first.
  if (verdict === 'ok' && !confirmed)
    await prunings.confirmed(tx, { vault: holder.vault, doc, number })
  return undefined
}
