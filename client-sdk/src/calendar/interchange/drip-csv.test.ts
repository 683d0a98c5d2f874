import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, type CivilDate } from '../civil-date.ts'
import { checkDayChange } from '../day-check.ts'
import { parseDripCsv, writeDripCsv } from './drip-csv.ts'
import { importMaxBytes } from './source-text.ts'
import { dripFieldNames, fields, type DayValues, type FieldName } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'

const day = (date: string, values: DayValues): LoggedDay => ({ date: civilDate(date)!, values })

function read(text: string) {
  const result = parseDripCsv(text)
  if (!result.ok) throw new Error(result.code)
  return result
}

const lines = (...rows: string[]): string => `${rows.join('\n')}\n`

describe('reading', () => {
  test('reads every kind of cell, a blank one as absent', () => {
    const text = lines(
      'date,temperature.value,temperature.time,bleeding.value,bleeding.exclude,note.value',
      '2026-01-01,36.55,06:30,0,false,slept well',
      '2026-01-02,,,3,true,',
      '2026-01-03,,,,,',
    )
    expect(read(text)).toEqual({
      ok: true,
      days: [
        day('2026-01-01', {
          'temperature.value': 36.55,
          'temperature.time': '06:30',
          'bleeding.value': 0,
          'bleeding.exclude': false,
          'note.value': 'slept well',
        }),
        day('2026-01-02', { 'bleeding.value': 3, 'bleeding.exclude': true }),
        day('2026-01-03', {}),
      ],
      format: 'drip-csv',
      episodes: [],
      faults: [],
      unknown: [],
      remarks: [],
    })
  })

  test('reads quoted notes with commas, quotes and line breaks, in any column order', () => {
    const text = lines(
      'note.value,date,"bleeding.value"',
      '"a, b\nc ""d""\r\ne",2026-01-01,1',
      '"",2026-01-02,2',
    )
    expect(read(text).days).toEqual([
      day('2026-01-01', { 'note.value': 'a, b\nc "d"\r\ne', 'bleeding.value': 1 }),
      day('2026-01-02', { 'bleeding.value': 2 }),
    ])
    expect(read(text).faults).toEqual([])
  })

  const rows = ['date,bleeding.value,note.value', '2026-01-01,1,a', '2026-01-02,2,"b"']
  const both = [
    day('2026-01-01', { 'bleeding.value': 1, 'note.value': 'a' }),
    day('2026-01-02', { 'bleeding.value': 2, 'note.value': 'b' }),
  ]
  test.each([
    ['LF', rows.join('\n')],
    ['CRLF', rows.join('\r\n')],
    ['CR', rows.join('\r')],
    ['mixed line ends', `${rows[0]}\r\n${rows[1]}\n${rows[2]}\r\n`],
    ['a byte order mark', `\uFEFF${rows.join('\n')}`],
    ['a byte order mark and quoted names', `\uFEFF"date",${rows.join('\r\n').slice(5)}`],
    ['blank lines', `\n${rows.join('\n\n')}\n,,\n\n`],
    ['blanks after the end', `${rows.join('\n')} \t`],
    ['semicolons', rows.join('\n').replaceAll(',', ';')],
    ['tabs', rows.join('\n').replaceAll(',', '\t')],
    ['commas left over at the end', `${rows[0]},,\n${rows[1]},\n${rows[2]},,,,`],
  ])('reads a file with %s', (_, text) => {
    expect(read(text)).toMatchObject({ days: both, faults: [], unknown: [] })
  })

  test('reads what spreadsheets and data frames make of numbers, flags and times', () => {
    const text = lines(
      'date;temperature.value;temperature.time;temperature.exclude;bleeding.value',
      '2026-01-01;36,55;6:05;FALSE;2.0',
      '2026-01-02;37;23:59;True; 1 ',
    )
    expect(read(text)).toMatchObject({
      faults: [],
      days: [
        day('2026-01-01', {
          'temperature.value': 36.55,
          'temperature.time': '06:05',
          'temperature.exclude': false,
          'bleeding.value': 2,
        }),
        day('2026-01-02', {
          'temperature.value': 37,
          'temperature.time': '23:59',
          'temperature.exclude': true,
          'bleeding.value': 1,
        }),
      ],
    })
  })

  test('unknown columns are reported with their filled cells, not fatal', () => {
    const text = lines(
      'date,weight.value,bleeding.value,__proto__,empty',
      '2026-01-01,60,1,x,',
      '2026-01-02,,1,x,',
    )
    expect(read(text)).toMatchObject({
      days: [
        day('2026-01-01', { 'bleeding.value': 1 }),
        day('2026-01-02', { 'bleeding.value': 1 }),
      ],
      faults: [],
      unknown: [
        { name: 'weight.value', count: 1 },
        { name: '__proto__', count: 2 },
        { name: 'empty', count: 0 },
      ],
    })
  })

  test('a column that occurs twice is reported and the first counts', () => {
    const text = lines('date,bleeding.value,bleeding.value', '2026-01-01,1,2')
    expect(read(text)).toMatchObject({
      days: [day('2026-01-01', { 'bleeding.value': 1 })],
      faults: [{ line: 1, code: 'repeated-column', column: 'bleeding.value' }],
    })
  })

  test('of two rows for a date the later counts, and that is said', () => {
    const text = lines(
      'date,bleeding.value,mood.sad',
      '2026-01-01,1,true',
      '2026-01-02,2,',
      '2026-01-01,3,',
    )
    expect(read(text)).toMatchObject({
      days: [
        day('2026-01-02', { 'bleeding.value': 2 }),
        day('2026-01-01', { 'bleeding.value': 3 }),
      ],
      faults: [{ line: 4, code: 'repeated-date' }],
    })
    expect(read(text).days[1]!.values).toEqual({ 'bleeding.value': 3 })
  })
})

describe('what is broken', () => {
  const good = [
    day('2026-01-01', { 'note.value': 'x\ny' }),
    day('2026-01-03', { 'note.value': 'z' }),
  ]

  test.each([
    ['a date that does not exist', '2026-02-30,', 'no-date'],
    ['no date', ',something', 'no-date'],
    ['too few cells', '2026-01-02', 'cell-count'],
    ['too many cells', '2026-01-02,a,b', 'cell-count'],
    ['text before a quote’s end', '2026-01-02,"a" b', 'misplaced-quote'],
    ['a quote that is never closed', '2026-01-02,"never closed', 'misplaced-quote'],
  ])('%s is reported with the line of the file; the neighbours are imported', (_, row, code) => {
    const result = read(lines('date,note.value', '2026-01-01,"x\ny"', row, '2026-01-03,"z"'))
    expect(result.days).toEqual(good)
    expect(result.faults).toEqual([{ line: 4, code }])
  })

  test('a quote that is never closed in the last row is reported there', () => {
    const result = read(
      lines('date,note.value', '2026-01-01,"x\ny"', '2026-01-03,z', '2026-01-04,"q'),
    )
    expect(result.days).toEqual(good)
    expect(result.faults.map((fault) => fault.line)).toEqual([5])
  })

  test('what is left of a broken row on its further lines is reported too', () => {
    const result = read(
      lines('date,note.value', '2026-01-01,"x\ny"', '2026-01-02,"a" b "c', 'd"', '2026-01-03,z'),
    )
    expect(result.days).toEqual(good)
    expect(result.faults.map((fault) => fault.line)).toEqual([4, 5])
  })

  test('of a row with a bad cell only that cell is left out, without repeating it', () => {
    const text = lines(
      'date,temperature.value,bleeding.value,mood.sad,temperature.time,note.value',
      '2026-01-01,99.25,2,maybe,25:00,kept',
      '2026-01-02,36.5,7,true,07:00,a\0b',
    )
    const result = read(text)
    expect(result.days).toEqual([
      day('2026-01-01', { 'bleeding.value': 2, 'note.value': 'kept' }),
      day('2026-01-02', {
        'temperature.value': 36.5,
        'mood.sad': true,
        'temperature.time': '07:00',
      }),
    ])
    const code = 'impossible-value'
    expect(result.faults).toEqual([
      { line: 2, code, field: 'temperature.value' },
      { line: 2, code, field: 'mood.sad' },
      { line: 2, code, field: 'temperature.time' },
      { line: 3, code, field: 'bleeding.value' },
      { line: 3, code, field: 'note.value' },
    ])
    expect(JSON.stringify(result.faults)).not.toMatch(/99\.25|maybe|25:00/)
  })

  test.each([
    ['nothing', ''],
    ['blank lines', '\n \n'],
    ['a text', 'Dear diary,\ntoday was fine.'],
    ['another table', 'date,weight\n2026-01-01,60\n'],
    ['no date', 'bleeding.value,note.value\n1,a\n'],
    ['a broken header', 'date,"bleeding.value\n2026-01-01,1\n'],
    ['JSON', '[{"date":"2026-01-01","type":"period","value":{"option":"light"}}]'],
    ['binary', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ])('%s is not a drip file', (_, text) => {
    expect(parseDripCsv(text)).toMatchObject({ ok: false, code: 'import/unreadable' })
  })

  test('a file above 10 MiB is too large, counted in bytes', () => {
    const header = 'date,note.value\n'
    const fits = header + '\n'.repeat(importMaxBytes - header.length)
    expect(read(fits).days).toEqual([])
    const tooLarge = { ok: false, code: 'import/too-large', reason: 'too-large' }
    expect(parseDripCsv(`${fits}\n`)).toEqual(tooLarge)
    expect(parseDripCsv(header + 'é'.repeat(importMaxBytes / 2))).toEqual(tooLarge)
  })

  test('of a file in which each row is broken, ten thousand rows are listed and the rest counted', () => {
    const row = '2026-01-01,"x\n'
    const result = read(`date,note.value\n${row.repeat(100_000)}`)
    expect(result.days).toEqual([])
    expect(result.faults).toHaveLength(10_001)
    expect(result.faults[9999]!.line).toBe(10_001)
    expect(result.faults[10_000]).toEqual({ code: 'not-listed', count: 90_000 })
  })

  test('no text makes it throw', () => {
    const soup = fc.array(
      fc.constantFrom(
        '"',
        ',',
        '\n',
        '\r',
        '\r\n',
        ';',
        '2026-01-01',
        'date',
        'note.value',
        "'=",
        'a',
      ),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(soup, fc.string({ unit: 'binary' }), (parts, noise) => {
        for (const text of [parts.join(''), noise, `date,note.value\n${parts.join('')}${noise}`]) {
          const result = parseDripCsv(text)
          if (!result.ok) continue
          for (const { values } of result.days) expect(checkDayChange(values).faults).toEqual([])
        }
      }),
      { numRuns: 1000 },
    )
  })
})

const awkward = fc
  .array(
    fc.constantFrom(
      '"',
      '""',
      ',',
      '\n',
      '\r',
      '\r\n',
      ';',
      '\t',
      "'",
      '=',
      '+',
      '-',
      '@',
      ' ',
      '\uFEFF',
      'a',
      'é😀',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const note = fc
  .oneof(awkward, fc.string({ unit: 'binary', minLength: 1 }))
  .filter((text) => !text.includes('\0'))

const valueOf = (name: FieldName): fc.Arbitrary<unknown> => {
  const field = fields[name]
  if (field.kind === 'integer') return fc.integer({ min: field.min, max: field.max })
  if (field.kind === 'decimal') return fc.double({ min: field.min, max: field.max, noNaN: true })
  if (field.kind === 'flag') return fc.boolean()
  if (field.kind === 'text') return note
  return fc
    .integer({ min: 0, max: 1439 })
    .map((minute) =>
      [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':'),
    )
}

const values = fc.record(Object.fromEntries(dripFieldNames.map((name) => [name, valueOf(name)])), {
  requiredKeys: [],
}) as fc.Arbitrary<DayValues>
const date: fc.Arbitrary<CivilDate> = fc
  .integer({ min: 0, max: 3_652_058 })
  .map((days) => addDays(civilDate('0001-01-01')!, days))
const days = fc.uniqueArray(fc.record({ date, values }, { noNullPrototype: true }), {
  selector: (item) => item.date,
  maxLength: 6,
})

describe('writing', () => {
  test('reading what was written gives the same days', () => {
    fc.assert(
      fc.property(days, (diary) => {
        expect(parseDripCsv(writeDripCsv(diary))).toEqual({
          ok: true,
          format: 'drip-csv',
          days: diary,
          episodes: [],
          faults: [],
          unknown: [],
          remarks: [],
        })
      }),
      { numRuns: 500 },
    )
  })

  test('writing what was read gives the same file', () => {
    fc.assert(
      fc.property(days, (diary) => {
        const text = writeDripCsv(diary)
        expect(writeDripCsv(read(text).days)).toBe(text)
      }),
      { numRuns: 100 },
    )
  })

  test('writes all columns in the order of the table, with line ends of RFC 4180', () => {
    const text = writeDripCsv([day('2026-01-01', { 'mood.note': 'a "b", c', 'bleeding.value': 2 })])
    expect(text.split('\r\n')).toEqual([
      `date,${dripFieldNames.join(',')}`,
      `2026-01-01,,,,,2${','.repeat(52)}"a ""b"", c"`,
      '',
    ])
  })

  test.each(['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', "'=1", ' =1', '\r\n@x'])(
    'disarms the formula %j and reads it back',
    (formula) => {
      const diary = [day('2026-01-01', { 'note.value': formula })]
      const text = writeDripCsv(diary)
      const cell = text.split('2026-01-01')[1]!.replace(/^[,"]+/, '')
      expect(cell.startsWith("'")).toBe(true)
      expect(read(text).days).toEqual(diary)
    },
  )

  test('leaves other texts as they are, for other programs', () => {
    const text = writeDripCsv([day('2026-01-01', { 'note.value': "'tis 5 - 3 = 2" })])
    expect(text).toContain(",'tis 5 - 3 = 2,")
  })
})
