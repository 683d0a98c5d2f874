/** What the temperature curve of one cycle is drawn from, and the same sorted by day of the cycle. */
import { addDays, daysBetween, type CivilDate } from '../calendar/civil-date.ts'
import { clampLevel, type BleedingLevel } from './marks.ts'

export interface TemperatureReading {
  readonly date: CivilDate
  readonly celsius: number
  /** Drawn, but not evaluated. */
  readonly isLeftOut?: boolean
}

export interface CervixNote {
  readonly date: CivilDate
  /** 0 closed, 1 medium, 2 open. */
  readonly opening?: number
  /** 0 hard, 1 soft. */
  readonly firmness?: number
  /** 0 low, 1 medium, 2 high. */
  readonly position?: number
}

export interface TemperatureChartData {
  /** First day of the cycle. */
  readonly start: CivilDate
  /** Days to draw; up to the last day with anything, but at least 28, unless given. */
  readonly length?: number
  readonly readings: readonly TemperatureReading[]
  /** °C. */
  readonly coverLine?: number
  /** The readings on which the evaluation rests: those below the cover line and those above it, in order. */
  readonly shift?: { readonly base: readonly CivilDate[]; readonly high: readonly CivilDate[] }
  readonly bleeding?: readonly { readonly date: CivilDate; readonly level: number }[]
  /** Qualities 0 to 4: t, Ø, f, S, S+. */
  readonly mucus?: readonly {
    readonly date: CivilDate
    readonly quality: number
    readonly isPeak?: boolean
  }[]
  readonly cervix?: readonly CervixNote[]
  /** 0 low, 1 high, 2 peak. */
  readonly ovulationTests?: readonly { readonly date: CivilDate; readonly result: number }[]
  readonly fertile?: {
    readonly from: CivilDate
    readonly to: CivilDate
    readonly isPredicted: boolean
  }
}

/** One day of the cycle, counted from 1, and what is known of it. */
export interface ChartDay {
  readonly day: number
  readonly date: CivilDate
  readonly celsius?: number
  readonly isLeftOut?: boolean
  /** 1 to 6, counted back from the rise. */
  readonly baseNumber?: number
  /** Counted from the rise, from 1. */
  readonly highNumber?: number
  readonly bleeding?: BleedingLevel
  readonly mucus?: number
  readonly isPeak?: boolean
  readonly cervix?: Omit<CervixNote, 'date'>
  readonly test?: number
}

/** Days of a cycle as a chart shows it. */
export interface ChartDays {
  /** Days on which there is anything, in order, those beyond the drawing too. */
  readonly days: readonly ChartDay[]
  /** Days that are drawn. */
  readonly drawn: number
}

/** What a thermometer can have shown, °C; anything else is no reading. */
const isTemperature = (value: number): boolean => value >= 30 && value <= 45

/** More columns than this cannot be told apart on a phone. */
const mostDays = 99
const fewestDays = 28

/** Sorts what is known by day; what lies before the start or is no temperature is left out. */
export function chartDays(data: TemperatureChartData): ChartDays {
  const found = new Map<number, ChartDay>()
  const add = (date: CivilDate, known: Omit<ChartDay, 'day' | 'date'>): void => {
    const day = daysBetween(data.start, date) + 1
    if (day >= 1) found.set(day, { ...(found.get(day) ?? { day, date }), ...known })
  }
  for (const { date, celsius, isLeftOut } of data.readings)
    if (isTemperature(celsius)) add(date, { celsius, ...(isLeftOut && { isLeftOut }) })
  const { base = [], high = [] } = data.shift ?? {}
  for (const [index, date] of base.entries()) add(date, { baseNumber: base.length - index })
  for (const [index, date] of high.entries()) add(date, { highNumber: index + 1 })
  for (const { date, level } of data.bleeding ?? [])
    add(date, { bleeding: clampLevel(level, 3) as BleedingLevel })
  for (const { date, quality, isPeak } of data.mucus ?? [])
    add(date, { mucus: clampLevel(quality, 4), ...(isPeak && { isPeak }) })
  for (const { date, opening, firmness, position } of data.cervix ?? [])
    add(date, {
      cervix: {
        ...(opening !== undefined && { opening: clampLevel(opening, 2) }),
        ...(firmness !== undefined && { firmness: clampLevel(firmness, 1) }),
        ...(position !== undefined && { position: clampLevel(position, 2) }),
      },
    })
  for (const { date, result } of data.ovulationTests ?? [])
    add(date, { test: clampLevel(result, 2) })

  const days = [...found.values()].toSorted((a, b) => a.day - b.day)
  return { days, drawn: drawnDays(data.length, days.at(-1)?.day ?? 0) }
}

function drawnDays(length: number | undefined, last: number): number {
  const wanted =
    length !== undefined && length >= 1 ? Math.floor(length) : Math.max(fewestDays, last)
  return Math.min(mostDays, wanted)
}

/** The cover line, if it is a temperature. */
export const soundCoverLine = ({ coverLine }: TemperatureChartData): number | undefined =>
  coverLine !== undefined && isTemperature(coverLine) ? coverLine : undefined

/** The fertile window in days of the cycle; nothing when it ends before it begins or before the cycle. */
export function fertileDays({
  start,
  fertile,
}: TemperatureChartData): { from: number; to: number; isPredicted: boolean } | undefined {
  if (!fertile) return undefined
  const from = Math.max(1, daysBetween(start, fertile.from) + 1)
  const to = daysBetween(start, fertile.to) + 1
  return to < from ? undefined : { from, to, isPredicted: fertile.isPredicted }
}

/** The date of a day of the cycle. */
export const dateOfDay = (start: CivilDate, day: number): CivilDate => addDays(start, day - 1)
