/**
 * Content of this device's own envelopes that does not count although the server had stored them, sealed again as new
 * updates (W14): a cut lies below them, or the server has lost them and refuses them now. An honest server does
 * neither, so it is reported.
 */
import {
  currentEpoch,
  cutFor,
  decode,
  documentUpdate,
  documentVoid,
  encode,
  givenEnvelopes,
  parseEnvelope,
  stampUuid,
  type DocId,
  type OpId,
} from '@selene/shapes'
import { openEnvelope } from '../crypto/envelope.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import type { SealedOp } from '../sync/sealed-queue.ts'
import { resealedKey, wasStoredSql } from '../sync/sent-ops.ts'
import type { LocalVault } from '../vault/vault.ts'
import { putBack } from './put-back.ts'

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
}

type OwnEnvelope = Pick<SealedOp, 'kind' | 'body'>

/** What an envelope of this device says, as it waits to be sealed; `undefined` where nothing is to be sealed again. */
function contentOf({ crypto, vault }: Deps, { kind, body }: OwnEnvelope) {
  const parsed = parseEnvelope(body)
  const key = parsed.ok && vault.epochKey(parsed.value.header.epoch)
  const opened = key && openEnvelope(crypto, key, parsed.value)
  if (!opened || !opened.ok) throw new TypeError('an envelope of this device does not open')
  if (kind === 'doc.update') {
    const update = decode(documentUpdate, opened.content)
    return update.ok ? { at: update.value.at, content: update.value.update } : undefined
  }
  if (kind !== 'doc.void') return undefined
  const given = decode(documentVoid, opened.content)
  return given.ok
    ? { at: given.value.at, content: encode(givenEnvelopes, given.value.given) }
    : undefined
}

/** Puts the content of an envelope of this device back, as a new operation. Heads are all said again. */
async function sealAgain(tx: StoreTx, deps: Deps, own: OwnEnvelope & { docId: DocId }) {
  const { kind, docId, body } = own
  if (kind === 'doc.heads') return tx.script('DELETE FROM said_heads')
  const content = contentOf(deps, own)
  if (!content) return undefined
  const opId = stampUuid<OpId>(deps.crypto.random(16), 4)
  const envelope = { docId, docSeq: 0, hash: new Uint8Array(0), ...content }
  return putBack(tx, { opId, kind, body, edits: [], envelope })
}

interface SentRow extends OwnEnvelope {
  readonly device_seq: number
  readonly doc_id: DocId
}

/** What was stored under epochs that have ended and lies above their cuts; the epoch stands in the header (W4). */
const voidedSql = `
  SELECT s.device_seq, s.kind, s.doc_id, s.body
  FROM sent_ops s JOIN unnest($1::integer[], $2::bigint[]) AS cut (epoch, last)
    ON cut.epoch = ('x' || encode(substring(s.body FROM 3 FOR 4), 'hex'))::bit(32)::integer
  WHERE s.doc_id IS NOT NULL AND s.kind <> 'doc.snapshot' AND s.device_seq > cut.last
    AND s.device_seq > $3 AND ${wasStoredSql}
  ORDER BY s.device_seq DESC`

/**
 * Puts back what cuts have voided of this device's stored envelopes, once.
 * @returns Whether there was any: the server let an entry in with a cut that it knew to be wrong.
 */
export async function sealAgainAboveCuts(tx: StoreTx, deps: Deps): Promise<boolean> {
  const { vault } = deps
  const view = vault.view()
  const ended = currentEpoch(view).number - 1
  if (ended === 0 || !view.members.has(vault.device)) return false
  const epochs = Array.from({ length: ended }, (_, i) => i + 1)
  const cuts = epochs.map((epoch) => cutFor(view, epoch, vault.device))
  const done = (await readMeta<number>(tx, resealedKey)) ?? 0
  // The newest first: each is put before what waits.
  const rows = await tx.query<SentRow>(voidedSql, [epochs, cuts, done])
  const [last] = rows
  if (!last) return false
  for (const { doc_id: docId, ...row } of rows) await sealAgain(tx, deps, { ...row, docId })
  await writeMeta(tx, resealedKey, last.device_seq)
  return true
}

const wasStored = async (reader: Reader, { docId, hash }: NonNullable<SealedOp['envelope']>) => {
  const rows = await reader.query(
    `SELECT 1 FROM sent_ops s WHERE s.doc_id = $1 AND s.envelope_hash = $2 AND ${wasStoredSql}`,
    [docId, hash],
  )
  return rows.length > 0
}

/**
 * The server has lost an envelope of this device and refuses it now. Its content is put back, and the copy
 * of the server's rows goes back to before it: nothing that this device makes may stand on it.
 * @returns Whether the envelope was in a chain.
 */
export async function loseSent(tx: StoreTx, deps: Deps, op: SealedOp): Promise<boolean> {
  const { kind, body, envelope } = op
  if (!envelope || kind === 'doc.snapshot' || !(await wasStored(tx, envelope))) return false
  const parsed = parseEnvelope(body)
  if (!parsed.ok) throw new TypeError('an envelope of this device is not of its layout')
  const { doc, docSeq, docPrev, deviceSeq } = parsed.value.header
  const done = (await readMeta<number>(tx, resealedKey)) ?? 0
  if (deviceSeq > done) await sealAgain(tx, deps, { kind, body, docId: doc })
  const place = [doc, deps.vault.device, docSeq] as const
  await tx.query(
    'DELETE FROM shape_rows_doc_updates WHERE doc_id = $1 AND device_id = $2 AND doc_seq >= $3',
    place,
  )
  await tx.query(
    `UPDATE doc_heads SET doc_seq = $3 - 1, hash = $4
     WHERE doc_id = $1 AND device_id = $2 AND doc_seq >= $3`,
    [...place, docPrev],
  )
  await tx.query('DELETE FROM doc_heads WHERE doc_id = $1 AND device_id = $2 AND doc_seq = 0', [
    doc,
    deps.vault.device,
  ])
  return true
}
