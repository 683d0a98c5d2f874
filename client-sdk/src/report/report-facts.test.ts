import { describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../calendar/civil-date.ts'
import { cyclesFromDays } from '../calendar/cycle.ts'
import type { DayValues } from '../calendar/field.ts'
import { reportFacts } from './report-facts.ts'
import { sampleReport } from './sample-diary.ts'

const begin = civilDate('2026-02-27')!
const diary = (values: Readonly<Record<number, DayValues>>) => {
  const days = Object.entries(values).map(([day, each]) => ({
    date: addDays(begin, Number(day)),
    values: each,
  }))
  return {
    ...sampleReport,
    range: { from: begin, to: addDays(begin, 400) },
    days,
    cycles: cyclesFromDays(days).cycles,
  }
}

describe('the numbers of a report', () => {
  test('of lengths leave out cycles that do not count', () => {
    const found = reportFacts(
      diary({
        0: { 'bleeding.value': 2 },
        28: { 'bleeding.value': 2, 'cycle.exclude': true },
        60: { 'bleeding.value': 2 },
        90: { 'bleeding.value': 2 },
      }),
    )
    expect(found.lengths).toMatchObject({ count: 2, mean: 29, median: 29 })
    expect(found.notCounted).toBe(1)
    expect(found.lastStart).toBe(addDays(begin, 90))
  })

  test('of bleeding leave out what was excluded, and see what lies outside periods', () => {
    const found = reportFacts(
      diary({
        0: { 'bleeding.value': 1 },
        1: { 'bleeding.value': 3, 'bleeding.interferes': true },
        2: { 'bleeding.value': 0 },
        14: { 'bleeding.value': 0 },
        15: { 'bleeding.value': 3, 'bleeding.exclude': true },
        27: { 'bleeding.value': 0 },
        28: { 'bleeding.value': 2 },
      }),
    )
    expect(found.daysByLevel).toEqual([3, 1, 1, 1])
    expect(found.interferingDays).toBe(1)
    expect(found.daysOutsidePeriods).toBe(1)
    expect(found.durations).toMatchObject({ count: 1, mean: 2 })
  })

  test('of temperatures leave out what was excluded', () => {
    const found = reportFacts(
      diary({
        0: { 'temperature.value': 36.5 },
        1: { 'temperature.value': 39, 'temperature.exclude': true },
        2: { 'temperature.value': 36.7 },
      }),
    )
    expect(found.temperatures).toMatchObject({ count: 2, shortest: 36.5, longest: 36.7 })
  })

  test('count a symptom once a day, the most frequent first', () => {
    const found = reportFacts(
      diary({
        0: { 'pain.headache': true, 'symptom.tags': ['Headache', 'dizzy'] },
        1: { 'symptom.tags': ['dizzy'] },
      }),
    )
    expect(found.symptoms).toEqual([
      { name: 'dizzy', days: 2 },
      { name: 'Headache', days: 1 },
    ])
  })

  test('of nothing are none', () => {
    expect(reportFacts(diary({}))).toEqual({
      notCounted: 0,
      daysByLevel: [0, 0, 0, 0],
      interferingDays: 0,
      daysOutsidePeriods: 0,
      symptoms: [],
      loggedDays: 0,
    })
  })
})
