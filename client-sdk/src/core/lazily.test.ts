import { Problem } from '@selene/shapes'
import { expect, test } from 'vitest'
import { lazily } from './lazily.ts'

test('C150 a part is loaded by the first call that needs it, once for all', async () => {
  let loads = 0
  const part = lazily(async () => ({ number: ++loads }))
  expect(loads).toBe(0)
  const [one, other] = await Promise.all([part(), part()])
  expect([one, other, await part()]).toEqual([{ number: 1 }, one, one])
})

test('C150 a file that cannot be had is `server/unreachable`, and is tried again at the next call', async () => {
  const cause = new TypeError('Failed to fetch dynamically imported module')
  let isOffline = true
  const part = lazily(async () => {
    if (isOffline) throw cause
    return 'here'
  })
  const failed = await part().catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(Problem)
  expect(failed).toMatchObject({ code: 'server/unreachable', remedy: 'retry', cause })
  isOffline = false
  expect(await part()).toBe('here')
})
