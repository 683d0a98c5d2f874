import { describe, expect, test } from 'vitest'
import { checkDayChange } from '../day-check.ts'
import { guessColumn } from './csv-guess.ts'
import { csvColumnWords, sniffCsv } from './csv-sniff.ts'
import { parseMappedCsv } from './mapped-csv.ts'

function sniff(text: string) {
  const result = sniffCsv(text)
  if (!result.ok) throw new Error(result.reason)
  return result
}

const app = [
  'Date,Flow,BBT,Weight,Headache,Symptoms,Notes,Steps',
  '2026-02-01,Heavy,97.7,132,yes,"cramps, dizzy",a long day,5000',
  '2026-02-02,Medium,98.1,131,no,,,6000',
  '2026-02-03,,,,,,,',
].join('\n')

describe('sniffCsv', () => {
  test('tells what columns hold, and guesses what they mean', () => {
    const { rows, columns, guess, questions } = sniff(app)
    expect(rows).toBe(3)
    expect(columns.map(({ name, filled, kind }) => `${name} ${filled} ${kind}`)).toEqual([
      'Date 3 date',
      'Flow 2 words',
      'BBT 2 number',
      'Weight 2 number',
      'Headache 2 flag',
      'Symptoms 1 words',
      'Notes 1 words',
      'Steps 2 number',
    ])
    expect(columns[0]!.dateOrders).toEqual(['year-month-day'])
    expect(guess.date).toEqual({ column: 'Date', order: 'year-month-day' })
    expect(guess.columns.map((column) => ('field' in column ? column.field : column.rest))).toEqual(
      [
        'bleeding.value',
        'temperature.value',
        'weight.value',
        'pain.headache',
        'symptom.tags',
        'note.value',
      ],
    )
    expect(guess.columns[1]).toEqual({ column: 'BBT', field: 'temperature.value', unit: '°F' })
    expect(questions).toEqual([{ column: 'Weight', about: 'unit' }])
  })

  test('gives a mapping that reads the table', () => {
    const { guess } = sniff(app)
    const mapping = { date: guess.date!, columns: guess.columns }
    expect(parseMappedCsv(app, mapping)).toMatchObject({
      ok: true,
      days: [
        {
          date: '2026-02-01',
          values: {
            'bleeding.value': 3,
            'temperature.value': 36.5,
            'pain.headache': true,
            'pain.cramps': true,
            'symptom.tags': ['dizzy'],
          },
        },
        { date: '2026-02-02', values: { 'bleeding.value': 2, 'pain.headache': false } },
      ],
      faults: [],
      unknown: [{ name: 'Steps', count: 2 }],
    })
  })

  test('repeats nothing of what the cells say', () => {
    const planted = app
      .replaceAll('Heavy', 'violet-harbour')
      .replaceAll('a long day', 'violet-harbour')
    expect(JSON.stringify(sniff(planted))).not.toContain('violet')
  })

  test('asks for the order of dates that can be meant in two ways', () => {
    const { guess, questions, columns } = sniff('Date;Note\n01/02/2026;a\n03/04/2026;b\n')
    expect(columns[0]!.dateOrders).toEqual(['day-month-year', 'month-day-year'])
    expect(guess.date).toEqual({ column: 'Date' })
    expect(questions).toEqual([{ column: 'Date', about: 'date-order' }])
    expect(sniff('Date\tNote\n01/02/2026\ta\n31/04/2026\tb\n').questions).toEqual([
      { about: 'date-column' },
    ])
  })

  test('asks which column is the date when several are, or none', () => {
    expect(sniff('from,to\n2026-01-01,2026-01-05\n').questions).toEqual([{ about: 'date-column' }])
    expect(sniff('created,Date\n2026-01-01,2026-01-05\n').guess.date).toMatchObject({
      column: 'Date',
    })
    expect(sniff('a,b\n1,2\n').questions).toEqual([{ about: 'date-column' }])
  })

  test('asks what numbers of bleeding mean: 0 is none for one program, spotting for another', () => {
    expect(sniff('date,flow\n2026-01-01,0\n2026-01-02,3\n').questions).toEqual([
      { column: 'flow', about: 'words' },
    ])
    expect(sniff('date,bleeding.value,mood.sad\n2026-01-01,0,1\n').questions).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['a text', 'Dear diary,\nit rained.'.replace(',', '')],
    ['a broken header', 'a,"b\n1,2\n'],
    ['a header without end', ','.repeat(2000)],
  ])('%s is no table', (_, text) => {
    expect(sniffCsv(text)).toMatchObject({ ok: false, reason: 'unknown-format' })
  })
})

describe('csvColumnWords', () => {
  test('lists the different words of a column, for her eyes', () => {
    expect(csvColumnWords(app, 'Flow')).toEqual(['Heavy', 'Medium'])
    expect(csvColumnWords(app, 'Other')).toEqual([])
    const many = Array.from({ length: 100 }, (_, i) => `2026-01-01,word ${i}`).join('\n')
    expect(csvColumnWords(`date,w\n${many}`, 'w')).toHaveLength(40)
    expect(csvColumnWords(Uint8Array.of(0x50, 0x4b, 3, 4), 'w')).toEqual([])
  })
})

test('what a guess means, a day can hold', () => {
  const names = ['Flow', 'Mucus', 'LH test', 'Pregnancy test', 'Libido', 'Sleep quality', 'Pain']
  for (const name of names) {
    const guess = guessColumn(name)!
    if (!('field' in guess)) throw new Error(name)
    for (const value of Object.values(guess.words!))
      expect(checkDayChange({ [guess.field]: value }).faults).toEqual([])
  }
  for (const name of ['Symptoms', 'Mood', 'Sex']) {
    const guess = guessColumn(name)!
    if ('field' in guess) throw new Error(name)
    for (const meaning of Object.values(guess.meanings))
      expect(checkDayChange(meaning)).toEqual({ faults: [], odd: [] })
  }
  expect(guessColumn('constructor')).toBeUndefined()
})
