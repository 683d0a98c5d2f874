/**
 * A table to write to in somebody's database, for the contract suite against a server that reads it.
 * A table of that name which the suite did not make is never touched.
 */
import type { VaultId } from '@selene/shapes'
import type { Db } from '../src/db/db.ts'
import type { Ground } from './upstream.contract.ts'

const mark = 'made by the conformance suite of Selene; may be dropped'

export interface ConformanceGround extends Ground {
  /** Takes the table away again. */
  close(): Promise<void>
}

async function clear(db: Db): Promise<void> {
  const [found] = await db.query<{ comment: string | null }>(
    `SELECT obj_description(oid, 'pg_class') AS comment FROM pg_class
      WHERE oid = to_regclass('public.vault_log')`,
  )
  if (found && found.comment !== mark)
    throw new Error(
      'The database has a table vault_log that the suite did not make. Name one of its own.',
    )
  if (found) await db.script('DROP TABLE public.vault_log')
}

/** @throws Error when the database has such a table already. */
export async function openConformanceGround(db: Db): Promise<ConformanceGround> {
  await clear(db)
  await db.script(`
    CREATE TABLE public.vault_log (
      vault_id uuid NOT NULL,
      seq integer NOT NULL,
      entry bytea NOT NULL,
      entry_hash bytea NOT NULL,
      PRIMARY KEY (vault_id, seq)
    );
    ALTER TABLE public.vault_log REPLICA IDENTITY FULL;
    COMMENT ON TABLE public.vault_log IS '${mark}'`)
  return {
    db: () => db,
    newVault: async () => crypto.randomUUID() as VaultId,
    close: () => clear(db),
  }
}
