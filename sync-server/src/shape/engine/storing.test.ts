import { expect, test } from 'vitest'
import type { Db } from '../../db/db.ts'
import { createBodies } from './bodies.ts'
import { createStoring } from './storing.ts'

const body = (text: string) => new TextEncoder().encode(text)

/** A database that takes chunks until it is told what is wrong with them. */
function ground() {
  const stored: string[] = []
  const lost: string[] = []
  const reported: unknown[] = []
  let fault: Error | undefined
  const db: Pick<Db, 'kind' | 'query'> = {
    kind: 'pglite',
    query<R extends object>(sql: string, params: readonly unknown[] = []) {
      if (!sql.startsWith('INSERT')) return Promise.resolve<R[]>([])
      if (fault) return Promise.reject(fault)
      stored.push(params.join(' '))
      return Promise.resolve<R[]>([])
    },
  }
  const dropLost = (handle: string, chunk: number): Promise<void> => {
    lost.push(`${handle} ${chunk}`)
    return Promise.resolve()
  }
  const bodies = createBodies({ db, clock: { now: () => 0 }, storedWithinMs: 0, dropLost })
  const report = (problem: unknown): void => void reported.push(problem)
  const storing = createStoring({ db, bodies, report, dropLost, storeAfterMs: 1e6 })
  return {
    storing,
    stored,
    lost,
    reported,
    isAtHand: async (handle: string) => (await bodies.read(handle, 0)) !== undefined,
    fail: (error: Error | undefined): void => void (fault = error),
  }
}

const full = Object.assign(new Error('the disk is full'), { code: '53100' })
const gone = Object.assign(new Error('there is no such shape'), { code: '23503' })

test('E14 chunks are at hand at once, and stored when the engine closes at the latest', async () => {
  const { storing, stored, isAtHand } = ground()
  storing.hold('a', [body('one'), body('two')])
  await storing.begin('a')
  expect([await isAtHand('a'), stored]).toEqual([true, []])
  await storing.close()
  expect(stored).toEqual(['a 0 one', 'a 1 two'])
})

test('E14 a shape that cannot be stored is dropped, and the next is stored before it is handed out', async () => {
  const { storing, stored, lost, reported, isAtHand, fail } = ground()
  storing.hold('a', [body('one')])
  await storing.begin('a')
  fail(full)
  await storing.close()
  expect([lost, reported, await isAtHand('a')]).toEqual([['a 0'], [full], false])
  storing.hold('b', [body('one')])
  await expect(storing.begin('b')).rejects.toBe(full)
  fail(undefined)
  storing.hold('c', [body('one')])
  await storing.begin('c')
  expect(stored).toEqual(['c 0 one'])
  storing.hold('d', [body('one')])
  await storing.begin('d')
  expect(stored).toEqual(['c 0 one'])
  await storing.close()
})

test('E14 what was dropped meanwhile is let go', async () => {
  const { storing, lost, reported, isAtHand, fail } = ground()
  storing.hold('a', [body('one')])
  await storing.begin('a')
  fail(gone)
  await storing.close()
  expect([lost, reported]).toEqual([[], []])
  expect(await isAtHand('a')).toBe(false)
})
