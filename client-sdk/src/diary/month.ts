/** A calendar month as a document: registers `day|field`, notes as text, and the days they add up to. */
import {
  civilDate,
  dayOfMonth,
  faultOf,
  fieldNames,
  isFieldName,
  monthOf,
  type CivilDate,
  type DayValues,
  type FieldName,
} from '../calendar/index.ts'
import type { Content } from '../docs/documents.ts'
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
export function monthOfName(name: string): string | undefined {
  const month = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return civilDate(`${month}-01`) && month
}

const twoDigits = (day: number): string => String(day).padStart(2, '0')
const subjectOf = (day: string, field: string): string => `${day}|${field}`

type Registers = ReadonlyMap<string, readonly Register[]>

/** Documents hold what any version of any device wrote; only possible values are shown. */
const isShowable = <V>(field: FieldName, value: V): value is NonNullable<V> =>
  value !== null && value !== undefined && faultOf(field, value) === undefined

function readDayFrom(doc: Content, registers: Registers, date: CivilDate): Day | undefined {
  const day = twoDigits(dayOfMonth(date))
  const values: Record<string, RegisterValue> = {}
  for (const field of fieldNames) {
    const value = field === noteField ? null : registers.get(subjectOf(day, field))?.[0]?.value
    if (isShowable(field, value)) values[field] = value
  }
  const note = readNote(doc, day)
  if (note !== '') values[noteField] = note
  const imported = registers.get(subjectOf(day, noteField))?.[0]?.value
  // An export holds her own notes: read back where they are, they are not shown twice.
  const isNew = isShowable(noteField, imported) && imported !== note
  const importedNote = isNew && { importedNote: String(imported) }
  if (Object.keys(values).length === 0 && !importedNote) return undefined
  return { date, values, ...importedNote }
}

/** An imported note and her own as one text, as an export writes it; `undefined` without either. */
export function fullNote({ values, importedNote }: Day): string | undefined {
  const notes = [importedNote, values[noteField]].filter((note) => note !== undefined)
  return notes.length > 0 ? notes.join('\n') : undefined
}

/** All days of a month on which something is logged. */
export function readMonth(doc: Content, month: string): Day[] {
  const registers = readRegisters(doc)
  return Array.from({ length: 31 }, (_, i) => civilDate(`${month}-${twoDigits(i + 1)}`)).flatMap(
    (date) => (date && readDayFrom(doc, registers, date)) ?? [],
  )
}

/** Changes a day by hand: `null` clears a field. */
export function writeDay(
  doc: Content,
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

/** Whether a value of a file is one that an export of what is here would write. */
const isExported = (day: Day | undefined, field: string, value: unknown): boolean =>
  field === noteField && day !== undefined && fullNote(day) === value

/** Writes imported days under the fixed writer of imports: again or elsewhere changes nothing. */
export function writeImportedDays(doc: Content, days: readonly Omit<Day, 'importedNote'>[]): void {
  const registers = readRegisters(doc)
  for (const { date, values } of days) {
    const day = twoDigits(dayOfMonth(date))
    const here = readDayFrom(doc, registers, date)
    for (const [field, value] of Object.entries(values)) {
      const subject = subjectOf(day, field)
      const isHere = registers.get(subject)?.[0]?.value === value || isExported(here, field, value)
      if (!isHere) writeImport(doc, subject, value)
    }
  }
}

/** Every value of a day's fields that any device wrote, shown ones first; notes merge and have none. */
export function readEdits(doc: Content, date: CivilDate): FieldEdit[] {
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

/** Whether an import gives way: the value is her own. */
const isOwn = (winner: Register | undefined): boolean =>
  winner !== undefined && winner.writer !== importWriter

/** Fields that an import would fill or change, and those that give way to a value of her own. */
export function compareImport(
  doc: Content,
  date: CivilDate,
  values: DayValues,
): { written: FieldName[]; kept: FieldName[] } {
  const day = twoDigits(dayOfMonth(date))
  const registers = readRegisters(doc)
  const here = readDayFrom(doc, registers, date)
  const differing = Object.entries(values).flatMap(([field, value]) => {
    const winner = registers.get(subjectOf(day, field))?.[0]
    const same = winner?.value === value || isExported(here, field, value)
    return same ? [] : [{ field: field as FieldName, winner }]
  })
  return {
    written: differing.filter(({ winner }) => !isOwn(winner)).map(({ field }) => field),
    kept: differing.filter(({ winner }) => isOwn(winner)).map(({ field }) => field),
  }
}
