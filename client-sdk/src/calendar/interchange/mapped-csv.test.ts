import { describe, expect, test } from 'vitest'
import type { ColumnMapping, CsvMapping } from './csv-mapping.ts'
import { parseMappedCsv } from './mapped-csv.ts'

const table = (...rows: string[]): string => `${rows.join('\r\n')}\r\n`

/** A table as an app or a spreadsheet of the continent writes it. */
const german = table(
  'Datum;Blutung;Temperatur (°C);Gewicht;Symptome;Notiz;Schritte',
  '01.02.2026;stark;36,55;60,5 kg;Krämpfe, Übelkeit;"Zeile 1',
  'Zeile 2";5000',
  '02.02.2026;keine;;;Schwindel;;',
  '13.02.2026;;36,7;;;;7000',
)
const germanMapping: CsvMapping = {
  date: { column: 'Datum', order: 'day-month-year' },
  columns: [
    {
      column: 'Blutung',
      field: 'bleeding.value',
      words: { keine: null, Schmier: 0, leicht: 1, mittel: 2, Stark: 3 },
    },
    { column: 'Temperatur (°C)', field: 'temperature.value', unit: '°C' },
    { column: 'Gewicht', field: 'weight.value', unit: 'kg' },
    {
      column: 'Symptome',
      meanings: { Krämpfe: { 'pain.cramps': true }, Übelkeit: { 'pain.nausea': true } },
      rest: 'symptom.tags',
    },
    { column: 'Notiz', field: 'note.value' },
  ],
}

const american = table(
  'Date,Flow,BBT,Weight (lb),Time taken,Headache,Tags',
  '2/1/2026,Heavy,97.7,132.3,6:30 AM,yes,gym;late',
  '2/28/2026,Light,98.24,,12:05 PM,no,',
)
const americanColumns: ColumnMapping[] = [
  { column: 'Flow', field: 'bleeding.value', words: { light: 1, heavy: 3 } },
  { column: 'BBT', field: 'temperature.value', unit: '°F' },
  { column: 'Weight (lb)', field: 'weight.value', unit: 'lb' },
  { column: 'Time taken', field: 'temperature.time' },
  { column: 'Headache', field: 'pain.headache' },
  { column: 'Tags', field: 'symptom.tags' },
]

function read(text: string, mapping: CsvMapping) {
  const result = parseMappedCsv(text, mapping)
  if (!result.ok) throw new Error(result.reason)
  return result
}

describe('a table with a mapping', () => {
  test('is read with days before months, decimal commas and words in any case', () => {
    expect(read(german, germanMapping)).toEqual({
      ok: true,
      format: 'mapped-csv',
      days: [
        {
          date: '2026-02-01',
          values: {
            'bleeding.value': 3,
            'temperature.value': 36.55,
            'weight.value': 60.5,
            'pain.cramps': true,
            'pain.nausea': true,
            'note.value': 'Zeile 1\r\nZeile 2',
          },
        },
        { date: '2026-02-02', values: { 'symptom.tags': ['Schwindel'] } },
        { date: '2026-02-13', values: { 'temperature.value': 36.7 } },
      ],
      episodes: [],
      faults: [],
      unknown: [{ name: 'Schritte', count: 2 }],
      remarks: [],
    })
  })

  test('is read with months before days, °F, pounds and a.m.', () => {
    const date = { column: 'Date', order: 'month-day-year' } as const
    expect(read(american, { date, columns: americanColumns }).days).toEqual([
      {
        date: '2026-02-01',
        values: {
          'bleeding.value': 3,
          'temperature.value': 36.5,
          'weight.value': 60.01,
          'temperature.time': '06:30',
          'pain.headache': true,
          'symptom.tags': ['gym', 'late'],
        },
      },
      {
        date: '2026-02-28',
        values: {
          'bleeding.value': 1,
          'temperature.value': 36.8,
          'temperature.time': '12:05',
          'pain.headache': false,
        },
      },
    ])
  })

  test('joins rows of one date', () => {
    const text = table('day,symptom', '2026-02-01,cramps', '2026-02-01,dizzy', '2026-02-01,')
    const meanings = { cramps: { 'pain.cramps': true } }
    const columns: ColumnMapping[] = [{ column: 'symptom', meanings, rest: 'symptom.tags' }]
    expect(read(text, { date: { column: 'day' }, columns }).days).toEqual([
      { date: '2026-02-01', values: { 'pain.cramps': true, 'symptom.tags': ['dizzy'] } },
    ])
  })

  test('parts words where it is told to, and counts others without naming them', () => {
    const text = table('day,symptom', '2026-02-01,cramps / very dizzy')
    const columns: ColumnMapping[] = [
      {
        column: 'symptom',
        separator: '/',
        meanings: { CRAMPS: { 'pain.cramps': true } },
        rest: 'unknown',
      },
    ]
    expect(read(text, { date: { column: 'day' }, columns })).toMatchObject({
      days: [{ values: { 'pain.cramps': true } }],
      unknown: [{ name: 'symptom', count: 1 }],
    })
  })

  test('of cells that cannot be read, each is a fault with its line that does not repeat it', () => {
    const text = table(
      'date,flow,bbt,note',
      '2026-02-01,torrential,99.25,kept',
      '2026-02-31,1,36.5,',
      '2026-02-02,"1',
      '2026-02-03,1,36.5,b,c',
    )
    const columns: ColumnMapping[] = [
      { column: 'flow', field: 'bleeding.value', words: { odd: 'odd' } },
      { column: 'bbt', field: 'temperature.value', unit: '°C' },
      { column: 'note', field: 'note.value' },
    ]
    const date = { column: 'date', order: 'year-month-day' } as const
    const { days, faults } = read(text, { date, columns })
    expect(days).toEqual([{ date: '2026-02-01', values: { 'note.value': 'kept' } }])
    expect(faults).toEqual([
      { line: 2, code: 'impossible-value', field: 'bleeding.value' },
      { line: 2, code: 'impossible-value', field: 'temperature.value' },
      { line: 3, code: 'no-date' },
      { line: 4, code: 'misplaced-quote' },
      { line: 5, code: 'cell-count' },
    ])
    expect(JSON.stringify(faults)).not.toMatch(/torrential|99\.25/)
  })

  test('cut off anywhere, gives what is whole', () => {
    for (let end = german.indexOf('\n') + 1; end < german.length; end += 1) {
      const result = parseMappedCsv(german.slice(0, end), germanMapping)
      if (!result.ok) expect(result.reason).toBe('date-order')
      else
        expect(result.days.length).toBeGreaterThanOrEqual(
          german.slice(0, end).split('\n').length > 4 ? 1 : 0,
        )
    }
  })
})

describe('the order of dates', () => {
  const flow: ColumnMapping[] = [{ column: 'flow', field: 'bleeding.value' }]
  const parse = (rows: string[], order?: CsvMapping['date']['order']) =>
    parseMappedCsv(table('date,flow', ...rows.map((date) => `${date},1`)), {
      date: { column: 'date', ...(order && { order }) },
      columns: flow,
    })
  const asked = { ok: false, code: 'import/unreadable', reason: 'date-order' }

  test('is told from the file when only one can be meant', () => {
    expect(parse(['01/02/2026', '13/02/2026'])).toMatchObject({
      days: [{ date: '2026-02-01' }, { date: '2026-02-13' }],
    })
    expect(parse(['2026-02-01'])).toMatchObject({ days: [{ date: '2026-02-01' }] })
  })

  test('is asked when two can be meant, and then counts', () => {
    expect(parse(['01/02/2026', '03/04/2026'])).toEqual(asked)
    expect(parse(['01/02/2026', '03/04/2026'], 'month-day-year')).toMatchObject({
      days: [{ date: '2026-01-02' }, { date: '2026-03-04' }],
    })
  })

  test('is asked again when the file can be read in another only', () => {
    expect(parse(['01/02/2026', '13/02/2026'], 'month-day-year')).toEqual(asked)
    expect(parse(['2026-02-01'], 'day-month-year')).toEqual(asked)
  })

  test('counts as it is said when no order reads the whole file', () => {
    expect(parse(['01/02/2026', 'soon', '13/02/2026'])).toEqual(asked)
    expect(parse(['01/02/2026', 'soon', '13/02/2026'], 'day-month-year')).toMatchObject({
      days: [{ date: '2026-02-01' }, { date: '2026-02-13' }],
      faults: [{ line: 3 }],
    })
  })
})

test.each([
  ['without the column of the date', { date: { column: 'Day' }, columns: germanMapping.columns }],
  [
    'without a column',
    { date: germanMapping.date, columns: [{ column: 'Flow', field: 'bleeding.value' }] },
  ],
  ['with no columns', { date: germanMapping.date, columns: [] }],
  [
    'with a field that is none',
    { date: germanMapping.date, columns: [{ column: 'Notiz', field: '__proto__' }] },
  ],
  [
    'with a meaning that is none',
    {
      date: germanMapping.date,
      columns: [{ column: 'Notiz', meanings: { a: { constructor: 1 } }, rest: 'unknown' }],
    },
  ],
])('a mapping %s is wrong for the file', (_, mapping) => {
  expect(parseMappedCsv(german, mapping as CsvMapping)).toEqual({
    ok: false,
    code: 'import/unreadable',
    reason: 'mapping-wrong',
  })
})
