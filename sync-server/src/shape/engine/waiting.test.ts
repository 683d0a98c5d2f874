import { expect, test } from 'vitest'
import type { Relation } from './relation.ts'
import { createWaiting } from './waiting.ts'

const relation = (oid: number): Relation => ({
  oid,
  schema: 'public',
  name: 'item',
  columns: [],
  key: [],
  signature: '',
})

test('E6 a change wakes those whom it concerns, once each, and no others', () => {
  const waiting = createWaiting()
  const woken: string[] = []
  const add = (name: string, oid: number, value?: string) =>
    waiting.add(
      { relation: relation(oid), ...(value !== undefined && { only: { column: 'owner', value } }) },
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

  expect(wokenBy(() => waiting.ringValues(1, 'owner', ['a', 'c']))).toEqual(['ada', 'ada again'])
  expect(wokenBy(() => waiting.ringValues(1, 'label', ['a']))).toEqual([])
  expect(wokenBy(() => waiting.ringGeneral(1))).toEqual(['all'])
  expect(wokenBy(() => waiting.ringAll(2))).toEqual(['other table'])
  expect(wokenBy(() => waiting.ringAll())).toHaveLength(5)
  expect(waiting.columnsOf(1).map(({ column }) => column)).toEqual(['owner'])
  leave()
  expect(wokenBy(() => waiting.ringValues(1, 'owner', ['a']))).toEqual(['ada again'])
})

test('nobody is left when everyone has gone', () => {
  const waiting = createWaiting()
  const leaves = [waiting.add({ relation: relation(1) }, () => {})]
  leaves.push(waiting.add({ relation: relation(1) }, () => {}))
  expect(waiting.isEmpty()).toBe(false)
  for (const leave of leaves) leave()
  expect(waiting.isEmpty()).toBe(true)
})
