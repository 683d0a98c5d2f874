import {
  addDays,
  cyclesFromDays,
  observedOvulations,
  predict,
  symptomPhases,
  symptothermal,
  type CivilDate,
  type Cycle,
  type LoggedDay,
  type Symptom,
} from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { en } from '../strings/en.ts'
import { lengthData } from './length-data.ts'
import { mostRows, symptomData, symptomName } from './symptom-data.ts'
import { temperatureData } from './temperature-data.ts'
import { yearData } from './year-data.ts'

const date = (text: string) => text as CivilDate
const start = date('2026-03-01')
const cycle: Cycle = { start, length: 28, bleedingDays: 5 }

const days: LoggedDay[] = Array.from({ length: 40 }, (_, i) => ({
  date: addDays(start, i),
  values: {
    'temperature.value': i < 15 ? 36.4 : 36.8,
    ...(i === 3 && { 'temperature.exclude': true }),
    ...(i % 28 < 5 && { 'bleeding.value': 2 }),
    ...(i > 4 && { 'mucus.value': i === 14 ? 4 : 1 }),
  },
}))
const evaluation = symptothermal({ start, end: addDays(start, 27), days, previous: [] })

describe('the curve of a cycle', () => {
  const input = { cycle, days, evaluation, showsFertility: true }

  test('holds its own days and what the evaluation rests on', () => {
    const data = temperatureData(input)!
    expect(data.length).toBe(28)
    expect(data.readings).toHaveLength(28)
    expect(data.readings[3]).toEqual({ date: '2026-03-04', celsius: 36.4, isLeftOut: true })
    expect(data.coverLine).toBe(36.4)
    expect(data.shift?.base).toHaveLength(6)
    expect(data.mucus?.find(({ isPeak }) => isPeak)?.date).toBe('2026-03-15')
  })

  test('shows fertile days only by choice, and only with both ends', () => {
    expect(temperatureData(input)?.fertile).toEqual({
      from: start,
      to: '2026-03-18',
      isPredicted: false,
    })
    expect(temperatureData({ ...input, showsFertility: false })?.fertile).toBeUndefined()
    const { after: _, ...open } = evaluation
    expect(temperatureData({ ...input, evaluation: open })?.fertile).toBeUndefined()
  })

  test('is none of bleeding alone', () => {
    const bleeding = [{ date: start, values: { 'bleeding.value': 2 } }]
    expect(temperatureData({ ...input, days: bleeding })).toBeUndefined()
  })
})

describe('lengths', () => {
  const cycles: Cycle[] = [
    { start: date('2026-01-01'), length: 28, bleedingDays: 5 },
    { start: date('2026-01-29'), length: 31, bleedingDays: 5, notCounted: 'marked' },
    { start: date('2026-03-01'), bleedingDays: 5 },
  ]
  const forecast = predict({ cycles, today: date('2026-03-10') })

  test('what does not count is shown as such, and the running one as it is expected', () => {
    const { cycles: shown, next } = lengthData(cycles, forecast)
    expect(shown.map(({ isCounted }) => isCounted)).toEqual([true, false])
    expect(next?.start).toBe('2026-03-01')
    const sum = next!.likelihood.reduce((total, { probability }) => total + probability, 0)
    expect(sum).toBeCloseTo(1)
    expect(next!.p10 < next!.p50 && next!.p50 < next!.p90).toBe(true)
    expect(next!.likelihood[0]!.length).toBeGreaterThanOrEqual(9)
  })

  test('a cycle in which a period is likely missing does not count, and nothing is expected without a forecast', () => {
    if (forecast.kind !== 'forecast') throw new TypeError('there is a forecast')
    const skipped = [{ start: date('2026-01-01'), probability: 0.9 }]
    expect(lengthData(cycles, { ...forecast, skipped }).cycles[0]?.isCounted).toBe(false)
    expect(lengthData(cycles, undefined).next).toBeUndefined()
    const asking = { ...forecast, overdue: { days: 40, unlogged: 0.8, asks: true } }
    expect(lengthData(cycles, asking).next).toBeUndefined()
  })
})

test('symptoms have her names, and the rarest are left out', () => {
  const words = Array.from({ length: 12 }, (_, i) => `word ${String(i).padStart(2, '0')}`)
  const logged: LoggedDay[] = Array.from({ length: 60 }, (_, i) => ({
    date: addDays(start, i),
    values: {
      ...(i % 28 < 4 && { 'bleeding.value': 2, 'pain.cramps': true }),
      'symptom.tags': words.slice(0, 1 + (i % 12)),
    },
  }))
  const { cycles } = cyclesFromDays(logged)
  const phases = symptomPhases({
    today: addDays(start, 59),
    days: logged,
    cycles,
    ovulations: observedOvulations(cycles, logged),
  })
  const symptom = (one: Symptom): string => symptomName(one, en)
  const data = symptomData(phases, { phases: en.insights.phases, symptom })
  expect(data.symptoms).toHaveLength(mostRows)
  expect(data.symptoms[0]?.name).toBe('word 00')
  expect(data.phases.map(({ name }) => name)).toEqual(Object.values(en.insights.phases))
  expect(symptomName({ field: 'pain.cramps' }, en)).toBe('Cramps')
})

test('a year has what was logged in it, and what is likely of the rest', () => {
  const expected = new Map([
    [date('2026-03-30'), { bleeding: 3, fertile: 1 }],
    [date('2026-03-02'), { bleeding: 3, fertile: 3 }],
    [date('2026-04-20'), { bleeding: 1, fertile: 2 }],
    [date('2026-04-21'), { bleeding: 1 }],
    [date('2027-01-01'), { bleeding: 3 }],
  ] as const)
  const logged: LoggedDay[] = [
    { date: date('2025-12-31'), values: { 'bleeding.value': 1 } },
    { date: date('2026-03-02'), values: { 'bleeding.value': 0 } },
    { date: date('2026-03-03'), values: { 'mood.happy': true } },
  ]
  expect(yearData(2026, logged, expected)).toEqual({
    year: 2026,
    days: [
      { date: '2026-03-30', isBleedingPredicted: true },
      { date: '2026-03-02', bleeding: 0, fertile: 'predicted' },
      { date: '2026-04-20', fertile: 'predicted' },
    ],
  })
})
