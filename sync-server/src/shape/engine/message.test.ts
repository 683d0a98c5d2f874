import { expect, test } from 'vitest'
import { isVisible, type Change } from './change.ts'
import { changeMessages, isTold, snapshotEnd, upToDate } from './message.ts'
import type { Question } from './question.ts'

const question: Question = {
  relation: {
    oid: 1,
    schema: 'public',
    name: 'item',
    columns: ['id', 'hidden', 'label', 'note'].map((name) => ({ name, type: 'text' })),
    key: ['id'],
    told: [],
    signature: '',
  },
  columns: ['id', 'label', 'note'],
  where: { sql: 'true', equalities: [], isExact: true, parameters: 0, places: [], types: [] },
  params: [],
  queryable: undefined,
  replica: 'default',
  changesOnly: false,
  routes: [],
  isRouted: true,
  hash: '',
}
const full: Question = { ...question, replica: 'full' }
const before = { key: '"public"."item"/"1"', values: ['1', 'x', 'a', null] }
const after = { key: '"public"."item"/"1"', values: ['1', 'y', 'b', null] }
const renamed = { key: '"public"."item"/"2"', values: ['2', 'y', 'b', null] }
const change: Change = {
  tx: 12n,
  op: 2,
  id: 10n,
  xid: 4294967303n,
  oldRow: '',
  newRow: '',
  before: undefined,
  after: undefined,
}

const messages = (of: Question, rows: Partial<Change>, last = false): unknown[] =>
  changeMessages(of, { ...change, ...rows }, last).map((text) => JSON.parse(text) as unknown)
const headers = { relation: ['public', 'item'], lsn: '12', op_position: 2, txids: [7] }

test('a row that enters the shape is told whole', () => {
  for (const of of [question, full])
    expect(messages(of, { after })).toEqual([
      {
        key: after.key,
        value: { id: '1', label: 'b', note: null },
        headers: { operation: 'insert', ...headers },
      },
    ])
})
test('a change is told by its key and what changed; in full, by the row and what it was', () => {
  expect(messages(question, { before, after })).toEqual([
    {
      key: after.key,
      value: { id: '1', label: 'b' },
      headers: { operation: 'update', ...headers },
    },
  ])
  expect(messages(full, { before, after })).toEqual([
    {
      key: after.key,
      value: { id: '1', label: 'b', note: null },
      old_value: { label: 'a' },
      headers: { operation: 'update', ...headers },
    },
  ])
})
test('a row that leaves the shape is told by its key; in full, by the row', () => {
  const told = { key: before.key, headers: { operation: 'delete', ...headers, last: true } }
  expect(messages(question, { before }, true)).toEqual([{ ...told, value: { id: '1' } }])
  expect(messages(full, { before }, true)).toEqual([
    { ...told, value: { id: '1', label: 'a', note: null } },
  ])
})
test('another key is a row gone and a row come, which know of each other', () => {
  expect(messages(question, { before, after: renamed }, true)).toEqual([
    {
      key: before.key,
      value: { id: '1' },
      headers: { operation: 'delete', ...headers, key_change_to: renamed.key },
    },
    {
      key: renamed.key,
      value: { id: '2', label: 'b', note: null },
      headers: {
        ...headers,
        operation: 'insert',
        op_position: 3,
        key_change_from: before.key,
        last: true,
      },
    },
  ])
})
test('what changes nothing that the reader sees is not told', () => {
  const unseen = { ...before, values: ['1', 'y', 'a', null] }
  expect(isTold(question, { ...change, before, after: unseen })).toBe(false)
  expect(isTold(question, { ...change, before, after })).toBe(true)
  expect(isTold(question, change)).toBe(false)
  expect(isTold(question, { ...change, after })).toBe(true)
})
test('control messages', () => {
  expect(JSON.parse(upToDate(13n))).toEqual({
    headers: { control: 'up-to-date', global_last_seen_lsn: '13' },
  })
  expect(JSON.parse(snapshotEnd('10:20:11,14'))).toEqual({
    headers: { control: 'snapshot-end', xmin: '10', xmax: '20', xip_list: ['11', '14'] },
  })
  expect(JSON.parse(snapshotEnd('10:10:'))).toEqual({
    headers: { control: 'snapshot-end', xmin: '10', xmax: '10', xip_list: [] },
  })
})
test('E4 a snapshot sees what had ended', () => {
  const seen = [9n, 10n, 11n, 19n, 20n].map((xid) => isVisible(xid, '10:20:11,14'))
  expect(seen).toEqual([true, true, false, true, false])
})
