/** The diary: days, their edits and where they come from. Works with no network and no account. */
import { Problem, stampUuid, type OpId } from '@selene/shapes'
import {
  checkDayChange,
  dripCsvMaxBytes,
  isCivilDate,
  writeDripCsv,
  type CivilDate,
  type DayChange,
  type DripDay,
} from '../calendar/index.ts'
import type { Clock } from '../core/clock.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Random } from '../core/random.ts'
import type { Documents } from '../docs/documents.ts'
import { importWriter, type RegisterValue } from '../docs/register.ts'
import type { Store } from '../store/store.ts'
import { unchanged, type Write, type Writes } from '../sync/write.ts'
import type { LocalVault } from '../vault/vault.ts'
import { entryToDay, type EntryRow } from './entries.ts'
import { previewImport, type ImportPreview } from './import.ts'
import { fullNote, monthName, readEdits, writeDay, type Day, type FieldEdit } from './month.ts'

/** A change of a day: `null` clears, absent leaves; an imported note can only be cleared. */
export type DiaryChange = DayChange & { readonly importedNote?: null }

/** One value of a day with the name of who wrote it. */
export interface DayEdit extends Omit<FieldEdit, 'writer'> {
  readonly by: { readonly kind: 'this-device' | 'device' | 'import'; readonly label?: string }
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
  /** Reads a drip CSV; nothing is written before `commit()` of what it returns. */
  preview(file: Blob | string): Promise<ImportPreview>
  export(options: { format: 'drip-csv'; from?: CivilDate; to?: CivilDate }): Promise<Blob>
  /** Derives all tables from the documents again. */
  rebuild(): Promise<void>
}

interface Deps {
  readonly store: Store
  readonly documents: Documents
  readonly vault: LocalVault
  readonly clock: Clock
  readonly random: Random
  readonly writes: Writes
  readonly written: () => void
}

function assertDate(date: unknown): void {
  if (!isCivilDate(date)) throw new TypeError('a day is a civil date YYYY-MM-DD')
}

/** A day for export: an imported note and her own make one text. */
function withFullNote(day: Day): DripDay {
  const note = fullNote(day)
  return {
    date: day.date,
    values: { ...day.values, ...(note !== undefined && { 'note.value': note }) },
  }
}

export function createDiary(deps: Deps): Diary {
  const { store, documents, vault, clock, random, writes, written } = deps

  async function readRange(from: CivilDate, to: CivilDate): Promise<Day[]> {
    const rows = await store.query<EntryRow>(
      'SELECT * FROM calendar_entries WHERE date BETWEEN $1 AND $2 ORDER BY date',
      [from, to],
    )
    return rows.map(entryToDay)
  }

  function nameWriter(writer: string): DayEdit['by'] {
    if (writer === importWriter) return { kind: 'import' }
    if (writer === vault.device) return { kind: 'this-device' }
    const label = vault.members().find((member) => member.id === writer)?.label
    return { kind: 'device', ...(label !== undefined && { label }) }
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

    async edit(date, { importedNote, ...values }) {
      assertDate(date)
      const { faults } = checkDayChange(values)
      if (faults.length > 0) throw new Problem('diary/invalid-day', { faults })
      const change = {
        values: values as Readonly<Record<string, RegisterValue>>,
        forgetImportedNote: importedNote === null,
        writer: vault.device,
        at: clock.now(),
      }
      const opId = await documents.write((tx) =>
        documents.edit(tx, monthName(date), (doc) => writeDay(doc, date, change)),
      )
      if (!opId) return unchanged(stampUuid<OpId>(random.bytes(16), 4))
      const write = writes.track(opId)
      written()
      return write
    },

    async history(date) {
      assertDate(date)
      const edits = readEdits(await documents.read(monthName(date)), date)
      return edits.map(({ writer, ...edit }) => ({ ...edit, by: nameWriter(writer) }))
    },

    async preview(file) {
      // A file of gigabytes is refused before it is in memory.
      if (typeof file !== 'string' && file.size > dripCsvMaxBytes)
        throw new Problem('import/too-large')
      const text = typeof file === 'string' ? file : await file.text()
      return previewImport({ documents, writes, written }, text)
    },

    async export({ from = '0001-01-01' as CivilDate, to = '9999-12-31' as CivilDate }) {
      const days = (await readRange(from, to)).map(withFullNote)
      return new Blob([writeDripCsv(days)], { type: 'text/csv' })
    },

    rebuild: () => documents.write((tx) => documents.derive(tx)),
  }
}
