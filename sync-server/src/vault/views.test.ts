import { headOf, type VaultId } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { databases, type OpenedDatabase } from '../../test/databases.ts'
import {
  addition,
  extend,
  newId,
  newMember,
  newVault,
  nextEntry,
  randomBytes,
  wireCrypto,
  type TestVault,
} from '../../test/device-fixture.ts'
import type { Queryable } from '../db/db.ts'
import { createVaultViews, type VaultViews } from './views.ts'

let opened: OpenedDatabase
beforeAll(async () => {
  opened = await databases[0]!.open()
})
afterAll(() => opened.drop())

let vault: TestVault
let views: VaultViews
/** How many entries each load has read. */
let reads: number[]
beforeEach(async () => {
  vault = newVault()
  views = createVaultViews({ crypto: wireCrypto }, { kept: 2 })
  reads = []
  await store(vault)
})

async function store({ view, entries }: TestVault): Promise<void> {
  await opened.db.query(`INSERT INTO accounts VALUES ($1, $2, '', $3, 3, 67108864, '2026-11-22')`, [
    view.vault,
    randomBytes(32),
    randomBytes(16),
  ])
  for (const [seq, entry] of entries.entries())
    await insert(view.vault, { seq, entry, hash: view.hashes[seq]! })
}

const insert = (
  id: VaultId,
  row: { seq: number; entry: Uint8Array; hash: Uint8Array },
  on: Queryable = opened.db,
) =>
  on.query('INSERT INTO vault_log (vault_id, seq, entry, entry_hash) VALUES ($1, $2, $3, $4)', [
    id,
    row.seq,
    row.entry,
    row.hash,
  ])

/** Another device's entry on the stored head. */
function grow({ view, founder }: TestVault) {
  const member = newMember()
  const entry = nextEntry(view, addition(member), founder, [member])
  const grown = extend(view, entry)
  return { view: grown, row: { ...headOf(grown), entry } }
}

const counted = (on: Queryable): Queryable => ({
  async query<R extends object>(sql: string, params: Parameters<Queryable['query']>[1]) {
    const rows = await on.query<R>(sql, params)
    reads.push(rows.length)
    return rows
  },
  script: (sql) => on.script(sql),
})
const load = (id = vault.view.vault, on: Queryable = opened.db) => views.load(counted(on), id)

test('a log is folded once, and then only what is new', async () => {
  expect((await load())?.hashes).toEqual(vault.view.hashes)
  await load()
  const { view, row } = grow(vault)
  await insert(view.vault, row)
  expect((await load())?.members).toEqual(view.members)
  expect(reads).toEqual([2, 1, 2])
})

test('what a transaction had added and rolled back is gone from the view too', async () => {
  const { view, row } = grow(vault)
  const seen = opened.db.transaction(async (tx) => {
    await insert(view.vault, row, tx)
    expect((await load(view.vault, tx))?.hashes).toHaveLength(3)
    throw new Error('rolled back')
  })
  await expect(seen).rejects.toThrow('rolled back')
  expect((await load())?.hashes).toEqual(vault.view.hashes)
})

test('a log that was restored to another history is folded anew', async () => {
  const [one, two] = [grow(vault), grow(vault)]
  await insert(one.view.vault, one.row)
  await load()
  await opened.db.query('DELETE FROM vault_log WHERE vault_id = $1 AND seq = 2', [one.view.vault])
  await insert(two.view.vault, two.row)
  expect((await load())?.hashes).toEqual(two.view.hashes)
})

test('only so many views are kept, those used last', async () => {
  const others = [newVault(), newVault()]
  for (const other of others) await store(other)
  await load()
  await load(others[0]!.view.vault)
  await load()
  await load(others[1]!.view.vault)
  reads = []
  await load()
  await load(others[0]!.view.vault)
  expect(reads).toEqual([1, 2])
})

test('an unknown vault has no view', async () => {
  expect(await load(newId<VaultId>())).toBeUndefined()
})

test('a stored log that does not verify is a fault, not a view', async () => {
  const { view, row } = grow(vault)
  await insert(view.vault, { ...row, entry: randomBytes(300) })
  await expect(load()).rejects.toThrow(/does not verify at entry 2/)
})
