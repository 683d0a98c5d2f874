import { expect, test } from 'vitest'
import type { Change } from './change.ts'
import { createRecent, indexOf, type Batch } from './recent.ts'

const row = (owner: string | null) => ({ key: 'k', values: ['id', owner] })

/** A change of a row of `before` that became one of `after`. */
const change = (tx: bigint, op: number, before?: string | null, after?: string | null): Change => ({
  tx,
  op,
  id: tx,
  xid: 1n,
  oldRow: before === undefined ? null : '(id)',
  newRow: after === undefined ? null : '(id)',
  before: before === undefined ? undefined : row(before),
  after: after === undefined ? undefined : row(after),
})

const batch = (...changes: Change[]): Batch => ({
  changes,
  indexes: new Map([['owner', indexOf(changes, 1)]]),
})
const of = (value: string) => ({ column: 'owner', value })
const places = (found: ReturnType<ReturnType<typeof createRecent>['after']>) =>
  found?.changes.map(({ tx, op }) => `${tx}_${op}`)

test('E6 what follows a place, within a transaction too, and nothing from before the beginning', () => {
  const recent = createRecent(4n, 1_000_000)
  recent.extend(batch(change(6n, 0, 'a', 'a'), change(8n, 0, 'a', 'b'), change(8n, 2, 'b')), 10n)
  recent.extend(batch(change(12n, 0, undefined, 'a')), 14n)
  expect(places(recent.after({ tx: 5n, op: 0 }))).toEqual(['6_0', '8_0', '8_2', '12_0'])
  expect(places(recent.after({ tx: 8n, op: 0 }))).toEqual(['8_2', '12_0'])
  expect(recent.after({ tx: 15n, op: 0 })).toEqual({ changes: [], upTo: 14n })
  expect(recent.after({ tx: 4n, op: 0 })).toBeUndefined()
})

test('E6 a route leaves out what it rules out: rows that leave and rows that come belong', () => {
  const recent = createRecent(0n, 1_000_000)
  recent.extend(batch(change(2n, 0, 'a', 'b'), change(2n, 2, 'c', 'c'), change(4n, 0, null)), 4n)
  const from = { tx: 1n, op: 0 }
  expect(places(recent.after(from, of('a')))).toEqual(['2_0'])
  expect(places(recent.after(from, of('b')))).toEqual(['2_0'])
  expect(places(recent.after(from, of('c')))).toEqual(['2_2'])
  expect(places(recent.after(from, of('d')))).toEqual([])
  // Nobody was told apart by this column when the changes came.
  expect(places(recent.after(from, { column: 'id', value: 'x' }))).toHaveLength(3)
})

test('E6 the oldest are let go, whole transactions at a time', () => {
  const recent = createRecent(0n, 700)
  recent.extend(batch(change(2n, 0, 'a'), change(2n, 2, 'a')), 4n)
  expect(places(recent.after({ tx: 1n, op: 0 }))).toHaveLength(2)
  recent.extend(batch(change(6n, 0, 'a')), 6n)
  recent.extend(batch(change(8n, 0, 'a')), 8n)
  expect(recent.after({ tx: 1n, op: 0 })).toBeUndefined()
  expect(recent.after({ tx: 2n, op: 0 })).toBeUndefined()
  expect(places(recent.after({ tx: 5n, op: 0 }))).toEqual(['6_0', '8_0'])
})
