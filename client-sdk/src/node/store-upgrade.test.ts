import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { shapes } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { CivilDate } from '../calendar/index.ts'
import { upgrades } from '../client/schema.ts'
import { contactsDocument, createPen } from '../contacts/book.ts'
import { systemClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { createDocuments } from '../docs/documents.ts'
import { createClient, openSafe, until } from '../index.ts'
import type { StoreFiles } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { memoryFiles, openStore } from '../testing/index.ts'
import { openPlainStore } from '../testing/plain-store.ts'
import { openVault } from '../vault/vault.ts'
import { nodePlatform } from './index.ts'
import { runUntilKilled } from './killed-process.ts'

/** Hash of the tables of the first published version, which never change. */
const firstTables = '9e2bf779b8045ec4'

let root: string
/** A directory as the first version left it. */
let first: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'selene-upgrade-'))
  first = join(root, 'first')
  await makeFirstVersion(first)
})
afterAll(() => rm(root, { recursive: true, force: true }))

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
  const vault = await openVault(
    { store, crypto, clock: systemClock, renewed: async () => {} },
    'phone',
  )
  const deriver = { derive: async () => {}, settle: async () => {}, undo() {} }
  const deps = { store, crypto, vault, clock: systemClock, deriver }
  const documents = createDocuments(deps)
  const place = { id: vault.docId(contactsDocument), name: contactsDocument }
  await documents.write(async (tx) => {
    // Editing asks for tables that came later.
    const doc = await documents.read(contactsDocument, tx)
    createPen(doc, { writer: vault.device, at: 1 }).ownName('Ada')
    const update = Y.encodeStateAsUpdate(doc)
    await documents.merge(tx, place, [update])
    await documents.publish(tx, place, update)
  })
}

async function makeFirstVersion(directory: string): Promise<void> {
  await mkdir(directory)
  const store = await openPlainStore(new NodeFS(join(directory, 'database')), upgrades.slice(0, 1))
  expect(await tablesHash(store)).toBe(firstTables)
  await fillAsFirstVersion(store)
  await store.close()
}

async function copyOfFirst(name: string): Promise<string> {
  const directory = join(root, name)
  await cp(first, directory, { recursive: true })
  return directory
}

describe('C6 a store that was not sealed', () => {
  test('is taken over with all that is in it, brought up to date, and gone', async () => {
    const directory = await copyOfFirst('whole')
    const platform = nodePlatform({ directory })
    await using client = await createClient({ platform })
    expect(await until(client.contacts.ownName, () => true)).toBe('Ada')
    expect(await until(client.sos.incoming, () => true)).toEqual([])
    const date = '2026-03-10' as CivilDate
    await client.diary.edit(date, { 'bleeding.value': 2 })
    expect((await until(client.sync.state, () => true)).unsent).toBe(2)
    expect(await readdir(directory)).not.toContain('database')
  })

  test('shows itself to a safe, and is protected by the secret that she chooses', async () => {
    const directory = await copyOfFirst('safe')
    await using safe = await openSafe({ platform: nodePlatform({ directory }) })
    expect(await until(safe.state, () => true)).toMatchObject({ lock: 'new', unsealed: true })
    const { client } = await safe.create({ pin: '2580' })
    expect(await until(client.contacts.ownName, () => true)).toBe('Ada')
    const open = await until(safe.state, () => true)
    expect(open).toMatchObject({ lock: 'open' })
    expect(open.unsealed).toBeUndefined()
  })

  test.each([
    [1, 'killed'],
    [3, 'killed'],
    [6, 'killed'],
    [9, 'killed'],
    [99, 'ended'],
  ] as const)(
    'survives a process that is killed at flush %d of the new one',
    async (flush, end) => {
      const directory = await copyOfFirst(`killed-${flush}`)
      const program = `
      const client = await createClient({ platform: dyingPlatform(${JSON.stringify(directory)}) })
      await client.close()`
      expect(await runUntilKilled(program, flush)).toBe(end)
      const left = await readdir(directory)
      // One of the two is always there.
      expect(left.includes('database') || left.includes('store.selene')).toBe(true)
      await using client = await createClient({ platform: nodePlatform({ directory }) })
      expect(await until(client.contacts.ownName, () => true)).toBe('Ada')
      expect(await readdir(directory)).not.toContain('database')
    },
  )

  test('is removed at the next opening when that was interrupted', async () => {
    const directory = await copyOfFirst('interrupted')
    const platform = nodePlatform({ directory })
    const files: StoreFiles = {
      async open() {
        const opened = await platform.files.open()
        const remove = async (): Promise<void> => {
          await rm(join(directory, 'database', 'PG_VERSION'))
          throw new Error('the power is gone')
        }
        return { ...opened, plain: { ...opened.plain!, remove } }
      },
    }
    const client = await createClient({ platform: { ...platform, files } })
    expect(await until(client.contacts.ownName, () => true)).toBe('Ada')
    await client.close()
    expect(await readdir(directory)).toContain('database')
    await (await createClient({ platform })).close()
    expect(await readdir(directory)).not.toContain('database')
  })

  test('a database of somebody else that comes later is left alone', async () => {
    const directory = join(root, 'later')
    const platform = nodePlatform({ directory })
    await (await createClient({ platform })).close()
    await cp(join(first, 'database'), join(directory, 'database'), { recursive: true })
    await (await createClient({ platform })).close()
    expect(await readdir(directory)).toContain('database')
  })
})

test('a store has a copy of every shape with the columns and the key that the wire gives it', async () => {
  const store = await openStore(memoryFiles(), upgrades)
  for (const { table } of Object.values(shapes)) {
    const copy = [`shape_rows_${table.name}`]
    const columns = await store.query(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required
       FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 ORDER BY attnum`,
      copy,
    )
    expect(columns).toEqual(
      Object.entries(table.columns).map(([name, { sqlType: type }]) => ({
        name,
        type,
        required: true,
      })),
    )
    const key = await store.query<{ name: string }>(
      `SELECT a.attname AS name FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
       JOIN pg_attribute a ON a.attrelid = $1::text::regclass AND a.attnum = k.attnum
       WHERE i.indrelid = $1::text::regclass AND i.indisprimary ORDER BY k.place`,
      copy,
    )
    expect(key.map(({ name }) => name)).toEqual(table.key)
  }
  await store.close()
})
