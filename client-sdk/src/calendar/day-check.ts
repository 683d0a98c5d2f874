/**
 * Checks of what is entered for a day. What cannot be is a fault; what is merely unusual is said as
 * odd and never refused. The messages name field and limit, never the value: they may reach a log.
 */
import { isClockTime } from './clock-time.ts'
import { fields, isFieldName, type DayChange, type Field, type FieldName } from './field.ts'

/** Lines for a person: `faults` must be corrected, `odd` deserves a second look. */
export interface DayCheck {
  readonly faults: readonly string[]
  readonly odd: readonly string[]
}

/** Says why a field cannot hold a value, or nothing when it can. */
export function faultOf(name: FieldName, value: unknown): string | undefined {
  const field = fields[name]
  return fits(field, value) ? undefined : `${name}: ${need(field)}`
}

function fits(field: Field, value: unknown): boolean {
  if (field.kind === 'flag') return typeof value === 'boolean'
  if (field.kind === 'time') return isClockTime(value)
  if (field.kind === 'text') return typeof value === 'string' && isStorable(value, field.maxLength)
  if (field.kind === 'tags') return Array.isArray(value) && areTags(value, field)
  return within(value, field) && (field.kind === 'decimal' || Number.isInteger(value))
}

const within = (value: unknown, { min, max }: { min: number; max: number }): boolean =>
  typeof value === 'number' && value >= min && value <= max

/** Postgres text holds neither a zero character nor half a surrogate pair. */
const isStorable = (text: string, maxLength: number): boolean =>
  text.length > 0 && text.length <= maxLength && !text.includes('\0') && text.isWellFormed()

/** Words of her own, in the one order in which they are kept, so that equal sets are equal lists. */
const areTags = (
  value: readonly unknown[],
  { maxCount, maxLength }: { maxCount: number; maxLength: number },
): boolean =>
  value.length > 0 &&
  value.length <= maxCount &&
  value.every((tag, i) => isTag(tag, maxLength) && (i === 0 || (value[i - 1] as string) < tag))

const isTag = (tag: unknown, maxLength: number): tag is string =>
  typeof tag === 'string' &&
  isStorable(tag, maxLength) &&
  tag === tag.trim() &&
  !/[\n\r|]/.test(tag)

function need(field: Field): string {
  if (field.kind === 'flag') return 'true or false is needed'
  if (field.kind === 'time') return 'a time from 00:00 to 23:59 is needed'
  if (field.kind === 'text')
    return `a text of 1 to ${field.maxLength} characters, none of them zero, is needed`
  if (field.kind === 'tags')
    return `1 to ${field.maxCount} different words in order, each a line of 1 to ${field.maxLength} characters without "|", are needed`
  const range = `from ${field.min} to ${field.max}`
  return field.kind === 'decimal'
    ? `a number ${range} ${field.unit} is needed`
    : `a whole number ${range} is needed`
}

/** Flags that say "none of these", and what each excludes. */
const noneOf: readonly { none: FieldName; these: readonly FieldName[] }[] = [
  {
    none: 'bleeding.none',
    these: [
      'bleeding.pad',
      'bleeding.tampon',
      'bleeding.underwear',
      'bleeding.cup',
      'bleeding.softTampon',
      'bleeding.disk',
      'bleeding.other',
    ],
  },
  {
    none: 'sex.none',
    these: [
      'sex.condom',
      'sex.pill',
      'sex.iud',
      'sex.patch',
      'sex.ring',
      'sex.implant',
      'sex.diaphragm',
      'sex.other',
    ],
  },
]

const contradictions = (change: DayChange): string[] =>
  noneOf
    .filter(({ none, these }) => change[none] === true && these.some((one) => change[one] === true))
    .map(({ none }) => `${none}: set together with one of what it excludes`)

function unusual(name: FieldName, value: unknown): string | undefined {
  const field: Field = fields[name]
  if (field.kind !== 'decimal' || typeof value !== 'number') return undefined
  const [low, high] = field.usual
  return value < low || value > high
    ? `${name}: usually between ${low} and ${high} ${field.unit}`
    : undefined
}

/** Says what is impossible in a change, and what is odd without refusing what is possible. */
export function checkDayChange(change: DayChange): DayCheck {
  const faults: string[] = []
  const odd: string[] = []
  for (const [name, value] of Object.entries(change)) {
    if (!isFieldName(name)) {
      // The name is not repeated: it comes from outside the table and could hold anything.
      faults.push('a field of this change is not in the table of fields')
      continue
    }
    if (value === null) continue
    const fault = faultOf(name, value)
    const surprise = fault ? undefined : unusual(name, value)
    if (fault) faults.push(fault)
    if (surprise) odd.push(surprise)
  }
  return { faults, odd: [...odd, ...contradictions(change)] }
}
