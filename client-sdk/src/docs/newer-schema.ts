/**
 * Documents of a newer app (W31). As soon as an envelope or a snapshot of a greater major counts, the document is
 * read-only for this version: what it understood before stands, the rest waits whole, and nothing is written to it or
 * made of it, until an app that knows the schema goes on where this one waits.
 */
import type { DocId } from '@selene/shapes'
import type { Reader, StoreTx } from '../store/store.ts'
import type { Documents } from './documents.ts'
import type { Inbox } from './inbox.ts'
import type { Snapshots } from './snapshots.ts'

const newerCode = 'doc/newer-schema'

/** Documents of a newer schema, as a list for SQL. */
const newerDocsSql = `(SELECT doc_id FROM quarantine WHERE code = '${newerCode}'
  UNION ALL SELECT doc_id FROM snapshot_checks WHERE found = '${newerCode}')`

/** Whether this version only reads the document. */
export async function isNewer(reader: Reader, doc: DocId): Promise<boolean> {
  const [row] = await reader.query<{ newer: boolean }>(`SELECT $1 IN ${newerDocsSql} AS newer`, [
    doc,
  ])
  return row!.newer
}

/** Takes what another version of this app has waited at, once this one knows it. */
export async function resumeNewer(
  deps: { readonly documents: Documents; readonly inbox: Inbox; readonly snapshots: Snapshots },
  reader: Reader,
): Promise<void> {
  const rows = await reader.query(`SELECT 1 FROM ${newerDocsSql} AS newer LIMIT 1`)
  if (rows.length === 0) return
  await deps.documents.write(async (tx: StoreTx) => {
    await deps.inbox.advance(tx)
    await deps.snapshots.check(tx)
  })
}
