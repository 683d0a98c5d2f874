import {
  parseMappedCsv,
  sniffCsv,
  csvColumnWords,
  type CsvSniff,
} from '@selene/client-sdk/interchange'
import { describe, expect, test } from 'vitest'
import {
  draftOf,
  faultsOf,
  isSound,
  manyWords,
  mappingOf,
  meaningAnswer,
  nothing,
  withDateColumn,
  withUse,
  type MappingDraft,
  type TableWords,
} from './mapping-draft.ts'

function look(csv: string): { sniff: CsvSniff; words: TableWords; draft: MappingDraft } {
  const sniff = sniffCsv(csv)
  if (!sniff.ok) throw new TypeError('this is a table')
  const words = Object.fromEntries(
    sniff.columns.map(({ name }) => [name, csvColumnWords(csv, name)]),
  )
  return { sniff, words, draft: draftOf(sniff, words) }
}

/** A change of one column. */
const withColumn = (
  draft: MappingDraft,
  name: string,
  change: Partial<MappingDraft['columns'][string]>,
): MappingDraft => ({
  ...draft,
  columns: { ...draft.columns, [name]: { ...draft.columns[name]!, ...change } },
})

const table = `Date,Flow,BBT,Mood,Energy,Empty
2025-04-13,Heavy,36.4,"happy, cold feet",3,
2025-04-14,gush,36.5,sad,2,
2025-04-30,x,36.6,,1,
`

describe('a table with usual names', () => {
  const { sniff, words, draft } = look(table)

  test('needs no word of hers', () => {
    expect(draft.dateColumn).toBe('Date')
    expect(draft.dateOrder).toBe('year-month-day')
    expect(draft.columns['Flow']).toMatchObject({
      use: 'bleeding.value',
      answers: { Heavy: '3', gush: '', x: '2' },
    })
    expect(draft.columns['BBT']).toMatchObject({ use: 'temperature.value', unit: '°C' })
    expect(draft.columns['Mood']?.answers).toEqual({
      happy: meaningAnswer({ 'mood.happy': true }),
      'cold feet': '',
      sad: meaningAnswer({ 'mood.sad': true }),
    })
    expect(draft.columns['Energy']?.use).toBe('')
    expect(isSound(faultsOf(sniff, draft, words))).toBe(true)
  })

  test('is read as she said', () => {
    const answered = withColumn(draft, 'Flow', {
      answers: { ...draft.columns['Flow']!.answers, gush: '3', x: nothing },
    })
    const parsed = parseMappedCsv(table, mappingOf(sniff, answered))
    if (!parsed.ok) throw new TypeError('it can be read')
    expect(parsed.faults).toEqual([])
    expect(parsed.days.map(({ values }) => values)).toEqual([
      {
        'bleeding.value': 3,
        'temperature.value': 36.4,
        'mood.happy': true,
        'symptom.tags': ['cold feet'],
      },
      { 'bleeding.value': 3, 'temperature.value': 36.5, 'mood.sad': true },
      { 'temperature.value': 36.6 },
    ])
    expect(parsed.unknown).toEqual([
      { name: 'Energy', count: 3 },
      { name: 'Empty', count: 0 },
    ])
  })

  test('a word among several that means nothing is no word of its own', () => {
    const silent = withColumn(draft, 'Mood', {
      answers: { ...draft.columns['Mood']!.answers, 'cold feet': nothing },
    })
    const parsed = parseMappedCsv(table, mappingOf(sniff, silent))
    expect(parsed.ok && parsed.days[0]?.values['symptom.tags']).toBeUndefined()
  })
})

describe('what is open', () => {
  const { sniff, words, draft } = look(`When;Bleeding;Weight;Cramps
03/04/2025;1;60;2
04/04/2025;2;61;0
05/04/2025;;62;1
`)

  test('dates that can be read in two ways, units, and numbers without a beginning', () => {
    expect(draft.dateColumn).toBe('When')
    expect(faultsOf(sniff, draft, words)).toEqual({
      date: false,
      order: true,
      columns: false,
      ofColumn: { Bleeding: 'words', Weight: 'unit', Cramps: 'words' },
    })
  })

  test('is closed by her answers', () => {
    let answered: MappingDraft = { ...draft, dateOrder: 'day-month-year' }
    answered = withColumn(answered, 'Bleeding', { answers: { 1: '0', 2: '1' } })
    answered = withColumn(answered, 'Weight', { unit: 'lb' })
    answered = withColumn(answered, 'Cramps', { answers: { 0: nothing, 1: 'true', 2: 'true' } })
    expect(isSound(faultsOf(sniff, answered, words))).toBe(true)
    expect(mappingOf(sniff, answered)).toEqual({
      date: { column: 'When', order: 'day-month-year' },
      columns: [
        { column: 'Bleeding', field: 'bleeding.value', words: { 1: 0, 2: 1 } },
        { column: 'Weight', field: 'weight.value', unit: 'lb' },
        { column: 'Cramps', field: 'pain.cramps', words: { 0: null, 1: true, 2: true } },
      ],
    })
  })

  test('another use forgets the unit and what words meant', () => {
    const column = { ...draft.columns['Weight']!, unit: 'kg', answers: { 60: '1' } } as const
    expect(withUse(column, 'note.value')).toEqual({
      use: 'note.value',
      unit: '',
      answers: {},
      rest: 'symptom.tags',
    })
  })

  test('nothing but the date is nothing to import', () => {
    const columns = Object.fromEntries(
      Object.entries(draft.columns).map(([name, column]) => [name, withUse(column, '')]),
    )
    expect(faultsOf(sniff, { ...draft, columns }, words)).toMatchObject({
      columns: true,
      ofColumn: {},
    })
  })
})

test('another column for the date brings its order along when there is one only', () => {
  const { sniff, draft } = look(
    'A,B,Flow\n13/04/2025,2025-04-03,light\n14/04/2025,2025-04-04,light\n',
  )
  expect(draft.dateColumn).toBe('')
  const [a, b] = sniff.columns
  expect(withDateColumn(draft, a!).dateOrder).toBe('day-month-year')
  expect(withDateColumn(draft, b!).dateOrder).toBe('year-month-day')
})

test('a column that is the date is nothing else', () => {
  const { sniff, draft, words } = look('Date,Other,Flow\n2025-04-03,2025-04-03,light\n')
  const other = sniff.columns.find(({ name }) => name === 'Other')!
  const chosen = withDateColumn(withColumn(draft, 'Other', { use: manyWords }), other)
  expect(mappingOf(sniff, chosen).columns.map(({ column }) => column)).toEqual(['Flow'])
  expect(isSound(faultsOf(sniff, chosen, words))).toBe(true)
})
