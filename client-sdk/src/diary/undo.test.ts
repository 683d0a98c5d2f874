import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { civilDate, type CivilDate, type DayValues } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { recordAct, takeBack } from '../docs/act-record.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { monthName, readMonth, writeDay } from './month.ts'

const day = (text: string): CivilDate => civilDate(text)!
let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())
beforeEach(async () => {
  const { diary } = device.client
  while ((await diary.undo()).outcome !== 'nothing-left');
})

const valuesOf = async (date: CivilDate): Promise<DayValues> =>
  (await until(device.client.diary.day(date), () => true)).values
const steps = (): Promise<number> => until(device.client.diary.undoable, () => true)

/** What another device wrote comes in. */
const arrive = (date: CivilDate, change: (doc: Y.Doc) => void): Promise<unknown> =>
  device.parts.documents.write(async (tx) => {
    const { documents, vault } = device.parts
    const name = monthName(date)
    const doc = await documents.read(name, tx)
    const before = Y.encodeStateVector(doc)
    change(doc)
    const update = Y.encodeStateAsUpdate(doc, before)
    await documents.merge(tx, { id: vault.docId(name), name }, [update])
  })

test('C126 undo takes back one edit after the other, and each is an edit of its own', async () => {
  const { diary } = device.client
  const date = day('2026-01-05')
  await diary.edit(date, { 'bleeding.value': 2, 'note.value': 'a walk', 'symptom.tags': ['ache'] })
  await diary.edit(date, { 'bleeding.value': 3, 'note.value': 'a long walk' })
  await diary.edit(date, { 'bleeding.value': null, 'symptom.tags': ['ache', 'cold'] })
  expect(await steps()).toBe(3)
  const pending = async () => (await device.parts.store.query('SELECT 1 FROM pending_edits')).length
  const before = await pending()
  expect(await diary.undo()).toMatchObject({ outcome: 'undone', date, left: [] })
  expect(await pending()).toBe(before + 1)
  expect(await valuesOf(date)).toEqual({
    'bleeding.value': 3,
    'note.value': 'a long walk',
    'symptom.tags': ['ache'],
  })
  await diary.undo()
  expect(await valuesOf(date)).toEqual({
    'bleeding.value': 2,
    'note.value': 'a walk',
    'symptom.tags': ['ache'],
  })
  await diary.undo()
  expect(await valuesOf(date)).toEqual({})
  expect(await steps()).toBe(0)
  expect(await diary.undo()).toEqual({ outcome: 'nothing-left' })
})

test('C126 what another device has changed since is left alone, and said', async () => {
  const { diary } = device.client
  const date = day('2026-02-05')
  await diary.edit(date, { 'bleeding.value': 2, 'mood.happy': true, 'note.value': 'mine' })
  await arrive(date, (doc) =>
    writeDay(doc, date, {
      values: { 'bleeding.value': 1, 'note.value': 'mine and theirs' },
      forgetImportedNote: false,
      writer: 'tablet',
      at: 1,
    }),
  )
  const undone = await diary.undo()
  expect(undone).toMatchObject({ outcome: 'undone', left: ['bleeding.value', 'note.value'] })
  expect(await valuesOf(date)).toEqual({ 'bleeding.value': 1, 'note.value': 'mine and theirs' })
})

test('C126 an edit of which everything was changed since stays, and the one before is next', async () => {
  const { diary } = device.client
  const [first, second] = [day('2026-03-05'), day('2026-03-06')]
  await diary.edit(first, { 'mood.sad': true })
  await diary.edit(second, { 'bleeding.value': 1 })
  await arrive(second, (doc) =>
    writeDay(doc, second, {
      values: { 'bleeding.value': 2 },
      forgetImportedNote: false,
      writer: 'tablet',
      at: 1,
    }),
  )
  expect(await diary.undo()).toEqual({ outcome: 'changed-since', date: second })
  expect(await valuesOf(second)).toEqual({ 'bleeding.value': 2 })
  expect(await diary.undo()).toMatchObject({ outcome: 'undone', date: first })
  expect(await valuesOf(first)).toEqual({})
})

test('C126 two calls at once take back two edits; an edit that changes nothing is none', async () => {
  const { diary } = device.client
  const [first, second] = [day('2026-04-05'), day('2026-04-06')]
  await diary.edit(first, { 'mood.sad': true })
  await diary.edit(second, { 'mood.sad': true })
  await diary.edit(second, { 'mood.sad': true })
  const both = await Promise.all([diary.undo(), diary.undo()])
  expect(both.map((undone) => 'date' in undone && undone.date)).toEqual([second, first])
  expect([await valuesOf(first), await valuesOf(second)]).toEqual([{}, {}])
})

test('C126 a value of a file that an edit replaced comes back', async () => {
  const { diary } = device.client
  const date = day('2026-05-05')
  const file = 'date,bleeding.value,bleeding.exclude,note.value\n2026-05-05,3,false,from the file\n'
  await (await diary.preview(file)).commit()
  const before = await until(diary.day(date), () => true)
  expect(before.importedNote).toBe('from the file')
  await diary.edit(date, { 'bleeding.value': 1, importedNote: null })
  await diary.undo()
  expect(await until(diary.day(date), () => true)).toEqual(before)
  expect(await diary.undo()).toEqual({ outcome: 'nothing-left' })
})

test('C126 taking back all edits of a device gives what it began with, whatever they were', () => {
  const date = day('2026-06-05')
  const value = fc.constantFrom(null, 1, 2, 3)
  const note = fc.constantFrom('', 'a', 'b c', 'a b c', '🌒')
  const edit = fc.record({ 'bleeding.value': value, 'note.value': note }, { requiredKeys: [] })
  const author = { writer: 'phone', at: 1 }
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), edit, (edits, beginning) => {
      const doc = new Y.Doc()
      const write = (values: typeof beginning, writer: string): void =>
        writeDay(doc, date, { values, forgetImportedNote: false, writer, at: 1 })
      write(beginning, 'tablet')
      const before = readMonth(doc, '2026-06')
      const acts = edits.map((values) => recordAct(doc, () => write(values, 'phone')))
      for (const act of acts.toReversed()) expect(takeBack(doc, act, author)).toEqual([])
      expect(readMonth(doc, '2026-06')).toEqual(before)
    }),
    { numRuns: 200 },
  )
})
