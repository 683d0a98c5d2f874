import { mkdtemp, rm } from 'node:fs/promises'
import { fsyncSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type Store } from '../store/store.ts'
import { durableNodeFs } from './durable-node-fs.ts'

let directory: string
let store: Store
let synced = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-durable-'))
  const filesystem = durableNodeFs(join(directory, 'database'), (descriptor) => {
    synced += 1
    fsyncSync(descriptor)
  })
  const files = {
    kind: 'file',
    open: async () => ({ filesystem, release: async () => {} }),
  } as const
  store = await openStore(files, [(tx) => tx.script('CREATE TABLE notes (text text NOT NULL)')])
})
afterAll(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

test('C2 every commit is synced to the disk before it resolves, however many statements it has', async () => {
  for (let commit = 0; commit < 5; commit++) {
    const before = synced
    await store.write(async (tx) => {
      for (let i = 0; i < 20; i++) await tx.query('INSERT INTO notes VALUES ($1)', ['text'])
    })
    expect(synced - before).toBe(1)
  }
})

test('reading syncs nothing', async () => {
  const before = synced
  expect(await store.query('SELECT * FROM notes')).toHaveLength(100)
  expect(synced).toBe(before)
})
