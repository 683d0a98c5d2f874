import { expect, test } from 'vitest'
import type { UpcomingPeriod } from '../calendar/index.ts'
import type { PlannedNotice } from '../core/notifier.ts'
import { createSignal } from '../core/signal.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { emptyProfile } from './profile.ts'
import { startReminders } from './reminders-api.ts'

const sixHours = 6 * 3_600_000

test('C63 a plan that cannot be made is made with the next change, and six hours later again', async () => {
  const clock = manualClock()
  const changed = createSignal()
  const plans: (readonly PlannedNotice[])[] = []
  let tries = 0
  let isBroken = false
  const upcoming = (): Promise<readonly UpcomingPeriod[]> => {
    tries += 1
    return isBroken ? Promise.reject(new Error('closed')) : Promise.resolve([])
  }
  const started = startReminders({
    clock,
    zone: () => 'UTC',
    notifier: { reach: 'always', plan: (notices) => void plans.push(notices) },
    noticeText: 'Selene',
    profile: () => Promise.resolve(emptyProfile),
    upcoming,
    changed,
    write: () => Promise.reject(new Error('not used')),
  })
  await expect.poll(() => plans.length).toBe(1)

  const rejected: unknown[] = []
  const note = (reason: unknown): void => void rejected.push(reason)
  process.on('unhandledRejection', note)
  isBroken = true
  clock.advance(sixHours)
  await expect.poll(() => tries).toBe(2)
  // Rejections are told of once the queue of microtasks is empty.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(rejected).toEqual([])

  isBroken = false
  changed.emit()
  await expect.poll(() => plans.length).toBe(2)
  clock.advance(sixHours)
  await expect.poll(() => plans.length).toBe(3)
  started.close()
  expect(clock.waits()).toEqual([])
})
