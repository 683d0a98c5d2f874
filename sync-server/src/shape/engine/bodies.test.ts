import { expect, test } from 'vitest'
import type { Db } from '../../db/db.ts'
import { createBodies, mostKeptBytes } from './bodies.ts'

/** A table of chunks of one shape that counts how often it is read, and what is written. */
function stored(chunks: Map<string, string>, kind: Db['kind'] = 'postgres') {
  let reads = 0
  const lost: string[] = []
  const db: Pick<Db, 'kind' | 'query'> = {
    kind,
    query<R extends object>(_: string, params: readonly unknown[] = []) {
      reads += 1
      const isKnown = String(params[0]) === 'a'
      const body = chunks.get(params.join(' ')) ?? null
      return Promise.resolve((isKnown ? [{ body, isCurrent: true }] : []) as unknown as R[])
    },
  }
  const dropLost = async (handle: string, chunk: number): Promise<void> => {
    lost.push(`${handle} ${chunk}`)
  }
  return { db, reads: () => reads, lost, dropLost }
}

const large = 'é'.repeat(200_000)

test('large chunks are read once in a while, small ones each time', async () => {
  let now = 0
  const { db, reads, dropLost } = stored(
    new Map([
      ['a 0', large],
      ['a 1', 'small'],
    ]),
  )
  const bodies = createBodies({ db, clock: { now: () => now }, storedWithinMs: 0, dropLost })
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
  const { db, reads, dropLost } = stored(new Map())
  const bodies = createBodies({ db, clock: { now: () => 0 }, storedWithinMs: 0, dropLost })
  const body = new Uint8Array(mostKeptBytes / 2)
  bodies.hold('b', [body, body, body])
  expect(await bodies.read('b', 0)).toBe(body)
  bodies.stored('b')
  expect(await bodies.read('b', 2)).toBe(body)
  expect(await bodies.read('b', 1)).toBe(body)
  expect(reads()).toBe(0)
  expect(await bodies.read('b', 0)).toBeUndefined()
})

test('E14 rows that another process is about to store are waited for', async () => {
  const chunks = new Map<string, string>()
  const { db, reads, lost, dropLost } = stored(chunks)
  const bodies = createBodies({
    db: {
      ...db,
      query(sql, ...rest) {
        if (reads() === 2) chunks.set('a 0', 'late')
        return db.query(sql, ...rest)
      },
    },
    clock: { now: () => 0 },
    storedWithinMs: 5000,
    dropLost,
  })
  expect(Buffer.from((await bodies.read('a', 0))!).toString()).toBe('late')
  expect(lost).toEqual([])
})

test('E14 a shape whose rows are lost is dropped', async () => {
  const { db, lost, dropLost } = stored(new Map(), 'pglite')
  const bodies = createBodies({ db, clock: { now: () => 0 }, storedWithinMs: 0, dropLost })
  bodies.hold('a', [new Uint8Array(1)])
  bodies.letGo('a')
  expect(await bodies.read('a', 0)).toBeUndefined()
  expect(lost).toEqual(['a 0'])
})
