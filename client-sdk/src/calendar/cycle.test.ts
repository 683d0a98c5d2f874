import { describe, expect, test } from 'vitest'
import { addDays, civilDate, type CivilDate } from './civil-date.ts'
import { cyclesFromDays } from './cycle.ts'
import type { DayValues } from './field.ts'

const first = civilDate('2026-01-05')!
const on = (day: number): CivilDate => addDays(first, day)
const no: DayValues = { 'cycle.start': false }

/** Cycles of 57 and 28 days, and one that runs, with something beside. */
const diary = (...beside: readonly (readonly [day: number, values: DayValues])[]) =>
  cyclesFromDays([
    ...[0, 57, 85].map((day) => ({ date: on(day), values: { 'bleeding.value': 2 } })),
    ...beside.map(([day, values]) => ({ date: on(day), values })),
  ]).cycles

describe('her word that nothing is missing', () => {
  test('stands for the cycle in which it was written, to its last day', () => {
    for (const day of [20, 56])
      expect(diary([day, no]).map(({ nothingMissed }) => nothingMissed)).toEqual([
        true,
        undefined,
        undefined,
      ])
  })

  test.each([
    ['on a day with bleeding, of which alone it speaks', 30, { ...no, 'bleeding.value': 2 }],
    ['for a cycle that still runs', 95, no],
    ['before the first', -3, no],
  ] as const)('is none %s', (_, day, values) => {
    expect(diary([day, values]).filter(({ nothingMissed }) => nothingMissed)).toEqual([])
  })

  test('changes neither starts nor lengths', () => {
    const without = diary()
    expect(diary([56, no])).toEqual([{ ...without[0], nothingMissed: true }, ...without.slice(1)])
  })
})
