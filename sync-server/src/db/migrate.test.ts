import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Db } from './db.ts'
import { migrate } from './migrate.ts'
import { createPgliteDb } from './pglite.ts'

let db: Db
let directory: URL

beforeAll(async () => {
  db = await createPgliteDb()
})
afterAll(() => db.close())

beforeEach(async () => {
  await db.script('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  const path = await mkdtemp(join(tmpdir(), 'selene-migrations-'))
  directory = pathToFileURL(`${path}/`)
  return () => rm(path, { recursive: true })
})

const put = (files: Record<string, string>) =>
  Promise.all(Object.entries(files).map(([name, sql]) => writeFile(new URL(name, directory), sql)))

test('files run once, in order, and are recorded', async () => {
  await put({
    '0001_one.sql': 'CREATE TABLE one (id integer);',
    '0002_two.sql': 'ALTER TABLE one ADD COLUMN label text; CREATE TABLE two (id integer);',
    'README.md': 'not a migration',
    'schema.sql': 'nor is this',
  })
  const lines: string[] = []
  const first = await migrate(db, { directory, log: (line) => lines.push(line) })
  expect(first).toEqual({ applied: ['one', 'two'] })
  expect(lines).toEqual(['migration 0001 one applied', 'migration 0002 two applied'])
  expect(await migrate(db, { directory })).toEqual({ applied: [] })
  await put({ '0003_three.sql': 'CREATE TABLE three (id integer);' })
  expect(await migrate(db, { directory })).toEqual({ applied: ['three'] })
  expect(
    await db.query('SELECT version, name, length(sha256) AS digits FROM schema_migrations'),
  ).toEqual([
    { version: 1, name: 'one', digits: 64 },
    { version: 2, name: 'two', digits: 64 },
    { version: 3, name: 'three', digits: 64 },
  ])
})

test('several callers at once apply each file once', async () => {
  await put({ '0001_one.sql': 'CREATE TABLE one (id integer);' })
  const results = await Promise.all([1, 2, 3].map(() => migrate(db, { directory })))
  expect(results.flatMap(({ applied }) => applied)).toEqual(['one'])
})

test('a migration that fails leaves nothing of itself and can be mended', async () => {
  await put({
    '0001_one.sql': 'CREATE TABLE one (id integer);',
    '0002_two.sql': 'CREATE TABLE two (id integer); SELECT 1 / 0;',
  })
  await expect(migrate(db, { directory })).rejects.toMatchObject({ code: '22012' })
  expect(await db.query(`SELECT to_regclass('two')::text AS two`)).toEqual([{ two: null }])
  await put({ '0002_two.sql': 'CREATE TABLE two (id integer);' })
  expect(await migrate(db, { directory })).toEqual({ applied: ['two'] })
})

const refusals: [
  what: string,
  before: Record<string, string>,
  after: Record<string, string>,
  why: RegExp,
][] = [
  [
    'a file that changed',
    { '0001_a.sql': 'SELECT 1' },
    { '0001_a.sql': 'SELECT 2' },
    /1 \(a\) changed/,
  ],
  ['a gap', {}, { '0001_a.sql': 'SELECT 1', '0003_c.sql': 'SELECT 1' }, /number 2 was expected/],
  [
    'a number used twice',
    {},
    { '0001_a.sql': 'SELECT 1', '0001_b.sql': 'SELECT 1' },
    /number 2 was expected/,
  ],
  ['another kind of name', {}, { '1_a.sql': 'SELECT 1' }, /not named NNNN_name\.sql/],
]
test.each(refusals)('%s is refused before anything runs', async (_, before, after, why) => {
  await put(before)
  await migrate(db, { directory })
  await put(after)
  await expect(migrate(db, { directory })).rejects.toThrow(why)
  expect(await db.query('SELECT version FROM schema_migrations')).toHaveLength(
    Object.keys(before).length,
  )
})

test('a database newer than the files is refused', async () => {
  await put({ '0001_a.sql': 'SELECT 1', '0002_b.sql': 'SELECT 1' })
  await migrate(db, { directory })
  await rm(new URL('0002_b.sql', directory))
  await expect(migrate(db, { directory })).rejects.toThrow(/lacks 2 \(b\)/)
})
