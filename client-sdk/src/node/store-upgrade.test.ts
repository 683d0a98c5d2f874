import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localTableSql, shapes } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { upgrades } from '../client/schema.ts'
import { contactsDocument, createPen } from '../contacts/book.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { createDocuments } from '../docs/documents.ts'
import { createClient, until } from '../index.ts'
import { openStore, type Store } from '../store/store.ts'
import { contactShapeTable, syncTables } from '../sync/tables.ts'
import { openVault } from '../vault/vault.ts'
import { nodePlatform } from './index.ts'

/** Hash of the tables of the first published version, which never change. */
const firstTables = '9e2bf779b8045ec4'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-upgrade-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function tablesHash(store: Store): Promise<string> {
  const columns = await store.query(
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY table_name, column_name`,
  )
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex').slice(0, 16)
}

/** What an app of the first version had stored: its vault, and a document that it did not know. */
async function fillAsFirstVersion(store: Store): Promise<void> {
  const crypto = await loadPrimitives(systemRandom)
  const vault = await openVault({ store, crypto }, 'phone')
  const deriver = { derive: async () => {}, settle: async () => {}, undo() {} }
  const deps = { store, crypto, vault, clock: systemClock, deriver }
  const documents = createDocuments(deps)
  await documents.write((tx) =>
    documents.edit(tx, contactsDocument, (doc) =>
      createPen(doc, { writer: vault.device, at: 1 }).ownName('Ada'),
    ),
  )
}

describe('a store', () => {
  test('made by the first version is brought up to date with all that is in it', async () => {
    const platform = nodePlatform({ directory })
    const first = await openStore(platform.files, upgrades.slice(0, 1))
    expect(await tablesHash(first)).toBe(firstTables)
    await fillAsFirstVersion(first)
    await first.close()
    await using client = await createClient({ platform })
    expect(await until(client.contacts.ownName, () => true)).toBe('Ada')
    expect(await until(client.sos.incoming, () => true)).toEqual([])
    const date = '2026-03-10' as CivilDate
    await client.diary.edit(date, { 'bleeding.value': 2 })
    expect((await until(client.sync.state, () => true)).unsent).toBe(2)
  })

  test('has a copy of every shape with the columns that the wire gives it', () => {
    for (const { table } of Object.values(shapes))
      expect(`${syncTables}${contactShapeTable}`).toContain(`${localTableSql(table)};`)
  })
})
