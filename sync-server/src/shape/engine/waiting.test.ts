import { expect, test } from 'vitest'
import type { Relation } from './relation.ts'
import { createWaiting } from './waiting.ts'

const relation = (oid: number): Relation => ({
  oid,
  schema: 'public',
  name: 'item',
  columns: [],
  key: [],
  told: [],
  signature: '',
})

const changed = { why: 'changed', since: 4n } as const
const owner = { oid: 1, column: 'owner' }

test('E6 a change wakes those whom it concerns, once each, and no others', () => {
  const waiting = createWaiting()
  const woken: string[] = []
  const add = (name: string, oid: number, value?: string) =>
    waiting.add(
      { relation: relation(oid), routes: value === undefined ? [] : [{ column: 'owner', value }] },
      () => woken.push(name),
    )
  const wokenBy = (ring: () => void): string[] => {
    ring()
    return woken.splice(0).toSorted()
  }
  const leave = add('ada', 1, 'a')
  add('ada again', 1, 'a')
  add('bea', 1, 'b')
  add('all', 1)
  add('other table', 2, 'a')

  expect(wokenBy(() => waiting.ringValues(owner, ['a', 'c'], changed))).toEqual([
    'ada',
    'ada again',
  ])
  expect(wokenBy(() => waiting.ringValues({ oid: 1, column: 'label' }, ['a'], changed))).toEqual([])
  expect(wokenBy(() => waiting.ringGeneral(1, changed))).toEqual(['all'])
  expect(wokenBy(() => waiting.ringAll(2))).toEqual(['other table'])
  expect(wokenBy(() => waiting.ringAll())).toHaveLength(5)
  expect(waiting.columnsOf(1)).toEqual(['owner'])
  leave()
  expect(wokenBy(() => waiting.ringValues(owner, ['a'], changed))).toEqual(['ada again'])
})

test('nobody is left when everyone has gone', () => {
  const waiting = createWaiting()
  const route = { column: 'owner', value: 'a' }
  const leaves = [
    waiting.add({ relation: relation(1), routes: [] }, () => {}),
    waiting.add({ relation: relation(1), routes: [] }, () => {}),
    waiting.add({ relation: relation(1), routes: [route] }, () => {}),
  ]
  expect(waiting.isEmpty()).toBe(false)
  for (const leave of leaves) leave()
  expect(waiting.isEmpty()).toBe(true)
  expect(waiting.columnsOf(1)).toEqual([])
})
