/** A short diary for the tests of reports: three cycles, one running, with everything that may be noted. */
import { addDays, civilDate } from '../calendar/civil-date.ts'
import { cyclesFromDays } from '../calendar/cycle.ts'
import type { DayValues } from '../calendar/field.ts'
import type { LoggedDay } from '../calendar/logged-day.ts'
import type { ReportInput } from './report-input.ts'
import { englishReport } from './english.ts'

const begin = civilDate('2026-01-05')!
const lengths = [28, 30, 27]

const periodDay: readonly DayValues[] = [
  { 'bleeding.value': 1 },
  {
    'bleeding.value': 3,
    'bleeding.interferes': true,
    'pain.cramps': true,
    'pain.strength': 2,
    'medication.taken': ['Ibuprofen'],
  },
  { 'bleeding.value': 2, 'pain.cramps': true },
  { 'bleeding.value': 0 },
]

const otherDays: Readonly<Record<number, DayValues>> = {
  7: { 'temperature.value': 36.4 },
  8: { 'temperature.value': 38.1, 'temperature.exclude': true, 'temperature.note': 'fever' },
  12: {
    'mucus.feeling': 3,
    'mucus.texture': 2,
    'cervix.opening': 2,
    'cervix.firmness': 1,
    'cervix.position': 2,
    'ovulationTest.result': 2,
    'sex.partner': true,
    'sex.note': 'SECRET-SEX',
    'desire.value': 2,
  },
  16: { 'temperature.value': 36.75 },
  20: {
    'mood.sad': true,
    'mood.anxious': true,
    'symptom.tags': ['dizzy'],
    'note.value': 'NOTE-TEXT: slept badly',
    'sleep.hours': 5.5,
    'sleep.quality': 0,
    'weight.value': 61.2,
    'pregnancyTest.result': 0,
  },
}

/** Days in order. */
const sampleDays: readonly LoggedDay[] = [...lengths, 10].flatMap((length, index) => {
  const start = addDays(
    begin,
    lengths.slice(0, index).reduce((sum, days) => sum + days, 0),
  )
  return Array.from({ length }, (_, day): LoggedDay[] => {
    const values = periodDay[day] ?? otherDays[day]
    return values ? [{ date: addDays(start, day), values }] : []
  }).flat()
})

/** A report of all of it, in English. */
export const sampleReport: ReportInput = {
  words: englishReport,
  range: { from: begin, to: civilDate('2026-04-10')! },
  madeOn: civilDate('2026-04-10')!,
  days: sampleDays,
  cycles: cyclesFromDays(sampleDays).cycles,
  insights: ['INSIGHT-TEXT one', 'INSIGHT-TEXT two'],
}
