import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, isCivilDate } from '../civil-date.ts'
import { faultOf } from '../day-check.ts'
import { isFieldName } from '../field.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { csvColumnWords, sniffCsv } from './csv-sniff.ts'
import { writeDiaryJson } from './diary-json.ts'
import { writeDripCsv } from './drip-csv.ts'
import { parseImport, type ImportOptions } from './import-file.ts'
import type { ImportFormat, ParsedDiary } from './parsed-diary.ts'

const days = [
  {
    date: civilDate('2026-01-01')!,
    values: { 'bleeding.value': 2, 'note.value': '=a, "b"\nשלום 😀', 'temperature.value': 36.55 },
  },
  { date: civilDate('2026-01-02')!, values: { 'mood.sad': true, 'temperature.time': '06:30' } },
] as const
const mapping: CsvMapping = {
  date: { column: 'Day', order: 'day-month-year' },
  columns: [
    { column: 'Flow', field: 'bleeding.value', words: { heavy: 3 } },
    { column: 'Mood', meanings: { sad: { 'mood.sad': true } }, rest: 'symptom.tags' },
  ],
}

const files = {
  'drip-csv': writeDripCsv(days),
  'diary-json': writeDiaryJson({
    days,
    episodes: [{ kind: 'pregnancy', from: civilDate('2024-02-01')!, to: civilDate('2024-11-05')! }],
    exportedOn: civilDate('2026-01-31')!,
  }),
  'clue-json': JSON.stringify([
    { id: 'a', date: '2026-01-05', type: 'period', value: { option: 'heavy' } },
    {
      id: 'b',
      date: '2026-01-05',
      type: 'pain',
      value: [{ option: 'headache' }, { option: 'leg' }],
    },
    { id: 'c', date: '2026-01-06', type: 'bbt', value: { celsius: 36.6, excluded: false } },
    { id: 'd', date: '2026-01-06', type: 'notes', value: { text: 'a\nb' } },
  ]),
  'flo-json': JSON.stringify({
    operationalData: {
      cycles: [
        {
          period_start_date: '2026-01-30 00:00:00.0',
          period_end_date: '2026-02-02 00:00:00.0',
          period_intensity: '{"0": 3}',
          pregnant: true,
        },
      ],
      notes: [{ date: '2026-01-30 00:00:00.0', text: 'x' }],
    },
    pointEventsManualData: {
      point_events_manual_v2: [
        { local_date: '2026-01-30 00:00:00', category: 'Symptom', subcategory: 'DrawingPain' },
        { date: '2026-01-31', category: 'Temperature', properties: { value: 97.7 } },
      ],
    },
  }),
  'mapped-csv': 'Day,Flow,Mood\n01/02/2026,heavy,"sad, tired"\n13/02/2026,,\n',
} as const satisfies Record<ImportFormat, string>
const formats = Object.keys(files) as ImportFormat[]
const optionsOf = (format: ImportFormat): ImportOptions =>
  format === 'mapped-csv' ? { mapping } : {}

describe('parseImport', () => {
  test.each(formats)('tells by the content that a file is %s', (format) => {
    const result = parseImport(files[format], optionsOf(format))
    expect(result).toMatchObject({ ok: true, format, faults: [] })
    if (result.ok)
      expect(result.days).toHaveLength(format === 'flo-json' ? 4 : format === 'mapped-csv' ? 1 : 2)
  })

  test.each(formats)(
    'reads %s alike from text and from bytes, with a byte order mark and without',
    (format) => {
      const text = files[format]
      const expected = parseImport(text, optionsOf(format))
      for (const source of [
        `\uFEFF${text}`,
        new TextEncoder().encode(text),
        new TextEncoder().encode(`\uFEFF${text}`),
      ])
        expect(parseImport(source, optionsOf(format))).toEqual(expected)
    },
  )

  test.each(formats)('reads %s when it is told to, and nothing else', (format) => {
    for (const other of formats) {
      const result = parseImport(files[format], { ...optionsOf(format), format: other })
      expect(result.ok && result.format).toBe(other === format ? format : false)
    }
  })

  test.each([
    ['a table that is not drip’s', 'Day,Flow\n2026-01-01,heavy\n', 'mapping-needed'],
    ['a text', 'Dear diary', 'unknown-format'],
    ['nothing', '', 'unknown-format'],
    ['other JSON', '{"a":1}', 'unknown-format'],
    ['JSON that is cut off', '[{"date":"2026-01-05","type":"per', 'broken-json'],
    ['JSON that is nested deeper than any diary', '['.repeat(5_000_000), 'unknown-format'],
    [
      'a later version of our own',
      files['diary-json'].replace('"version":1', '"version":2'),
      'newer-version',
    ],
    ['an archive', 'PK\u0003\u0004', 'packed'],
  ])('says of %s what it is', (_, text, reason) => {
    expect(parseImport(text)).toEqual({ ok: false, code: 'import/unreadable', reason })
  })

  test('of JSON with millions of parts it says that it is too large', () => {
    expect(parseImport(`[${'{},'.repeat(1_600_000)}{}]`)).toEqual({
      ok: false,
      code: 'import/too-large',
      reason: 'too-large',
    })
  })

  test('bytes that are no characters are the first of the faults', () => {
    const bytes = new TextEncoder().encode(files['clue-json'])
    bytes[files['clue-json'].indexOf('leg')] = 0xff
    expect(parseImport(bytes)).toMatchObject({
      ok: true,
      days: [{ values: { 'symptom.tags': ['pain: \uFFFDeg'] } }, {}],
      faults: [{ code: 'bad-bytes' }],
    })
  })
})

/** What holds of every answer, whatever the file. */
function expectSound(parsed: ParsedDiary): void {
  if (!parsed.ok) return expect(parsed.code).toMatch(/^import\/(unreadable|too-large)$/)
  expect(new Set(parsed.days.map(({ date }) => date)).size).toBe(parsed.days.length)
  for (const { date, values } of parsed.days) {
    expect(isCivilDate(date)).toBe(true)
    for (const [name, value] of Object.entries(values))
      expect(isFieldName(name) ? faultOf(name, value) : name).toBeUndefined()
  }
  for (const { from, to } of parsed.episodes) {
    expect(isCivilDate(from)).toBe(true)
    expect(to === undefined || (isCivilDate(to) && to >= from)).toBe(true)
  }
  for (const { count } of [...parsed.remarks, ...parsed.unknown])
    expect(count).toBeGreaterThanOrEqual(0)
}

/** Reads a file in every way there is. */
function expectSoundly(source: string | Uint8Array): void {
  for (const options of [{}, { mapping }, ...formats.map((format) => ({ format, mapping }))]) {
    const parsed = parseImport(source, options)
    expectSound(parsed)
    expect(parseImport(source, options)).toEqual(parsed)
  }
  const sniffed = sniffCsv(source)
  expect(sniffCsv(source)).toEqual(sniffed)
  csvColumnWords(source, 'Flow')
  const date = sniffed.ok ? sniffed.guess.date : undefined
  if (sniffed.ok && date)
    expectSound(parseImport(source, { mapping: { date, columns: sniffed.guess.columns } }))
}

const format = fc.constantFrom(...formats)

describe('whatever the file', () => {
  test('random bytes and texts give a sound answer, and the same one again', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' })),
        expectSoundly,
      ),
      { numRuns: 300 },
    )
  })

  test('so do files that are cut off anywhere', () => {
    fc.assert(
      fc.property(format, fc.nat(), (name, at) => {
        const file = files[name]
        expectSoundly(file.slice(0, at % file.length))
        expectSoundly(new TextEncoder().encode(file).subarray(0, at % file.length))
      }),
      { numRuns: 200 },
    )
  })

  test('so do files of which parts are changed, doubled or lost', () => {
    const splice = fc.record({
      at: fc.nat(),
      length: fc.integer({ min: 0, max: 12 }),
      put: fc.oneof(
        fc.constantFrom(
          '"',
          '""',
          ',',
          '\n',
          '\r',
          '{',
          '[',
          ']',
          '}',
          'null',
          '-1',
          '1e999',
          '"__proto__"',
          '\\u0000',
          '\\uD800',
          '\0',
          '9999-12-31',
          '0001-01-01',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
    })
    fc.assert(
      fc.property(format, fc.array(splice, { minLength: 1, maxLength: 6 }), (name, splices) => {
        let text: string = files[name]
        for (const { at, length, put } of splices) {
          const from = at % (text.length + 1)
          text = text.slice(0, from) + put + text.slice(from + length)
        }
        expectSoundly(text)
      }),
      { numRuns: 400 },
    )
  })

  test('so does JSON of the right shape with anything in its places', () => {
    const anything = fc.jsonValue({ maxDepth: 3 })
    const written = fc.oneof(
      fc.constantFrom('2026-01-05', '9999-12-31', '2026-01-05 00:00:00.0', '2026-02-30'),
      anything,
    )
    const measurement = fc.record({
      date: written,
      type: fc.oneof(
        fc.constantFrom('period', 'pain', 'bbt', 'notes', 'tags', 'weight', '__proto__'),
        anything,
      ),
      value: fc.oneof(
        fc.record({ option: anything }),
        fc.array(fc.record({ option: anything })),
        fc.record({ celsius: anything, text: anything }),
        anything,
      ),
    })
    const cycle = fc.record({
      period_start_date: written,
      period_end_date: written,
      period_intensity: fc.oneof(
        anything,
        anything.map((value) => JSON.stringify(value)),
      ),
      pregnant: fc.oneof(fc.boolean(), anything),
      pregnant_end_date: written,
    })
    const event = fc.record({
      date: written,
      category: fc.oneof(
        fc.constantFrom('Symptom', 'Mood', 'Temperature', 'Medication', 'Weight'),
        anything,
      ),
      subcategory: anything,
      properties: fc.oneof(fc.record({ value: anything, missed_pill: anything }), anything),
      text: anything,
    })
    const day = fc.record({
      date: written,
      values: fc.oneof(
        fc.record({ 'mood.sad': anything, 'symptom.tags': anything, 'bleeding.value': anything }),
        anything,
      ),
    })
    const list = <T>(entry: fc.Arbitrary<T>) =>
      fc.array(fc.oneof(entry, anything), { maxLength: 5 })
    const root = fc.oneof(
      list(measurement),
      fc.record({
        data: list(fc.record({ day: written, period: anything, pain: anything, notes: anything })),
      }),
      fc.record({
        operationalData: fc.record({
          cycles: list(cycle),
          notes: list(event),
          point_events_manual_v2: list(event),
        }),
      }),
      fc.record({
        format: fc.constant('selene-diary'),
        version: fc.constant(1),
        days: list(day),
        episodes: list(
          fc.record({ kind: fc.constantFrom('pregnancy', 'x'), from: written, to: written }),
        ),
      }),
    )
    fc.assert(
      fc.property(root, (value) => {
        const text = JSON.stringify(value)
        const parsed = parseImport(text)
        expectSound(parsed)
        expect(parseImport(text)).toEqual(parsed)
      }),
      { numRuns: 1000 },
    )
  })

  test('no fault, remark or failure repeats what the file says', () => {
    const planted = 'violet-harbour-7731'
    for (const name of formats) {
      const text = files[name].replaceAll(/heavy|headache|36\.55|36\.6|97\.7|sad|true/g, planted)
      const result = parseImport(text, optionsOf(name))
      if (result.ok) expect(JSON.stringify([result.faults, result.remarks])).not.toContain('violet')
    }
  })
})
