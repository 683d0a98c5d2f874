/** A calendar month as a document: registers `day|field`, notes as text, and the days they add up to. */
import type * as Y from 'yjs'
import {
  civilDate,
  dayOfMonth,
  fieldNames,
  isFieldName,
  monthOf,
  type CivilDate,
  type DayValues,
  type FieldName,
} from '../calendar/index.ts'
import { readNote, writeNote } from '../docs/note.ts'
import {
  importWriter,
  readRegisters,
  writeImport,
  writeRegister,
  type Register,
  type RegisterValue,
} from '../docs/register.ts'

/** A day of the diary. */
export interface Day {
  readonly date: CivilDate
  readonly values: DayValues
  /** Note of an imported file, read only; her own note is in `values`. */
  readonly importedNote?: string
}

/** One logged value of a field, as its writer left it. */
export interface FieldEdit {
  readonly field: FieldName
  readonly value: RegisterValue
  /** Milliseconds since 1970 by the writer's clock; 0 for imports. */
  readonly at: number
  /** A member's id, or `import`. */
  readonly writer: string
  /** Whether this is the value that the day shows. */
  readonly shown: boolean
}

const prefix = 'month/'
const noteField = 'note.value'

export const monthName = (date: CivilDate): string => prefix + monthOf(date)
/** The month `YYYY-MM` of a document, or `undefined` for documents of another kind. */
export const monthOfName = (name: string): string | undefined =>
  name.startsWith(prefix) ? name.slice(prefix.length) : undefined

const twoDigits = (day: number): string => String(day).padStart(2, '0')
const subjectOf = (day: string, field: string): string => `${day}|${field}`

type Registers = ReadonlyMap<string, readonly Register[]>

function readDayFrom(doc: Y.Doc, registers: Registers, date: CivilDate): Day | undefined {
  const day = twoDigits(dayOfMonth(date))
  const values: Record<string, RegisterValue> = {}
  for (const field of fieldNames) {
    const winner = field === noteField ? undefined : registers.get(subjectOf(day, field))?.[0]
    if (winner && winner.value !== null) values[field] = winner.value
  }
  const note = readNote(doc, day)
  if (note !== '') values[noteField] = note
  const imported = registers.get(subjectOf(day, noteField))?.[0]?.value
  const importedNote = typeof imported === 'string' ? { importedNote: imported } : undefined
  if (Object.keys(values).length === 0 && !importedNote) return undefined
  return { date, values: values as DayValues, ...importedNote }
}

/** A day of the month's document; without anything logged there are no values. */
export const readDay = (doc: Y.Doc, date: CivilDate): Day =>
  readDayFrom(doc, readRegisters(doc), date) ?? { date, values: {} }

/** All days of a month on which something is logged. */
export function readMonth(doc: Y.Doc, month: string): Day[] {
  const registers = readRegisters(doc)
  return Array.from({ length: 31 }, (_, i) => civilDate(`${month}-${twoDigits(i + 1)}`)).flatMap(
    (date) => (date && readDayFrom(doc, registers, date)) ?? [],
  )
}

/** Changes a day by hand: `null` clears a field. */
export function writeDay(
  doc: Y.Doc,
  date: CivilDate,
  change: {
    values: Readonly<Record<string, RegisterValue>>
    forgetImportedNote: boolean
    writer: string
    at: number
  },
): void {
  const day = twoDigits(dayOfMonth(date))
  const registers = readRegisters(doc)
  const { writer, at } = change
  const write = (field: string, value: RegisterValue): void => {
    const subject = subjectOf(day, field)
    writeRegister(doc, registers.get(subject) ?? [], { subject, writer, at, value })
  }
  for (const [field, value] of Object.entries(change.values))
    if (field === noteField) writeNote(doc, day, (value as string | null) ?? '')
    else write(field, value)
  if (change.forgetImportedNote) write(noteField, null)
}

/** Writes an imported day under the fixed writer of imports: again or elsewhere changes nothing. */
export function writeImportedDay(doc: Y.Doc, date: CivilDate, values: DayValues): void {
  const day = twoDigits(dayOfMonth(date))
  for (const [field, value] of Object.entries(values))
    writeImport(doc, subjectOf(day, field), value)
}

/** Every value of a day's fields that any device wrote, shown ones first; notes merge and have none. */
export function readEdits(doc: Y.Doc, date: CivilDate): FieldEdit[] {
  const day = twoDigits(dayOfMonth(date))
  return [...readRegisters(doc)].flatMap(([subject, registers]) => {
    const [ofDay, field = ''] = subject.split('|')
    if (ofDay !== day || !isFieldName(field)) return []
    return registers.map(({ writer, at, value }, i) => ({
      field,
      value,
      at,
      writer,
      shown: i === 0,
    }))
  })
}

/** Fields that an import would fill or change, and those that give way to a value of her own. */
export function compareImport(
  doc: Y.Doc,
  date: CivilDate,
  values: DayValues,
): { written: FieldName[]; kept: FieldName[] } {
  const day = twoDigits(dayOfMonth(date))
  const registers = readRegisters(doc)
  const differing = Object.entries(values).flatMap(([field, value]) => {
    const winner = registers.get(subjectOf(day, field))?.[0]
    return winner?.value === value ? [] : [{ field: field as FieldName, winner }]
  })
  const gives = ({ winner }: { winner: Register | undefined }): boolean =>
    winner !== undefined && winner.writer !== importWriter
  return {
    written: differing.filter((entry) => !gives(entry)).map(({ field }) => field),
    kept: differing.filter(gives).map(({ field }) => field),
  }
}
