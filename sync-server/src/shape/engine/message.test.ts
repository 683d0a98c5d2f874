import { expect, test } from 'vitest'
import { changeMessage, snapshotEnd, upToDate, type Change } from './message.ts'
import type { Relation } from './relation.ts'

const relation: Relation = {
  oid: 1,
  schema: 'public',
  name: 'item',
  columns: [],
  key: ['id'],
  signature: '',
}
const columns = ['id', 'label', 'note']
const before = { oldKey: '"public"."item"/"1"', oldValues: ['1', 'a', null] }
const after = { newKey: '"public"."item"/"1"', newValues: ['1', 'b', null] }
const absent = { oldKey: null, oldValues: null, newKey: null, newValues: null }
const place = { tx: 12n, op: 2n, xid: '4294967303', last: false }

const message = (change: Partial<Change>): unknown =>
  JSON.parse(changeMessage(relation, columns, { ...absent, ...place, ...change }))
const headers = { relation: ['public', 'item'], lsn: '12', op_position: 2, txids: [7] }

test('a row that enters the shape is told whole', () => {
  expect(message(after)).toEqual({
    key: after.newKey,
    value: { id: '1', label: 'b', note: null },
    headers: { operation: 'insert', ...headers },
  })
})
test('a change is told by its key and what changed', () => {
  expect(message({ ...before, ...after })).toEqual({
    key: after.newKey,
    value: { id: '1', label: 'b' },
    headers: { operation: 'update', ...headers },
  })
})
test('a row that leaves the shape is told by its key', () => {
  expect(message({ ...before, last: true })).toEqual({
    key: before.oldKey,
    value: { id: '1' },
    headers: { operation: 'delete', ...headers, last: true },
  })
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
