/** The diary: days, their edits and where they come from. Works with no network and no account. */
import { Problem } from '@selene/shapes'
import {
  checkDayChange,
  isCivilDate,
  withTags,
  type CivilDate,
  type CycleHistory,
  type DayChange,
  type Forecast,
  type Insight,
  type SymptothermalEvaluation,
} from '../calendar/index.ts'
import type { ImportOptions } from '../calendar/interchange/index.ts'
import { lazily } from '../core/lazily.ts'
import { createLive, type Live } from '../core/live.ts'
import { anyOf } from '../core/signal.ts'
import type { Write } from '../sync/write.ts'
import type { WritingDeps } from './act.ts'
import type { Chronicle } from './chronicle.ts'
import type { Today } from './day-change.ts'
import { entryToDay, type EntryRow } from './entries.ts'
import type { ImportPreview } from './import.ts'
import type { Outlook } from './outlook.ts'
import {
  monthName,
  readEdits,
  writeDay,
  type Day,
  type FieldEdit,
  type WrittenValue,
} from './month.ts'
import { createUndo, type Undone } from './undo.ts'
import { nameWriter, type WriterName } from './writer-name.ts'

/** A change of a day: `null` clears, absent leaves; an imported note can only be cleared. */
export type DiaryChange = DayChange & { readonly importedNote?: null }

/** One value of a day with the name of who wrote it. */
export interface DayEdit extends Omit<FieldEdit, 'writer'> {
  readonly by: WriterName
}

export interface Diary {
  day(date: CivilDate): Live<Day>
  range(from: CivilDate, to: CivilDate): Live<readonly Day[]>
  /**
   * Changes a day; resolved = durable on this device.
   * @throws {@link Problem} diary/invalid-day with one fault per impossible value, doc/too-large.
   */
  edit(date: CivilDate, change: DiaryChange): Promise<Write>
  /** Every value that any device logged for the day, the shown one of each field first. */
  history(date: CivilDate): Promise<readonly DayEdit[]>
  /**
   * Takes back this device's last edit of a day, as a new edit; again takes back the one before. An import is not an
   * edit. After a restart nothing is left to take back.
   * @throws {@link Problem} doc/newer-schema, store/…
   */
  undo(): Promise<Undone>
  /** How many edits can be taken back. */
  readonly undoable: Live<number>
  /** Cycles as they follow from the days, and days that may begin one. */
  readonly cycles: Live<CycleHistory>
  /** When the next cycles will begin, as of today; changes with the days and with the day. */
  readonly forecast: Live<Forecast>
  readonly insights: Live<readonly Insight[]>
  /** The sympto-thermal evaluation of the cycle that begins on that day; `null` when none does. */
  evaluation(cycleStart: CivilDate): Live<SymptothermalEvaluation | null>
  /**
   * Reads a file of any format that an import knows; nothing is written before `commit()` of what it returns.
   * @throws {@link Problem} import/unreadable, import/too-large, import/mapping-needed; its fault is the reason.
   */
  preview(file: Blob | string, options?: ImportOptions): Promise<ImportPreview>
  /** The whole diary, or a range of it: a table for other programs, or all of it for this one. */
  export(options: { format: 'drip-csv' | 'json'; from?: CivilDate; to?: CivilDate }): Promise<Blob>
  /** Derives all tables from the documents again. */
  rebuild(): Promise<void>
}

interface Deps extends WritingDeps {
  readonly chronicle: Chronicle
  readonly outlook: () => Promise<Outlook>
  readonly today: Today
}

const imports = lazily(() => import('./import.ts'))
const exports = lazily(() => import('./export.ts'))

function assertDate(date: unknown): void {
  if (!isCivilDate(date)) throw new TypeError('a day is a civil date YYYY-MM-DD')
}

export function createDiary(deps: Deps): Diary {
  const { store, documents, vault, writes, written } = deps
  const { chronicle, outlook, today } = deps
  const edits = createUndo(deps)
  const dayOrDiary = anyOf(chronicle.changed, today.changed)

  async function readRange(from: CivilDate, to: CivilDate): Promise<Day[]> {
    const rows = await store.query<EntryRow>(
      'SELECT * FROM calendar_entries WHERE date BETWEEN $1 AND $2 ORDER BY date',
      [from, to],
    )
    return rows.map(entryToDay)
  }

  return {
    day(date) {
      assertDate(date)
      return createLive(
        async () => (await readRange(date, date))[0] ?? { date, values: {} },
        store.committed,
      )
    },

    range(from, to) {
      assertDate(from)
      assertDate(to)
      return createLive(() => readRange(from, to), store.committed)
    },

    async edit(date, { importedNote, ...entered }) {
      assertDate(date)
      const values = withTags(entered)
      const { faults } = checkDayChange(values)
      if (faults.length > 0) throw new Problem('diary/invalid-day', { faults })
      const change = {
        values: values as Readonly<Record<string, WrittenValue>>,
        forgetImportedNote: importedNote === null,
      }
      return edits.edit(date, (doc, author) => writeDay(doc, date, { ...change, ...author }))
    },

    undo: edits.undo,
    undoable: edits.steps,

    async history(date) {
      assertDate(date)
      const edits = readEdits(await documents.read(monthName(date)), date)
      return edits.map(({ writer, ...edit }) => ({ ...edit, by: nameWriter(vault, writer) }))
    },

    cycles: createLive(async () => (await chronicle.cycles()).history, chronicle.changed),
    forecast: createLive(async () => (await outlook()).forecast(), dayOrDiary),
    insights: createLive(async () => (await outlook()).insights(), dayOrDiary),

    evaluation(cycleStart) {
      assertDate(cycleStart)
      return createLive(
        async () => (await (await outlook()).evaluation(cycleStart)) ?? null,
        dayOrDiary,
      )
    },

    async preview(file, options = {}) {
      const { previewFile } = await imports()
      return previewFile({ documents, writes, written }, file, options)
    },

    async export({ format, from = '0001-01-01' as CivilDate, to = '9999-12-31' as CivilDate }) {
      const { writeExport } = await exports()
      return writeExport(format, {
        days: await readRange(from, to),
        episodes: (await chronicle.profile()).episodes,
        range: { from, to },
        today: today.date(),
      })
    },

    rebuild: () =>
      documents.write((tx) => {
        // What is known in memory would be compared with, and a table that is wrong left as it is.
        chronicle.undo()
        return documents.derive(tx)
      }),
  }
}
