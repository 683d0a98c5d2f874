import { describe, expect, test } from 'vitest'
import { isFlo, readFlo } from './flo-json.ts'

const cycle = (start: string, end: string | null, more: object = {}) => ({
  id: 'c',
  user_id: 'u',
  period_start_date: `${start} 00:00:00.0`,
  period_end_date: end === null ? null : `${end} 00:00:00.0`,
  pregnant: false,
  pregnant_due_date: null,
  additional_fields: {},
  ...more,
})
const event = (date: string, category: string, subcategory: string | null, more: object = {}) => ({
  date: `${date} 00:00:00.0`,
  category,
  subcategory,
  ...more,
})

/** A file as Flo sends it, with what a diary of some days has. */
const file = {
  userData: { name: 'x' },
  operationalData: {
    cycles: [
      cycle('2023-03-26', '2023-03-28'),
      cycle('2023-02-27', '2023-03-01', { period_intensity: '{"0": 3, "1": 2, "2": 0}' }),
    ],
    notes: [{ date: '2023-03-03 00:00:00.0', text: 'a note' }],
    repeatable_child_point_events: [
      event('2023-03-04', 'Medication', 'Pills', { properties: '{"missed_pill": false}' }),
      event('2023-03-05', 'Medication', 'Pills', { properties: '{"missed_pill": true}' }),
    ],
    predictions: [{}, {}],
    settings: {},
  },
  pointEventsManualData: {
    point_events_manual_v2: [
      event('2023-02-27', 'Symptom', 'DrawingPain'),
      event('2023-02-27', 'Symptom', 'VaginalItching'),
      event('2023-02-28', 'Mood', 'Panic'),
      event('2023-02-28', 'Mood', 'VerySelfCritical'),
      event('2023-03-06', 'Fluid', 'Eggwhite'),
      event('2023-03-06', 'OvulationTest', 'Positive', { properties: { result: 1 } }),
      event('2023-03-06', 'Ovulation', 'OtherMethods'),
      event('2023-03-07', 'Sex', 'SexUnprotected', { local_date: '2023-03-08 00:00:00' }),
      event('2023-03-08', 'Sex', 'High Sex Drive'),
      event('2023-03-09', 'Temperature', 'N/A', { properties: { value: 36.45 } }),
      event('2023-03-09', 'Weight', null, { properties: '{"value": 61.5}' }),
      event('2023-03-10', 'Water', null, { properties: { volume: 250 } }),
      event('2023-03-10', 'Sex', 'SexNone'),
      event('2023-03-10', 'Disturber', 'Stress', { deleted: true }),
      event('2023-03-11', 'Sport', 'Yoga'),
      event('2023-03-11', 'PregnancyTest', 'FaintLine'),
    ],
  },
}

const ofCycles = (...cycles: unknown[]) => readFlo({ operationalData: { cycles } })
const bleeding = (result: ReturnType<typeof readFlo>) =>
  result.days.map(({ date, values }) => `${date} ${values['bleeding.value']}`)

describe('a file of Flo', () => {
  const result = readFlo(file)

  test('is read day by day', () => {
    expect(result.days).toEqual([
      {
        date: '2023-02-27',
        values: { 'bleeding.value': 3, 'pain.cramps': true, 'symptom.tags': ['vaginal itching'] },
      },
      {
        date: '2023-02-28',
        values: {
          'bleeding.value': 2,
          'mood.anxious': true,
          'symptom.tags': ['very self critical'],
        },
      },
      { date: '2023-03-01', values: { 'bleeding.value': 0 } },
      { date: '2023-03-03', values: { 'note.value': 'a note' } },
      { date: '2023-03-04', values: { 'medication.taken': ['pills'] } },
      { date: '2023-03-05', values: { 'symptom.tags': ['pill missed'] } },
      {
        date: '2023-03-06',
        values: {
          'mucus.texture': 2,
          'mucus.value': 4,
          'ovulationTest.result': 2,
          'symptom.tags': ['ovulation: other methods'],
        },
      },
      { date: '2023-03-08', values: { 'sex.partner': true, 'sex.none': true, 'desire.value': 2 } },
      { date: '2023-03-09', values: { 'temperature.value': 36.45, 'weight.value': 61.5 } },
      {
        date: '2023-03-11',
        values: { 'symptom.tags': ['pregnancy test: faint line', 'sport: yoga'] },
      },
      { date: '2023-03-26', values: { 'bleeding.value': 2 } },
      { date: '2023-03-27', values: { 'bleeding.value': 2 } },
      { date: '2023-03-28', values: { 'bleeding.value': 2 } },
    ])
  })

  test('names what is not read, and says what was assumed', () => {
    expect(result).toMatchObject({
      ok: true,
      format: 'flo-json',
      episodes: [],
      faults: [],
      unknown: [
        { name: 'water', count: 1 },
        { name: 'sex: sex none', count: 1 },
        { name: 'userData', count: 1 },
        { name: 'operationalData.predictions', count: 2 },
      ],
    })
    expect(result.remarks.map(({ code, count }) => `${code} ${count}`)).toEqual([
      'medium-assumed 3',
      'kilograms-assumed 1',
      'deleted-left-out 1',
    ])
  })

  test('may have its events in either section', () => {
    const operationalData = { point_events_manual_v2: [event('2023-03-06', 'Mood', 'Happy')] }
    expect(isFlo({ operationalData })).toBe(true)
    expect(readFlo({ operationalData }).days).toEqual([
      { date: '2023-03-06', values: { 'mood.happy': true } },
    ])
  })
})

describe('periods', () => {
  test('go over the ends of months and years, and over changes of the clock', () => {
    expect(bleeding(ofCycles(cycle('2023-12-30', '2024-01-01')))).toEqual([
      '2023-12-30 2',
      '2023-12-31 2',
      '2024-01-01 2',
    ])
    expect(bleeding(ofCycles(cycle('2024-02-28', '2024-03-01')))).toEqual([
      '2024-02-28 2',
      '2024-02-29 2',
      '2024-03-01 2',
    ])
    expect(bleeding(ofCycles(cycle('2023-10-28', '2023-10-30')))).toHaveLength(3)
  })

  test('have the strengths of their days, in numbers or words', () => {
    const period_intensity = { '0': 'Low', '1': 4, '2': 1 }
    const result = ofCycles(cycle('2023-03-01', '2023-03-04', { period_intensity }))
    expect(bleeding(result)).toEqual([
      '2023-03-01 1',
      '2023-03-02 3',
      '2023-03-03 1',
      '2023-03-04 2',
    ])
    expect(result.days[1]!.values['symptom.tags']).toEqual(['blood clots'])
    expect(result.remarks).toMatchObject([{ code: 'medium-assumed', count: 1 }])
  })

  test('with a strength that is not known, or for a day outside, say so', () => {
    const result = ofCycles(
      cycle('2023-03-01', '2023-03-01', { period_intensity: '{"0": 9, "1": 2}' }),
    )
    expect(bleeding(result)).toEqual(['2023-03-01 2'])
    expect(result.faults).toEqual([{ list: 'cycles', index: 0, code: 'unknown-intensity' }])
  })

  test('without a last day are one day; of more than thirty days, or none, they are left out', () => {
    const result = ofCycles(
      cycle('2023-01-01', null),
      cycle('2023-02-01', '2023-05-28'),
      cycle('2023-06-05', '2023-06-01'),
      cycle('2023-07-01', '2023-07-30'),
    )
    expect(bleeding(result)).toHaveLength(31)
    const fault = { list: 'cycles', code: 'period-length', most: 30 }
    expect(result.faults).toEqual([
      { ...fault, index: 1 },
      { ...fault, index: 2 },
    ])
    expect(result.remarks).toMatchObject([
      { code: 'medium-assumed', count: 31 },
      { code: 'period-without-end', count: 1 },
    ])
  })
})

describe('pregnancies', () => {
  test('last from the last period to the day before the next one', () => {
    const result = ofCycles(
      cycle('2023-01-02', '2023-01-04', { pregnant: true }),
      cycle('2023-11-20', '2023-11-22'),
    )
    expect(result.episodes).toEqual([{ kind: 'pregnancy', from: '2023-01-02', to: '2023-11-19' }])
    expect(result.remarks).toContainEqual(
      expect.objectContaining({ code: 'pregnancy-assumed', count: 1 }),
    )
  })

  test('have the days that the file says, or no end while there is none', () => {
    const said = {
      pregnant: 'True',
      pregnant_start_date: '2023-01-10',
      pregnant_end_date: '2023-03-01 00:00:00',
    }
    expect(ofCycles(cycle('2023-01-02', '2023-01-04', said)).episodes).toEqual([
      { kind: 'pregnancy', from: '2023-01-10', to: '2023-03-01' },
    ])
    expect(ofCycles(cycle('2023-01-02', '2023-01-04', { pregnant: true })).episodes).toEqual([
      { kind: 'pregnancy', from: '2023-01-02' },
    ])
  })

  test('that end before they begin are a fault', () => {
    const wrong = { pregnant: true, pregnant_end_date: '2022-01-01' }
    const { episodes, faults } = ofCycles(cycle('2023-01-02', '2023-01-04', wrong))
    expect(episodes).toEqual([])
    expect(faults).toHaveLength(1)
  })
})

describe('what is broken', () => {
  test('is named by list and place; the rest is read', () => {
    const result = readFlo({
      operationalData: {
        cycles: [
          7,
          cycle('2023-02-30', '2023-03-02'),
          cycle('2023-03-01', '2023-03-01', { note: 'x' }),
        ],
        notes: [{ text: 'no date' }, { date: '2023-03-01', text: 5 }],
        point_events_manual_v2: [
          event('soon', 'Mood', 'Happy'),
          event('2023-03-02', 'Temperature', null, { properties: '{"value":' }),
          event('2023-03-02', 'Comets', 'Bright'),
          event('2023-03-02', '', ''),
          JSON.parse('{"date":"2023-03-02","category":"__proto__","subcategory":"constructor"}'),
          event('2023-03-02', 'Mood', 'Happy'),
        ],
      },
    })
    expect(result.days.map(({ date }) => date)).toEqual(['2023-03-01', '2023-03-02'])
    expect(result.days[1]!.values).toEqual({ 'mood.happy': true })
    expect(result.faults).toEqual([
      { list: 'cycles', index: 0, code: 'no-date' },
      { list: 'cycles', index: 1, code: 'no-date' },
      { list: 'point_events_manual_v2', index: 0, code: 'no-date' },
      { list: 'point_events_manual_v2', index: 1, code: 'no-number' },
      { list: 'notes', index: 0, code: 'no-date' },
      { list: 'notes', index: 1, code: 'no-text' },
    ])
    expect(result.unknown.map(({ name }) => name)).toEqual([
      'cycles.note',
      'comets: bright',
      'category',
      'proto: constructor',
    ])
  })

  test.each([
    ['nothing', null],
    ['a list', []],
    ['something else', { operationalData: { cycles: {} } }],
  ])('%s is not a file of Flo', (_, root) => {
    expect(isFlo(root)).toBe(false)
  })
})

test('the work grows no faster than the entries', () => {
  const looks = (count: number): number => {
    let seen = 0
    const cycles = Array.from(
      { length: count },
      () =>
        new Proxy(cycle('2023-01-02', '2023-01-04', { pregnant: true }), {
          getOwnPropertyDescriptor(target, name) {
            seen += 1
            return Reflect.getOwnPropertyDescriptor(target, name)
          },
        }),
    )
    ofCycles(...cycles)
    return seen
  }
  expect(looks(2000)).toBe(2 * looks(1000))
})
