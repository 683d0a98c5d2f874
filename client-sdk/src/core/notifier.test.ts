import { expect, test } from 'vitest'
import { manualClock } from '../testing/manual-clock.ts'
import { createOpenNotifier } from './notifier.ts'

const minute = 60_000

function setUp() {
  const clock = manualClock()
  const shown: string[] = []
  const notifier = createOpenNotifier(clock, ({ id }) => shown.push(id))
  const plan = (minutes: Record<string, number>): void =>
    notifier.plan(
      Object.entries(minutes).map(([id, m]) => ({
        id,
        about: 'x',
        at: clock.now() + m * minute,
        text: 'x',
      })),
    )
  return { clock, shown, notifier, plan }
}

test('a notice is shown when its time has come, each once, in their order', () => {
  const { clock, shown, plan } = setUp()
  plan({ later: 90, soon: 2 })
  clock.advance(2 * minute - 1)
  expect(shown).toEqual([])
  clock.advance(1)
  expect(shown).toEqual(['soon'])
  for (let m = 2; m < 90; m++) clock.advance(minute)
  expect(shown).toEqual(['soon', 'later'])
})

test('a plan takes the place of the one before it, and what is past is not made up for', () => {
  const { clock, shown, plan } = setUp()
  plan({ a: 1 })
  plan({ b: 1, past: -1 })
  clock.advance(minute)
  expect(shown).toEqual(['b'])
})

test('a device that slept shows what it missed within the hour, and nothing older', () => {
  const { clock, shown, plan } = setUp()
  plan({ long: 30, missed: 80 })
  clock.advance(100 * minute)
  expect(shown).toEqual(['missed'])
})

test('nothing is shown after closing', () => {
  const { clock, shown, notifier, plan } = setUp()
  plan({ a: 1 })
  notifier.close()
  clock.advance(minute)
  expect([shown, clock.waits()]).toEqual([[], []])
})
