import { expect, test } from 'vitest'
import type { Queryable } from '../../db/db.ts'
import { createBodies, mostKeptBytes } from './bodies.ts'

/** A table of chunks that counts how often it is read. */
function stored(chunks: ReadonlyMap<string, string>) {
  let reads = 0
  const db: Queryable = {
    query<R extends object>(_: string, params: readonly unknown[] = []) {
      reads += 1
      const body = chunks.get(params.join(' '))
      return Promise.resolve((body === undefined ? [] : [{ body }]) as unknown as R[])
    },
    script: () => Promise.reject(new TypeError('nothing is scripted')),
  }
  return { db, reads: () => reads }
}

const large = 'é'.repeat(200_000)

test('large chunks are read once in a while, small ones each time', async () => {
  let now = 0
  const { db, reads } = stored(
    new Map([
      ['a 0', large],
      ['a 1', 'small'],
    ]),
  )
  const bodies = createBodies({ db, clock: { now: () => now } })
  const text = async (chunk: number): Promise<string> =>
    Buffer.from((await bodies.read('a', chunk))!).toString()
  expect(await text(0)).toBe(large)
  expect(await text(0)).toBe(large)
  expect(reads()).toBe(1)
  expect([await text(1), await text(1)]).toEqual(['small', 'small'])
  expect(reads()).toBe(3)
  now += 30_000
  expect(await text(0)).toBe(large)
  expect(reads()).toBe(4)
  expect(await bodies.read('b', 0)).toBeUndefined()
})

test('no more is kept than there is room for, and the newest stays', async () => {
  const { db, reads } = stored(new Map())
  const bodies = createBodies({ db, clock: { now: () => 0 } })
  const body = new Uint8Array(mostKeptBytes / 2)
  for (const chunk of [0, 1, 2]) bodies.keep('a', chunk, body)
  expect(await bodies.read('a', 2)).toBe(body)
  expect(await bodies.read('a', 1)).toBe(body)
  expect(reads()).toBe(0)
  expect(await bodies.read('a', 0)).toBeUndefined()
})
