/**
 * What a reader sees: the days and the forecast that a grant names, and nothing else of the diary. A closed list says
 * which fields a scope holds; sex, desire, weight, medication and pregnancy tests are in none.
 */
import { limits, utf8, type GrantScope } from '@selene/shapes'
import * as v from 'valibot'
import {
  faultOf,
  isCivilDate,
  isFieldName,
  type CivilDate,
  type DayValues,
  type FieldName,
  type Forecast,
  type LoggedDay,
  type StartForecast,
} from '../calendar/index.ts'

/** When a period is expected; all three are first days. */
export interface ExpectedPeriod {
  readonly from: CivilDate
  readonly expected: CivilDate
  readonly to: CivilDate
  /** The likeliest day of ovulation before it; only with the scope `fertility`. */
  readonly ovulation?: CivilDate
}

export interface GrantPage {
  readonly days: readonly LoggedDay[]
  /** Not for contraception. */
  readonly forecast: readonly ExpectedPeriod[]
}

const version = 1
/** Room for padding and sealing within what the server takes. */
const mostBytes = Math.floor(limits.pageBytes / 1.13) - 256

type DayScope = Exclude<GrantScope, 'forecast' | 'notes'>
const familiesOf: Readonly<Record<DayScope, readonly string[]>> = {
  periods: ['bleeding', 'cycle'],
  symptoms: ['pain', 'mood', 'symptom', 'sleep'],
  fertility: ['temperature', 'mucus', 'cervix', 'ovulationTest'],
}
const dayScopes = Object.keys(familiesOf) as DayScope[]

/** Whether a field is in what is granted; notes only where `notes` is granted too. */
export function isGranted(field: FieldName, scope: readonly GrantScope[]): boolean {
  const [family, part] = field.split('.')
  const hasNotes = scope.includes('notes')
  if (field === 'note.value') return hasNotes
  const isOfScope = dayScopes.some(
    (each) => scope.includes(each) && familiesOf[each].includes(family!),
  )
  return isOfScope && (part !== 'note' || hasNotes)
}

function grantedDay({ date, values }: LoggedDay, scope: readonly GrantScope[]): LoggedDay[] {
  const granted = Object.entries(values).filter(([field]) => isGranted(field as FieldName, scope))
  return granted.length > 0 ? [{ date, values: Object.fromEntries(granted) }] : []
}

const expectedOf = ({ p10, p50, p90, ovulation }: StartForecast, showsOvulation: boolean) => ({
  from: p10,
  expected: p50,
  to: p90,
  ...(showsOvulation && ovulation !== undefined && { ovulation }),
})

/** What of a diary is granted; of more days than fit a page the oldest are left out. */
export function writePage(
  { days, forecast }: { days: readonly LoggedDay[]; forecast: Forecast },
  scope: readonly GrantScope[],
): Uint8Array {
  const isForecast = scope.includes('forecast') && forecast.kind === 'forecast'
  const starts = isForecast ? [forecast.next, ...forecast.later] : []
  const expected = starts.map((start) => expectedOf(start, scope.includes('fertility')))
  const lines = days.flatMap((day) => grantedDay(day, scope)).map((day) => JSON.stringify(day))
  let room = mostBytes - utf8(JSON.stringify(expected)).length
  const kept = lines.toReversed().filter((line) => (room -= utf8(line).length + 1) > 0)
  const written = JSON.stringify({ version, forecast: expected }).slice(0, -1)
  return utf8(`${written},"days":[${kept.toReversed().join(',')}]}`)
}

const civil = v.custom<CivilDate>(isCivilDate)
const pageSchema = v.object({
  version: v.literal(version),
  forecast: v.array(
    v.object({ from: civil, expected: civil, to: civil, ovulation: v.optional(civil) }),
  ),
  days: v.array(v.object({ date: civil, values: v.record(v.string(), v.unknown()) })),
})

/** Only what can be, and only what was granted: the page is somebody else's. */
function soundDay(
  { date, values }: { date: CivilDate; values: object },
  scope: readonly GrantScope[],
) {
  const sound = Object.entries(values).filter(
    ([field, value]) =>
      isFieldName(field) && isGranted(field, scope) && faultOf(field, value) === undefined,
  )
  return { date, values: Object.fromEntries(sound) as DayValues }
}

/** `undefined` for what is no page of a known version. */
export function readPage(content: Uint8Array, scope: readonly GrantScope[]): GrantPage | undefined {
  try {
    const parsed = v.safeParse(pageSchema, JSON.parse(new TextDecoder().decode(content)))
    if (!parsed.success) return undefined
    const { days, forecast } = parsed.output
    return {
      days: days.map((day) => soundDay(day, scope)),
      forecast: scope.includes('forecast')
        ? forecast.map(({ ovulation, ...rest }) => ({ ...rest, ...(ovulation && { ovulation }) }))
        : [],
    }
  } catch {
    return undefined
  }
}
