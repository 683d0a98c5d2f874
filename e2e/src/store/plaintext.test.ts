import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseOptions, openSealedDatabase } from './sealed-database.ts'
import { fileDevice } from './sealed.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-plaintext-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const marker = 'planted-marker-that-must-not-be-found'
const settings = { shared_buffers: '512kB', work_mem: '64kB' }

/** Has the marker in tables, indexes, names, large values, temporary files and the log. */
async function plant(pg: PGlite): Promise<void> {
  const text = `'${marker}-' || i`
  await pg.exec(`
    CREATE TABLE "${marker}" (id integer PRIMARY KEY, body text);
    CREATE INDEX ON "${marker}" (left(body, 100));
    INSERT INTO "${marker}" SELECT i, ${text} FROM generate_series(1, 3000) i;
    INSERT INTO "${marker}" SELECT -i, repeat(${text}, 2) || (SELECT string_agg(md5(g::text) || ${text}, '')
      FROM generate_series(1, 400) g) FROM generate_series(1, 5) i;
    CREATE TEMP TABLE scratch AS SELECT body FROM "${marker}";
    SELECT count(*) FROM (SELECT body FROM "${marker}" ORDER BY body DESC, id) sorted;
    UPDATE "${marker}" SET body = body || 'x' WHERE id % 3 = 0;
    DELETE FROM "${marker}" WHERE id % 5 = 0;`)
  await pg.exec('CHECKPOINT')
}

const forms = ['utf8', 'utf16le', 'base64', 'hex'] as const
const found = (bytes: Buffer): string[] =>
  forms.filter((form) => {
    const plain = Buffer.from(marker)
    if (form === 'utf16le') return bytes.includes(Buffer.from(marker, form))
    return bytes.includes(form === 'utf8' ? plain : plain.toString(form).slice(0, 40))
  })

test('B1 nothing that was planted is found in the file, while open, when killed and when closed', async () => {
  const path = join(directory, 'store.pack')
  const options = { dataKey: new Uint8Array(32).fill(0x91), settings }
  const { pg, pack } = await openSealedDatabase(fileDevice(path), options)
  await plant(pg)
  expect(found(await readFile(path))).toEqual([])
  while (pack.compact(500));
  expect(found(await readFile(path))).toEqual([])
  await pg.close()
  const bytes = await readFile(path)
  expect(found(bytes)).toEqual([])
  for (const word of ['PG_VERSION', 'pg_wal', 'postgres', 'CREATE TABLE'])
    expect(bytes.includes(word), word).toBe(false)
})

test('B1 the file is as random as random bytes, in each 64 KiB', async () => {
  const bytes = await readFile(join(directory, 'store.pack'))
  // Behind the superblocks. χ² of 255 degrees of freedom: beyond 420 once in 10⁹ times.
  for (let at = 16_384; at + 65_536 <= bytes.length; at += 65_536) {
    const counts = new Uint32Array(256)
    for (const byte of bytes.subarray(at, at + 65_536)) counts[byte]! += 1
    const squares = counts.reduce((sum, count) => sum + (count - 256) ** 2 / 256, 0)
    expect(squares, `at ${at}`).toBeLessThan(420)
  }
})

test('the same search finds what is planted in a plain directory', async () => {
  const plain = join(directory, 'plain')
  const pg = new PGlite({ ...databaseOptions(settings), fs: new NodeFS(plain) })
  await pg.waitReady
  await plant(pg)
  await pg.close()
  const names = await readdir(plain, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile())
  const seen = await Promise.all(
    files.map(async ({ parentPath, name }) => found(await readFile(join(parentPath, name)))),
  )
  expect(seen.flat()).toContain('utf8')
})
