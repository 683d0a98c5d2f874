/** What docs/electric.md has people run on their database does what the page says. */
import { readFile } from 'node:fs/promises'
import { shapeRequest, shapes, type VaultId } from '@selene/shapes'
import { expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import { createShapeEngine } from '../src/shape/engine/engine.ts'
import { onEachDatabase } from './databases.ts'

const page = new URL('../../docs/electric.md', import.meta.url)
const nobodyLeaves = new AbortController().signal
const request = shapeRequest('vault_log', crypto.randomUUID() as VaultId)
const triggers = `SELECT 1 FROM pg_trigger WHERE tgrelid = 'vault_log'::regclass AND NOT tgisinternal`

/** The statement on the page that begins with these words. */
async function statement(beginning: string): Promise<string> {
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/```sql\n(.*?)```/gs)]
  const found = blocks.map((block) => block[1]!).find((sql) => sql.startsWith(beginning))
  if (found === undefined) throw new Error(`the page has no statement ${beginning}`)
  return found
}

onEachDatabase('changing over to Electric', (database) => {
  test('leaves nothing of the engine behind that writes, and the engine can come back', async () => {
    const { db, drop } = await database.open()
    const handleNow = async (): Promise<string | null> => {
      const engine = createShapeEngine({ db, clock: systemClock })
      const start = new URLSearchParams('offset=-1')
      const { status, headers } = await engine.read(request, start, nobodyLeaves)
      await engine.close()
      expect(status).toBe(200)
      return headers.get('electric-handle')
    }
    try {
      const before = await handleNow()
      expect(await db.query(triggers)).not.toEqual([])
      await db.script(await statement('DO $$'))
      expect(await db.query(triggers)).toEqual([])
      expect(await handleNow()).not.toBe(before)
      expect(await db.query(triggers)).not.toEqual([])
    } finally {
      await drop()
    }
  })

  test('lets Electric read the tables that have a shape', async () => {
    const { db, drop } = await database.open()
    const role = `electric_${crypto.randomUUID().replaceAll('-', '')}`
    const named = (sql: string): string => sql.replaceAll(/\belectric\b/g, role)
    try {
      await db.script(named(await statement('CREATE ROLE')))
      const readable = await db.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
          AND has_table_privilege($1, oid, 'SELECT') AND relname NOT LIKE 'spatial_ref_sys' ORDER BY 1`,
        [role],
      )
      expect(readable.map(({ name }) => name)).toEqual(Object.keys(shapes).toSorted())
      await db.script(await statement('SELECT pg_drop_replication_slot'))
    } finally {
      await db.script(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
      await drop()
    }
  })
})
