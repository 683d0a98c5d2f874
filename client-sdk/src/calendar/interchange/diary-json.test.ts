import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, type CivilDate } from '../civil-date.ts'
import { checkDayChange } from '../day-check.ts'
import { episodeKinds, type Episode } from '../episode.ts'
import { fieldNames, fields, type DayValues, type FieldName } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { tagsOf } from '../tag.ts'
import { isDiaryBackup, readDiaryBackup, writeDiaryJson } from './diary-json.ts'
import { parseImport } from './import-file.ts'

const exportedOn = civilDate('2026-01-31')!
const day = (date: string, values: DayValues): LoggedDay => ({ date: civilDate(date)!, values })

const storable = (text: string) => text.length > 0 && !text.includes('\0') && text.isWellFormed()
const text = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom(
      'שלום עולם',
      'مرحبا\u200F',
      '👩🏽‍⚕️',
      '{"a":1}',
      '\u2028\u2029',
      '"\\\n',
      'x'.repeat(10_000),
    ),
  )
  .filter(storable)
const tags = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      text.map((t) => t.slice(0, 60)),
    ),
    { maxLength: 30 },
  )
  .map((words) =>
    tagsOf(
      words.map((word) =>
        word
          .replaceAll(/[\n\r|\0]/g, ' ')
          .toWellFormed()
          .slice(0, 60)
          .toWellFormed(),
      ),
    ),
  )
  .filter((words) => words.length > 0)

const valueOf = (name: FieldName): fc.Arbitrary<unknown> => {
  const field = fields[name]
  if (field.kind === 'integer') return fc.integer({ min: field.min, max: field.max })
  if (field.kind === 'decimal') return fc.double({ min: field.min, max: field.max, noNaN: true })
  if (field.kind === 'flag') return fc.boolean()
  if (field.kind === 'text') return text
  if (field.kind === 'tags') return tags
  return fc.constantFrom('00:00', '06:30', '23:59')
}
const values = fc.record(Object.fromEntries(fieldNames.map((name) => [name, valueOf(name)])), {
  requiredKeys: [],
  noNullPrototype: true,
}) as fc.Arbitrary<DayValues>
const date: fc.Arbitrary<CivilDate> = fc
  .integer({ min: 0, max: 3_652_058 })
  .map((days) => addDays(civilDate('0001-01-01')!, days))
const days = fc.uniqueArray(fc.record({ date, values }, { noNullPrototype: true }), {
  selector: (item) => item.date,
  maxLength: 5,
})
const episodes: fc.Arbitrary<Episode[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...episodeKinds), date, fc.option(date))
    .map(([kind, from, to]) => ({ kind, from, ...(to !== null && to >= from && { to }) })),
  { maxLength: 4 },
)

describe('writing', () => {
  test('loses nothing: reading gives the same days and episodes', () => {
    fc.assert(
      fc.property(days, episodes, (diary, times) => {
        for (const { values } of diary) expect(checkDayChange(values).faults).toEqual([])
        expect(parseImport(writeDiaryJson({ days: diary, episodes: times, exportedOn }))).toEqual({
          ok: true,
          format: 'diary-json',
          days: diary,
          episodes: times,
          faults: [],
          unknown: [],
          remarks: [],
        })
      }),
      { numRuns: 300 },
    )
  })

  test('puts one day on each line, its values in the order of the table', () => {
    const backup = {
      days: [
        day('2026-01-02', { 'symptom.tags': ['dizzy', 'hot'], 'bleeding.value': 2 }),
        day('2026-01-01', {}),
      ],
      episodes: [{ kind: 'pregnancy', from: civilDate('2024-02-01')! }],
      exportedOn,
    } as const
    expect(writeDiaryJson(backup)).toBe(
      [
        '{"format":"selene-diary","version":1,"exportedOn":"2026-01-31",',
        '"days":[',
        '{"date":"2026-01-02","values":{"bleeding.value":2,"symptom.tags":["dizzy","hot"]}},',
        '{"date":"2026-01-01","values":{}}',
        '],',
        '"episodes":[',
        '{"kind":"pregnancy","from":"2024-02-01"}',
        ']}',
        '',
      ].join('\n'),
    )
    expect(writeDiaryJson({ days: [], episodes: [], exportedOn })).toContain(
      '"days":[],\n"episodes":[]}',
    )
  })

  test('ignores what is no field', () => {
    const odd = day(
      '2026-01-01',
      JSON.parse('{"mood.sad":true,"__proto__":1,"other":2}') as DayValues,
    )
    expect(writeDiaryJson({ days: [odd], episodes: [], exportedOn })).toContain(
      '"values":{"mood.sad":true}}',
    )
  })
})

describe('reading', () => {
  const backup = (more: object) => ({
    format: 'selene-diary',
    version: 1,
    exportedOn,
    days: [],
    episodes: [],
    ...more,
  })

  test('leaves out what cannot be, and says where', () => {
    const result = readDiaryBackup(
      backup({
        days: [
          { date: '2026-01-01', values: { 'bleeding.value': 2 } },
          { date: '2026-02-30', values: {} },
          { date: '2026-01-02' },
          7,
          {
            date: '2026-01-03',
            values: { 'temperature.value': 99.25, 'mood.sad': true, 'symptom.tags': ['b', 'a'] },
          },
          { date: '2026-01-01', values: { 'bleeding.value': 3 } },
        ],
        episodes: [
          { kind: 'holiday', from: '2026-01-01' },
          { kind: 'pregnancy', from: '2026-01-02', to: '2026-01-01' },
          { kind: 'pregnancy', from: '2026-01-02', to: null },
          { kind: 'perimenopause', from: '2026-01-02' },
        ],
      }),
    )
    expect(result).toMatchObject({
      days: [day('2026-01-03', { 'mood.sad': true }), day('2026-01-01', { 'bleeding.value': 3 })],
      episodes: [{ kind: 'perimenopause', from: '2026-01-02' }],
    })
    if (!result.ok) throw new Error(result.reason)
    const [list, impossible] = ['days', 'impossible-value'] as const
    expect(result.faults).toEqual([
      { list, index: 1, code: 'no-date' },
      { list, index: 2, code: 'no-values' },
      { list, index: 3, code: 'no-date' },
      { list, index: 4, code: impossible, field: 'temperature.value' },
      { list, index: 4, code: impossible, field: 'symptom.tags' },
      { list, index: 5, code: 'repeated-date' },
      ...[0, 1, 2].map((index) => ({ list: 'episodes', index, code: 'impossible-episode' })),
    ])
    expect(JSON.stringify(result.faults)).not.toContain('99.25')
  })

  test('reports what a later program has added, under its name', () => {
    const result = readDiaryBackup(
      backup({
        writtenBy: 'x',
        days: [{ date: '2026-01-01', values: { 'mood.sad': true, 'mood.new': 1 }, source: 'y' }],
        episodes: [{ kind: 'pregnancy', from: '2026-01-02', week: 3 }],
      }),
    )
    expect(result).toMatchObject({
      days: [day('2026-01-01', { 'mood.sad': true })],
      unknown: ['writtenBy', 'days.source', 'values.mood.new', 'episodes.week'].map((name) => ({
        name,
        count: 1,
      })),
    })
  })

  test('names of every object are no fields', () => {
    const days = JSON.parse(
      '[{"date":"2026-01-01","values":{"__proto__":{"mood.sad":true},"constructor":1}}]',
    ) as unknown
    expect(readDiaryBackup(backup({ days }))).toMatchObject({
      days: [day('2026-01-01', {})],
      unknown: [{ name: 'values.__proto__' }, { name: 'values.constructor' }],
    })
  })

  test.each([
    [{ version: 2 }, 'newer-version'],
    [{ version: 1.5 }, 'newer-version'],
    [{ version: 0 }, 'unknown-format'],
    [{ version: '1' }, 'unknown-format'],
  ])('refuses the version of %j as %s', (more, reason) => {
    expect(readDiaryBackup(backup(more))).toEqual({ ok: false, code: 'import/unreadable', reason })
  })

  test('says so when its lists are missing', () => {
    expect(readDiaryBackup({ format: 'selene-diary', version: 1 })).toMatchObject({
      ok: true,
      days: [],
      faults: [
        { list: 'days', code: 'no-list' },
        { list: 'episodes', code: 'no-list' },
      ],
    })
    expect(isDiaryBackup({ format: 'other' })).toBe(false)
  })
})
