/**
 * What the server refused for good (C15) and a person decides about: it is sent once more under a new id, or given up.
 * Nothing here happens by itself.
 */
import { stampUuid, type DocId, type OpId, type ProblemCode } from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import { putBackEdit } from './put-back.ts'

/** An operation that the server refused for good; its content is kept. */
export interface SetAside {
  readonly opId: OpId
  readonly kind: string
  readonly code: ProblemCode
  /** Milliseconds since 1970. */
  readonly at: number
  /** Whether it can be sent once more: what was written to a document that is here. */
  readonly retriable: boolean
}

interface RefusedRow {
  readonly docId: DocId
  /** The document's. */
  readonly name: string
  readonly at: number
  readonly content: Uint8Array
}

export const listRefused = (reader: Reader): Promise<SetAside[]> =>
  reader.query<SetAside>(
    `SELECT op_id AS "opId", kind, code, at, kind = 'doc.update' AND EXISTS (
       SELECT 1 FROM documents d WHERE d.doc_id = s.doc_id) AS retriable
     FROM set_aside s ORDER BY at, op_id`,
  )

/** Of one that is `retriable`. */
export async function readRefused(reader: Reader, id: OpId): Promise<RefusedRow | undefined> {
  const [row] = await reader.query<RefusedRow>(
    `SELECT s.doc_id AS "docId", d.name, s.at, s.content FROM set_aside s
       JOIN documents d ON d.doc_id = s.doc_id WHERE s.op_id = $1 AND s.kind = 'doc.update'`,
    [id],
  )
  return row
}

/** Forgets it; says whether it was there. */
export async function dropRefused(tx: StoreTx, id: OpId): Promise<boolean> {
  const gone = await tx.query('DELETE FROM set_aside WHERE op_id = $1 RETURNING op_id', [id])
  return gone.length > 0
}

/**
 * Puts it back before what was written since, which may build on it. The id is a new one: the server has refused the
 * old one, and says so again. `undefined` for one that cannot be sent once more.
 */
export async function queueRefused(
  tx: StoreTx,
  crypto: Primitives,
  id: OpId,
): Promise<OpId | undefined> {
  const row = await readRefused(tx, id)
  if (!row) return undefined
  await dropRefused(tx, id)
  const opId = stampUuid<OpId>(crypto.random(16), 4)
  const { docId, at, content } = row
  await putBackEdit(tx, { opId, edits: [opId], docId, at, content })
  return opId
}
