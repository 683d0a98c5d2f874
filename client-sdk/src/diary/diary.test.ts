import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  fieldNames,
  fields,
  type CivilDate,
  type DayValues,
  type FieldName,
} from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import type { Day } from './month.ts'
import { readMonth, writeDay, writeImportedDays } from './month.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

/** Every test has a month of its own. */
let month = 0
beforeEach(() => void (month += 1))
const date = (day: number): CivilDate =>
  `${2000 + month}-05-${String(day).padStart(2, '0')}` as CivilDate

const diary = () => device.client.diary
const now = (day: number): Promise<Day> => until(diary().day(date(day)), () => true)
const all = (): Promise<readonly Day[]> => until(diary().range(date(1), date(31)), () => true)
const pending = async (): Promise<number> =>
  (await device.parts.store.query('SELECT 1 FROM pending_edits')).length

describe('an edit', () => {
  test('is shown, changed and cleared; notes are text like any other', async () => {
    await diary().edit(date(1), { 'bleeding.value': 2, 'note.value': 'one', 'mood.happy': true })
    await diary().edit(date(1), { 'bleeding.value': 3, 'note.value': 'one and two' })
    expect((await now(1)).values).toEqual({
      'bleeding.value': 3,
      'note.value': 'one and two',
      'mood.happy': true,
    })
    await diary().edit(date(1), { 'bleeding.value': null, 'note.value': null, 'mood.happy': null })
    expect(await now(1)).toEqual({ date: date(1), values: {} })
    expect(await all()).toEqual([])
  })

  test('of nothing new sends nothing, and says at once that it is stored', async () => {
    await diary().edit(date(1), { 'bleeding.value': 2 })
    const before = await pending()
    const write = await diary().edit(date(1), { 'bleeding.value': 2 })
    expect(await write.stored).toEqual({ outcome: 'applied' })
    await write.seen
    expect(await pending()).toBe(before)
  })

  test.each([
    [{ 'bleeding.value': 4 }],
    [{ 'bleeding.value': 1.5 }],
    [{ 'temperature.value': 46 }],
    [{ 'temperature.value': Number.NaN }],
    [{ 'temperature.time': '24:00' }],
    [{ 'mood.happy': 'yes' }],
    [{ 'note.value': 'x'.repeat(10_001) }],
    [{ 'note.value': 'zero \0' }],
    [{ 'note.value': 'half \uD83D' }],
    [{ 'bleeding.value': undefined }],
    [{ nothing: 1 }],
    [{ 'mood.sad': true, 'bleeding.value': -1 }],
  ])(
    'of %j is diary/invalid-day, with faults that do not repeat the value, and writes nothing',
    async (change) => {
      const before = await pending()
      const edit = diary().edit(date(1), change as never)
      const problem = await edit.catch((error: unknown) => error)
      expect(problem).toMatchObject({ code: 'diary/invalid-day', faults: [expect.any(String)] })
      expect((problem as Error).message).not.toMatch(/xxx|half|yes/)
      expect([await all(), await pending()]).toEqual([[], before])
    },
  )

  test.each(['2026-02-30', '10.3.2026', '', undefined])(
    'of the date %s is a misuse',
    async (day) => {
      await expect(diary().edit(day as CivilDate, {})).rejects.toThrow(TypeError)
      expect(() => diary().day(day as CivilDate)).toThrow(TypeError)
      await expect(diary().history(day as CivilDate)).rejects.toThrow(TypeError)
    },
  )

  test('keeps a note through edits of two devices at once', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    const edit = (doc: Y.Doc, writer: string, text: string) =>
      doc.transact(() =>
        writeDay(doc, date(1), {
          values: { 'note.value': text, 'bleeding.value': writer === 'a' ? 1 : 2 },
          forgetImportedNote: false,
          writer,
          at: 1,
        }),
      )
    edit(a, 'a', 'the middle')
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    edit(a, 'a', 'before the middle')
    edit(b, 'b', 'the middle after')
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    const [shown] = readMonth(a, date(1).slice(0, 7))
    expect(shown!.values['note.value']).toBe('before the middle after')
    expect(readMonth(b, date(1).slice(0, 7))).toEqual([shown])
  })
})

describe('words of her own', () => {
  const change = (writer: string, tags: readonly string[] | null) => ({
    values: { 'symptom.tags': tags },
    forgetImportedNote: false,
    writer,
    at: 1,
  })
  const meet = (a: Y.Doc, b: Y.Doc): void => {
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  }
  const shown = (doc: Y.Doc) => readMonth(doc, date(1).slice(0, 7))[0]?.values['symptom.tags']

  test('of two devices at once all stand, and what one took away is gone', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    writeDay(a, date(1), change('a', ['dizzy', 'hot']))
    meet(a, b)
    writeDay(a, date(1), change('a', ['dizzy', 'hot', 'itchy']))
    writeDay(b, date(1), change('b', ['hot', 'sleepy']))
    meet(a, b)
    expect(shown(a)).toEqual(['hot', 'itchy', 'sleepy'])
    expect(shown(b)).toEqual(shown(a))
    writeDay(b, date(1), change('b', null))
    expect(shown(b)).toBeUndefined()
  })

  test('are put in order, each once, and each is in the history', async () => {
    await diary().edit(date(1), { 'symptom.tags': [' hot ', 'dizzy', 'hot', ''] })
    expect((await now(1)).values).toEqual({ 'symptom.tags': ['dizzy', 'hot'] })
    await diary().edit(date(1), { 'symptom.tags': ['hot'] })
    const history = await diary().history(date(1))
    expect(history.map(({ tag, value }) => [tag, value])).toEqual([
      ['dizzy', null],
      ['hot', true],
    ])
    await diary().edit(date(1), { 'symptom.tags': [] })
    expect((await now(1)).values).toEqual({})
  })

  test('of a broken or hostile device are shown as far as a day can hold them', () => {
    const doc = new Y.Doc()
    const words = Array.from({ length: 40 }, (_, i) => `word ${i + 10}`)
    writeDay(doc, date(1), change('a', [...words, 'x'.repeat(100), '']))
    expect(shown(doc)).toEqual(words.slice(0, 30))
  })
})

describe('what is read', () => {
  test('live changes with every edit of what it shows', async () => {
    const range = diary().range(date(1), date(31))
    const seen: number[] = []
    const watching = (async () => {
      for await (const days of range) {
        seen.push(days.length)
        if (days.length === 2) return
      }
    })()
    await until(range, () => true)
    await diary().edit(date(2), { 'pain.cramps': true })
    await until(range, (days) => days.length === 1)
    await diary().edit(date(3), { 'pain.cramps': true })
    await watching
    expect(seen).toEqual([0, 1, 2])
  })

  test('has a history with the shown value first, and who wrote it', async () => {
    await diary().edit(date(1), { 'bleeding.value': 1 })
    const preview = await diary().preview(`date,bleeding.value\n${date(1)},3\n`)
    await preview.commit()
    const edits = (await diary().history(date(1))).filter(({ field }) => field === 'bleeding.value')
    expect(edits.map(({ value, shown, by }) => [value, shown, by.kind])).toEqual([
      [1, true, 'this-device'],
      [3, false, 'import'],
    ])
  })

  test('in SQL is what the documents say, and a rebuild changes nothing', async () => {
    const day: Record<string, unknown> = {}
    for (const name of fieldNames) {
      const { kind } = fields[name]
      const tags = ['ä', '😀'].toSorted()
      const values = { integer: 1, flag: false, time: '07:30', text: "it's", tags, decimal: 0 }
      day[name] = kind === 'decimal' ? fields[name].usual[0] + 0.55 : values[kind]
    }
    await diary().edit(date(1), day)
    await diary().edit(date(31), { 'mood.sad': true })
    expect((await now(1)).values).toEqual(day)
    const read = () => device.client.query('SELECT * FROM calendar_entries ORDER BY date')
    const before = await read()
    await diary().rebuild()
    expect(await read()).toEqual(before)
  })
})

const csv = (...rows: string[]): string =>
  ['date,bleeding.value,temperature.value,mood.happy,note.value', ...rows].join('\n')

describe('an import', () => {
  test('takes what is sound and says by line what is not', async () => {
    const preview = await diary().preview(
      csv(
        `${date(1)},2,36.5,true,fine`,
        `${date(2)},9,36.6,,`,
        'yesterday,1,,,',
        `${date(3)},1,,maybe,kept`,
        `${date(4)},1`,
        `${date(5)},3,,,"never closed`,
      ),
    )
    expect(preview).toMatchObject({ days: 3, changing: 3, from: date(1), to: date(3) })
    expect(preview.faults.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7])
    expect(await all()).toEqual([])
    expect((await preview.commit()).length).toBe(1)
    expect((await all()).map(({ values, importedNote }) => [values, importedNote])).toEqual([
      [{ 'bleeding.value': 2, 'temperature.value': 36.5, 'mood.happy': true }, 'fine'],
      [{ 'temperature.value': 36.6 }, undefined],
      [{ 'bleeding.value': 1 }, 'kept'],
    ])
  })

  test('W30 a second time changes nothing', async () => {
    const file = csv(`${date(1)},2,36.5,true,fine`)
    await (await diary().preview(file)).commit()
    const before = [await all(), await pending()]
    const again = await diary().preview(new Blob([file]))
    expect(again).toMatchObject({ changing: 0, unchanged: 1, conflicts: [] })
    expect(await again.commit()).toEqual([])
    expect([await all(), await pending()]).toEqual(before)
  })

  test('W30 on two devices gives one note and one value, whichever is merged first', () => {
    const days = [
      { date: date(1), values: { 'bleeding.value': 2, 'note.value': 'fine' } as DayValues },
    ]
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    for (const doc of [a, b]) doc.transact(() => writeImportedDays(doc, days))
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    const wanted = [{ date: date(1), values: { 'bleeding.value': 2 }, importedNote: 'fine' }]
    expect(readMonth(a, date(1).slice(0, 7))).toEqual(wanted)
    expect(readMonth(b, date(1).slice(0, 7))).toEqual(wanted)
  })

  test('never replaces what she logged or cleared herself, before or after', async () => {
    await diary().edit(date(1), { 'bleeding.value': 1, 'mood.happy': true })
    await diary().edit(date(1), { 'mood.happy': null })
    const preview = await diary().preview(csv(`${date(1)},3,36.5,true,theirs`))
    expect(preview.conflicts).toEqual([{ date: date(1), kept: ['bleeding.value', 'mood.happy'] }])
    await diary().edit(date(1), { 'temperature.value': 37 })
    await preview.commit()
    expect(await now(1)).toEqual({
      date: date(1),
      values: { 'bleeding.value': 1, 'temperature.value': 37 },
      importedNote: 'theirs',
    })
    await diary().edit(date(1), { importedNote: null, 'note.value': 'mine' })
    await (await diary().preview(csv(`${date(1)},3,36.5,true,theirs`))).commit()
    expect(await now(1)).toMatchObject({ values: { 'note.value': 'mine' } })
    expect(await now(1)).not.toHaveProperty('importedNote')
  })

  test('of a whole month of long texts in any script is cut into edits that can be sent', async () => {
    const rows = Array.from({ length: 31 }, (_, i) => `${date(i + 1)},1,,,${'語'.repeat(9_999)}`)
    const writes = await (await diary().preview(csv(...rows))).commit()
    expect(writes.length).toBeGreaterThan(5)
    expect(await all()).toHaveLength(31)
    const sizes = await device.parts.store.query<{ size: number }>(
      'SELECT length(content) AS size FROM pending_edits',
    )
    expect(Math.max(...sizes.map(({ size }) => size))).toBeLessThan(220_000)
  })

  test('of a file that is none, or above 10 MiB, is refused before anything is read into memory', async () => {
    await expect(diary().preview('hello')).rejects.toMatchObject({ code: 'import/unreadable' })
    const large = new Blob([csv(''), ' '.repeat(10 * 1_048_576)])
    large.text = () => Promise.reject(new Error('it was read'))
    await expect(diary().preview(large)).rejects.toMatchObject({ code: 'import/too-large' })
    const text = csv(`${date(1)},1,,,${'x'.repeat(10 * 1_048_576)}`)
    await expect(diary().preview(text)).rejects.toMatchObject({ code: 'import/too-large' })
  })
})

describe('an export', () => {
  const exported = async (): Promise<string> =>
    (await diary().export({ format: 'drip-csv', from: date(1), to: date(31) })).text()

  test('read back where it came from changes nothing, and shows no note twice', async () => {
    await diary().edit(date(1), { 'bleeding.value': 2, 'note.value': 'mine\nin "two" lines, =1' })
    await (await diary().preview(csv(`${date(1)},,36.5,,theirs`, `${date(2)},1,,,alone`))).commit()
    const before = [await all(), await pending()]
    const preview = await diary().preview(await exported())
    expect(preview).toMatchObject({ changing: 0, faults: [], conflicts: [] })
    await preview.commit()
    expect([await all(), await pending()]).toEqual(before)
  })

  test('read by a new device gives the same days, and every text of every note', async () => {
    await diary().edit(date(1), { 'bleeding.value': 2, 'note.value': 'mine', 'mood.happy': false })
    await diary().edit(date(3), { 'temperature.value': 36.45, 'temperature.time': '06:05' })
    await (await diary().preview(csv(`${date(1)},,,,theirs`))).commit()
    const file = await exported()
    const other = await openTestDevice()
    await (await other.client.diary.preview(file)).commit()
    const days = await until(other.client.diary.range(date(1), date(31)), () => true)
    expect(days).toEqual([
      {
        date: date(1),
        values: { 'bleeding.value': 2, 'mood.happy': false },
        importedNote: 'theirs\nmine',
      },
      { date: date(3), values: { 'temperature.value': 36.45, 'temperature.time': '06:05' } },
    ])
    const again = await other.client.diary.export({ format: 'drip-csv' })
    expect(await again.text()).toBe(file)
    await other.client.close()
  })

  test('of both devices after both have the note shows it once', () => {
    const doc = new Y.Doc()
    const name: FieldName = 'note.value'
    writeImportedDays(doc, [{ date: date(1), values: { [name]: 'mine' } }])
    writeDay(doc, date(1), {
      values: { [name]: 'mine' },
      forgetImportedNote: false,
      writer: 'w',
      at: 1,
    })
    expect(readMonth(doc, date(1).slice(0, 7))).toEqual([
      { date: date(1), values: { [name]: 'mine' } },
    ])
  })
})
