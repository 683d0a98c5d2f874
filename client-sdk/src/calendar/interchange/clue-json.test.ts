import { describe, expect, test } from 'vitest'
import type { LoggedDay } from '../logged-day.ts'
import { clueEntries, readClue } from './clue-json.ts'

/** A file as Clue sends it today, with what a diary of some days has. */
const measurements = [
  { id: 'a1', date: '2026-01-05', type: 'period', value: { option: 'heavy' } },
  {
    id: 'a2',
    date: '2026-01-05',
    type: 'pain',
    value: [{ option: 'period_cramps' }, { option: 'leg' }],
  },
  {
    id: 'a3',
    date: '2026-01-05',
    type: 'collection_method',
    value: [{ option: 'cup' }, { option: 'pad' }],
  },
  { id: 'a4', date: '2026-01-06', type: 'period', value: { option: 'very_heavy' } },
  {
    id: 'a5',
    date: '2026-01-06',
    type: 'feelings',
    value: [{ option: 'sad' }, { option: 'mood_swings' }],
  },
  { id: 'a6', date: '2026-01-06', type: 'tags', value: [{ option: 'Won a prize_!' }] },
  { id: 'a7', date: '2026-01-07', type: 'spotting', value: [{ option: 'brown' }] },
  { id: 'a8', date: '2026-01-08', type: 'bbt', value: { celsius: 36.62, excluded: true } },
  { id: 'a9', date: '2026-01-09', type: 'bbt', value: { temperature: 97.7 } },
  { id: 'b1', date: '2026-01-09', type: 'weight', value: { kilograms: 61.5 } },
  { id: 'b2', date: '2026-01-09', type: 'sleep_duration', value: { minutes: 455 } },
  { id: 'b3', date: '2026-01-10', type: 'discharge', value: [{ option: 'egg_white' }] },
  { id: 'b4', date: '2026-01-10', type: 'tests', value: [{ option: 'ovulation_positive' }] },
  {
    id: 'b5',
    date: '2026-01-10',
    type: 'sex_life',
    value: [{ option: 'protected' }, { option: 'high_sex_drive' }],
  },
  { id: 'b6', date: '2026-01-11', type: 'birth_control_pill', value: { option: 'taken' } },
  { id: 'b7', date: '2026-01-11', type: 'medication', value: [{ option: 'antihistamine' }] },
  { id: 'b8', date: '2026-01-12', type: 'pain', value: [{ option: 'pain_free' }] },
  { id: 'b9', date: '2026-01-12', type: 'resting_heart_rate', value: { bpm: 60 } },
  { id: 'c1', date: '2026-01-12', type: 'notes', value: { text: 'slept\nwell' } },
  { id: 'c2', date: '2026-01-12', type: 'craving', value: [{ option: 'sweet' }] },
]

const read = (entries: readonly unknown[]) => readClue(clueEntries(entries) ?? [])
const valuesOn = ({ days }: { days: readonly LoggedDay[] }, date: string) =>
  days.find((day) => day.date === date)?.values

describe('measurements.json', () => {
  const result = read(measurements)

  test('is read day by day', () => {
    expect(result.days).toEqual([
      {
        date: '2026-01-05',
        values: {
          'bleeding.value': 3,
          'pain.cramps': true,
          'symptom.tags': ['pain: leg'],
          'bleeding.cup': true,
          'bleeding.pad': true,
        },
      },
      {
        date: '2026-01-06',
        values: {
          'bleeding.value': 3,
          'mood.sad': true,
          'symptom.tags': ['Won a prize_!', 'mood swings', 'very heavy bleeding'],
        },
      },
      { date: '2026-01-07', values: { 'bleeding.value': 0, 'symptom.tags': ['brown spotting'] } },
      { date: '2026-01-08', values: { 'temperature.value': 36.62, 'temperature.exclude': true } },
      {
        date: '2026-01-09',
        values: { 'temperature.value': 36.5, 'weight.value': 61.5, 'sleep.hours': 7.58 },
      },
      {
        date: '2026-01-10',
        values: {
          'mucus.texture': 2,
          'mucus.value': 4,
          'ovulationTest.result': 2,
          'sex.partner': true,
          'symptom.tags': ['protected sex'],
          'desire.value': 2,
        },
      },
      {
        date: '2026-01-11',
        values: { 'medication.taken': ['antihistamine', 'birth control pill'] },
      },
      {
        date: '2026-01-12',
        values: { 'note.value': 'slept\nwell', 'symptom.tags': ['craving: sweet'] },
      },
    ])
  })

  test('names what has no place, and says what was converted', () => {
    expect(result).toMatchObject({
      ok: true,
      format: 'clue-json',
      episodes: [],
      faults: [],
      unknown: [
        { name: 'pain: pain free', count: 1 },
        { name: 'resting_heart_rate', count: 1 },
      ],
      remarks: [{ code: 'celsius-from-fahrenheit', count: 1 }],
    })
  })

  test('takes the day of a point of time, in any zone of the reader', () => {
    const entry = (date: string) => ({ date, type: 'period', value: { option: 'light' } })
    const dates = ['2026-03-29T00:00:00.000Z', '2026-10-25T00:00:00Z', '2024-02-29 00:00:00']
    expect(read(dates.map(entry)).days.map(({ date }) => date)).toEqual([
      '2024-02-29',
      '2026-03-29',
      '2026-10-25',
    ])
  })

  test('spotting beside a period gives way to it, in either order', () => {
    const period = { date: '2026-01-05', type: 'period', value: { option: 'medium' } }
    const spotting = { date: '2026-01-05', type: 'spotting', value: { option: 'red' } }
    for (const entries of [
      [period, spotting],
      [spotting, period],
    ])
      expect(valuesOn(read(entries), '2026-01-05')).toMatchObject({ 'bleeding.value': 2 })
  })

  test('no bleeding, no pain and no sex are not turned into their contrary', () => {
    const none = [
      { date: '2026-01-05', type: 'period', value: { option: 'none' } },
      { date: '2026-01-05', type: 'pain', value: { option: 'pain_free' } },
      { date: '2026-01-05', type: 'sex_life', value: [{ option: 'no_sex_today' }] },
    ]
    const { days, unknown } = read(none)
    expect(days).toEqual([])
    expect(unknown.map(({ name }) => name)).toEqual([
      'period: none',
      'pain: pain free',
      'sex_life: no sex today',
    ])
  })
})

describe('an older backup', () => {
  const backup = {
    data: [
      {
        day: '2019-03-06T00:00:00Z',
        period: 'heavy',
        pain: ['cramps', 'tender_breasts'],
        mood: ['happy', 'pms'],
        energy: ['low'],
        tags: ['back pain'],
        notes: 'long day',
      },
      { day: '2019-03-07T00:00:00Z', 'period/light': true, 'fluid/egg white': true, bbt: 36.4 },
      { day: '2019-03-08T00:00:00Z', period: 'spotting', pill: 'late', sex: null, mood: false },
    ],
  }

  test('is read by its flat days', () => {
    const result = readClue(clueEntries(backup)!)
    expect(result.faults).toEqual([])
    expect(result.unknown).toEqual([])
    expect(result.days).toEqual([
      {
        date: '2019-03-06',
        values: {
          'bleeding.value': 3,
          'pain.cramps': true,
          'pain.tenderBreasts': true,
          'mood.happy': true,
          'symptom.tags': ['back pain', 'energy: low', 'pms'],
          'note.value': 'long day',
        },
      },
      {
        date: '2019-03-07',
        values: {
          'bleeding.value': 1,
          'mucus.texture': 2,
          'mucus.value': 4,
          'temperature.value': 36.4,
        },
      },
      {
        date: '2019-03-08',
        values: {
          'bleeding.value': 0,
          'medication.taken': ['birth control pill'],
          'symptom.tags': ['pill taken late'],
        },
      },
    ])
  })
})

describe('what is broken', () => {
  test('is named by the place of its entry; the others are read', () => {
    const { days, faults, unknown } = read([
      ...measurements.slice(0, 1),
      'text',
      { date: '2026-02-30', type: 'period', value: { option: 'light' } },
      { date: '2026-01-06', type: 'pain', value: [] },
      { date: '2026-01-06', type: 'pain', value: [{ option: 'headache' }, { choice: 'x' }] },
      { date: '2026-01-06', type: 'bbt', value: { kelvin: 309 } },
      { date: '2026-01-06', type: 'bbt', value: { celsius: 99.25 } },
      { date: '2026-01-06', type: 'notes', value: { text: 7 } },
      JSON.parse('{"date":"2026-01-06","type":"__proto__","value":{"option":"constructor"}}'),
      { date: '2026-01-06', type: 'pain', value: { option: 'headache' }, mood: 'odd' },
    ])
    expect(days.map(({ date }) => date)).toEqual(['2026-01-05', '2026-01-06'])
    expect(days[1]!.values).toEqual({ 'pain.headache': true })
    expect(faults).toEqual([
      { index: 1, code: 'no-date' },
      { index: 2, code: 'no-date' },
      { index: 3, code: 'no-option' },
      { index: 4, code: 'no-option' },
      { index: 5, code: 'no-number' },
      { index: 6, code: 'impossible-value', field: 'temperature.value' },
      { index: 7, code: 'no-text' },
    ])
    expect(JSON.stringify(faults)).not.toMatch(/309|99\.25|kelvin|choice/)
    expect(unknown).toEqual([
      { name: '__proto__', count: 1 },
      { name: 'mood', count: 1 },
    ])
  })

  test.each([
    ['an empty list', []],
    ['a list of numbers', [1, 2]],
    ['entries without dates', [{ type: 'period', value: {} }]],
    ['an object of something else', { data: [{ id: 1 }] }],
    ['nothing', null],
  ])('%s is not a file of Clue', (_, root) => {
    expect(clueEntries(root)).toBeUndefined()
  })
})

test('the work grows no faster than the entries', () => {
  const looks = (count: number): number => {
    let seen = 0
    const entries = Array.from({ length: count }, (_, i) => {
      const entry = { date: '2026-01-05', type: 'tags', value: [{ option: `tag ${i}` }] }
      return new Proxy(entry, {
        getOwnPropertyDescriptor(target, name) {
          seen += 1
          return Reflect.getOwnPropertyDescriptor(target, name)
        },
      })
    })
    readClue(entries)
    return seen
  }
  expect(looks(2000)).toBe(2 * looks(1000))
})
