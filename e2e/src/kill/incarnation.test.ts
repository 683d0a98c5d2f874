import { expect, test } from 'vitest'
import { apart, createIncarnation, createReach, live, type KillPlan } from './incarnation.ts'

const deadly: KillPlan = { strikes: () => true }
const reach = createReach(
  () => deadly,
  () => undefined,
)
const work = async (): Promise<string> => `${await reach('work.ts:1:1', 'done')}, and the end`

test('a process dies at an await, and what it does apart from itself does not', async () => {
  const life = createIncarnation('phone')
  const [others, own] = live(life, () => [apart(work), work()])
  expect(await others).toBe('done, and the end')
  expect(life.isDead()).toBe(true)
  const later = new Promise((resolve) => void setImmediate(() => resolve('nothing yet')))
  await expect(Promise.race([own, later])).resolves.toBe('nothing yet')
})
