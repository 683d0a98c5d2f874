/**
 * A calendar month as a document: registers `day|field`, for her own words one register each under
 * `day|field|word`, notes as text, and the days they add up to.
 */
import {
  civilDate,
  dayOfMonth,
  faultOf,
  fieldNames,
  fields,
  isFieldName,
  monthOf,
  tagsOf,
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
  /** The word of her own that was added (`true`) or taken away (`null`). */
  readonly tag?: string
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
/** What a day's fields are written with: a list of words for fields of kind `tags`. */
export type WrittenValue = RegisterValue | readonly string[]

const isTagField = (field: string): field is FieldName =>
  isFieldName(field) && fields[field].kind === 'tags'
const isList = (value: unknown): value is readonly string[] => Array.isArray(value)

/** A document's registers, and the words that stand, by `day|field`. */
interface MonthContent {
  readonly registers: Registers
  readonly tags: ReadonlyMap<string, readonly string[]>
}

function readContent(doc: Content): MonthContent {
  const registers = readRegisters(doc)
  const tags = new Map<string, string[]>()
  for (const [subject, [winner]] of registers) {
    const [day = '', field = '', tag] = subject.split('|')
    if (tag === undefined || winner?.value !== true || !isTagField(field)) continue
    const key = subjectOf(day, field)
    tags.set(key, [...(tags.get(key) ?? []), tag])
  }
  return { registers, tags }
}

/** Documents hold what any version of any device wrote; only possible values are shown. */
const isShowable = <V>(field: FieldName, value: V): value is NonNullable<V> =>
  value !== null && value !== undefined && faultOf(field, value) === undefined

/** The value of a field as its registers say; foreign words may be more than a day can hold. */
function valueOf({ registers, tags }: MonthContent, day: string, field: FieldName): unknown {
  const subject = subjectOf(day, field)
  const definition = fields[field]
  if (definition.kind !== 'tags') return registers.get(subject)?.[0]?.value
  const possible = (tags.get(subject) ?? []).filter((tag) => !faultOf(field, [tag]))
  return tagsOf(possible).slice(0, definition.maxCount)
}

function readDayFrom(doc: Content, content: MonthContent, date: CivilDate): Day | undefined {
  const day = twoDigits(dayOfMonth(date))
  const { registers } = content
  const values: Record<string, unknown> = {}
  for (const field of fieldNames) {
    const value = field === noteField ? null : valueOf(content, day, field)
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
  const content = readContent(doc)
  return Array.from({ length: 31 }, (_, i) => civilDate(`${month}-${twoDigits(i + 1)}`)).flatMap(
    (date) => (date && readDayFrom(doc, content, date)) ?? [],
  )
}

/** Changes a day by hand: `null` clears a field. */
export function writeDay(
  doc: Content,
  date: CivilDate,
  change: {
    values: Readonly<Record<string, WrittenValue>>
    forgetImportedNote: boolean
    writer: string
    at: number
  },
): void {
  const day = twoDigits(dayOfMonth(date))
  const { registers, tags } = readContent(doc)
  const { writer, at } = change
  const write = (field: string, value: RegisterValue): void => {
    const subject = subjectOf(day, field)
    writeRegister(doc, registers.get(subject) ?? [], { subject, writer, at, value })
  }
  const writeTags = (field: string, wanted: readonly string[]): void => {
    const gone = tags.get(subjectOf(day, field))?.filter((tag) => !wanted.includes(tag)) ?? []
    for (const tag of gone) write(subjectOf(field, tag), null)
    for (const tag of wanted) write(subjectOf(field, tag), true)
  }
  for (const [field, value] of Object.entries(change.values))
    if (field === noteField) writeNote(doc, day, (value as string | null) ?? '')
    else if (isTagField(field)) writeTags(field, isList(value) ? value : [])
    else if (!isList(value)) write(field, value)
  if (change.forgetImportedNote) write(noteField, null)
}

/** Whether a value of a file is one that an export of what is here would write. */
const isExported = (day: Day | undefined, field: string, value: unknown): boolean =>
  field === noteField && day !== undefined && fullNote(day) === value

interface ImportedValue {
  readonly subject: string
  readonly field: FieldName
  readonly value: RegisterValue
}

/** What an import writes of a day: a register a field, and one a word. */
const importedValues = (date: CivilDate, values: DayValues): ImportedValue[] =>
  Object.entries(values).flatMap(([name, value]): ImportedValue[] => {
    const field = name as FieldName
    const subject = subjectOf(twoDigits(dayOfMonth(date)), field)
    if (!isList(value)) return [{ subject, field, value }]
    return value.map((tag) => ({ subject: subjectOf(subject, tag), field, value: true }))
  })

/** Writes imported days under the fixed writer of imports: again or elsewhere changes nothing. */
export function writeImportedDays(doc: Content, days: readonly Omit<Day, 'importedNote'>[]): void {
  const content = readContent(doc)
  for (const { date, values } of days) {
    const here = readDayFrom(doc, content, date)
    for (const { subject, field, value } of importedValues(date, values)) {
      const winner = content.registers.get(subject)?.[0]
      if (winner?.value !== value && !isExported(here, field, value))
        writeImport(doc, subject, value)
    }
  }
}

/** Every value of a day's fields that any device wrote, shown ones first; notes merge and have none. */
export function readEdits(doc: Content, date: CivilDate): FieldEdit[] {
  const day = twoDigits(dayOfMonth(date))
  return [...readRegisters(doc)].flatMap(([subject, registers]) => {
    const [ofDay, field = '', tag] = subject.split('|')
    if (ofDay !== day || !isFieldName(field)) return []
    return registers.map(({ writer, at, value }, i) => ({
      field,
      value,
      at,
      writer,
      shown: i === 0,
      ...(tag !== undefined && { tag }),
    }))
  })
}

/** The field that a change of a month's document is about. */
export const fieldOfChange = ({ kind, subject }: { kind: string; subject: string }): string =>
  kind === 'note' ? noteField : (subject.split('|')[1] ?? '')

/** Whether an import gives way: the value is her own. */
const isOwn = (winner: Register | undefined): boolean =>
  winner !== undefined && winner.writer !== importWriter

/** Fields that an import would fill or change, and those that give way to a value of her own. */
export function compareImport(
  doc: Content,
  date: CivilDate,
  values: DayValues,
): { written: FieldName[]; kept: FieldName[] } {
  const content = readContent(doc)
  const here = readDayFrom(doc, content, date)
  const differing = importedValues(date, values).flatMap(({ subject, field, value }) => {
    const winner = content.registers.get(subject)?.[0]
    const same = winner?.value === value || isExported(here, field, value)
    return same ? [] : [{ field, winner }]
  })
  const fieldsOf = (some: typeof differing): FieldName[] => [
    ...new Set(some.map(({ field }) => field)),
  ]
  return {
    written: fieldsOf(differing.filter(({ winner }) => !isOwn(winner))),
    kept: fieldsOf(differing.filter(({ winner }) => isOwn(winner))),
  }
}
