/** What came of grants: pages of others, and the last page of each grant of hers that this device knows to be stored. */
import type { ContactId, GrantId } from '@selene/shapes'
import type { Reader, StoreTx } from '../store/store.ts'
import type { GrantPage } from './page.ts'

export const grantTables = `
CREATE TABLE received_grants (
  grant_id uuid PRIMARY KEY,
  contact_id uuid NOT NULL,
  scope integer NOT NULL,
  expires_at bigint NOT NULL,
  -- 0 and no page until one has come.
  revision integer NOT NULL,
  page json
);
CREATE TABLE stored_pages (
  grant_id uuid PRIMARY KEY,
  revision integer NOT NULL,
  content_hash bytea NOT NULL
);`

export interface ReceivedRow {
  readonly grant_id: GrantId
  readonly contact_id: ContactId
  readonly scope: number
  readonly expires_at: number
  readonly revision: number
  readonly page: GrantPage | null
}

export const readReceived = (reader: Reader): Promise<ReceivedRow[]> =>
  reader.query<ReceivedRow>('SELECT * FROM received_grants ORDER BY grant_id')

export async function writeReceived(tx: StoreTx, row: ReceivedRow): Promise<void> {
  await tx.query(
    `INSERT INTO received_grants VALUES ($1, $2, $3, $4, $5, $6::text::json)
     ON CONFLICT (grant_id) DO UPDATE SET revision = excluded.revision, page = excluded.page`,
    [
      row.grant_id,
      row.contact_id,
      row.scope,
      row.expires_at,
      row.revision,
      row.page && JSON.stringify(row.page),
    ],
  )
}

export async function dropReceived(tx: StoreTx, ids: readonly GrantId[]): Promise<void> {
  await tx.query('DELETE FROM received_grants WHERE grant_id = ANY ($1::uuid[])', [ids])
}

export interface StoredPage {
  readonly revision: number
  readonly hash: Uint8Array
}

export async function readStored(reader: Reader, id: GrantId): Promise<StoredPage | undefined> {
  const [row] = await reader.query<StoredPage>(
    'SELECT revision, content_hash AS hash FROM stored_pages WHERE grant_id = $1',
    [id],
  )
  return row
}

export async function writeStored(tx: StoreTx, id: GrantId, stored: StoredPage): Promise<void> {
  await tx.query(
    `INSERT INTO stored_pages VALUES ($1, $2, $3) ON CONFLICT (grant_id)
     DO UPDATE SET revision = excluded.revision, content_hash = excluded.content_hash`,
    [id, stored.revision, stored.hash],
  )
}
