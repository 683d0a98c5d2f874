/**
 * Sealed envelopes of this device that the server has (W26): kept, so that a server which was restored from a
 * backup gets the same bytes again, until a snapshot covers them and they are gone from the server for that.
 */
import type { StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'

export async function forgetSent(tx: StoreTx, vault: Pick<LocalVault, 'device'>): Promise<void> {
  await tx.query(
    `DELETE FROM sent_ops s USING doc_covers c
     WHERE c.doc_id = s.doc_id AND c.device_id = $1 AND s.kind <> 'doc.snapshot'
       AND s.doc_seq <= c.doc_seq AND NOT EXISTS (SELECT 1 FROM shape_rows_doc_updates r
         WHERE r.doc_id = s.doc_id AND r.device_id = $1 AND r.doc_seq = s.doc_seq)`,
    [vault.device],
  )
  // What else was sent before the oldest update that is kept would leave a hole behind it anyway.
  await tx.query(
    `DELETE FROM sent_ops WHERE kind <> 'doc.update'
       AND device_seq < (SELECT min(device_seq) FROM sent_ops WHERE kind = 'doc.update')`,
  )
}
