import { expect, test } from 'vitest'
import type { Queryable } from '../../db/db.ts'
import { createWatermark } from './watermark.ts'

/** The catalog as it might be at each moment; prepared transactions need a server set up for them. */
function moments() {
  let taken = 0n
  let writers: readonly string[] = []
  const answers: [part: string, rows: () => object[]][] = [
    ['shape.horizon', () => [{ number: 0n }]],
    ['shape.change_id', () => [{ number: taken, writers }]],
  ]
  const db: Queryable = {
    query: <R extends object>(sql: string) =>
      Promise.resolve(answers.find(([part]) => sql.includes(part))![1]() as R[]),
    script: () => Promise.reject(new TypeError('nothing is scripted')),
  }
  const watermark = createWatermark(db)
  return {
    watermark,
    async at(number: bigint, ...atWork: string[]): Promise<bigint> {
      taken = number
      writers = atWork
      return (await watermark.advance()).settled
    },
  }
}

test('E2 with nobody at work everything is settled', async () => {
  const { watermark, at } = moments()
  expect(await at(8n)).toBe(8n)
  expect(watermark.isPending()).toBe(false)
})

test('E2 a number is settled when all who were at work when it was the last have ended', async () => {
  const { watermark, at } = moments()
  expect(await at(8n, '3/1', '4/1')).toBe(0n)
  expect(await at(10n, '4/1', '5/1')).toBe(0n)
  expect(watermark.isPending()).toBe(true)
  expect(await at(12n, '5/1', '3/2')).toBe(8n)
  expect(await at(14n, '3/2')).toBe(10n)
  expect(await at(14n)).toBe(14n)
  expect(watermark.isPending()).toBe(false)
})

test('E2 a prepared transaction goes by another name, so nothing behind it is settled', async () => {
  const { at } = moments()
  expect(await at(8n, '3/1')).toBe(0n)
  expect(await at(10n, '-1/700')).toBe(0n)
  expect(await at(12n)).toBe(12n)
})

test('E2 marks are thinned out under many overlapping writers, which loses none of the numbers', async () => {
  const { at } = moments()
  let settled = 0n
  for (let number = 2n; number < 2000n; number += 2n) {
    const before = settled
    settled = await at(number, '1/1', `2/${number}`)
    expect(settled).toBe(before)
  }
  expect(await at(2000n)).toBe(2000n)
})
