/**
 * What a report is made of, as plain data that crosses to the worker that makes it, and what of the SDK's
 * input follows from that. Pure.
 */
import {
  evaluateCycles,
  observedOvulations,
  symptomPhases,
  type Cycle,
  type CyclePhase,
  type LoggedDay,
  type Symptom,
} from '@selene/client-sdk/calendar'
import {
  cycleLengthChart,
  symptomPhaseChart,
  temperatureChart,
  yearChart,
  type Chart,
  type ChartOptions,
} from '@selene/client-sdk/charts'
import {
  reportChartWidth,
  type DateRange,
  type FindingKind,
  type ReportInput,
  type ReportPart,
  type ReportWords,
} from '@selene/client-sdk/report'
import { lengthData } from '../charts/length-data.ts'
import { symptomData } from '../charts/symptom-data.ts'
import { temperatureData } from '../charts/temperature-data.ts'
import { yearData } from '../charts/year-data.ts'

/** What every report needs. */
export interface ReportOrder extends Omit<ReportInput, 'words'> {
  readonly language: 'en' | 'de'
  readonly name?: string
}

export interface PdfOrder extends ReportOrder {
  readonly contents: readonly ReportPart[]
  readonly showsFertility: boolean
  readonly phaseNames: Readonly<Record<CyclePhase, string>>
}

export interface FhirOrder extends ReportOrder {
  /** A UUID for the bundle. */
  readonly id: string
  readonly findings: readonly FindingKind[]
}

/** Curves of the latest cycles; a report is to be read. */
const mostCurves = 12
const mostYears = 3

const isWithin = ({ from, to }: DateRange, date: string): boolean => from <= date && date <= to

/** Cycles that begin within the range. */
const cyclesIn = ({ cycles, range }: ReportOrder): Cycle[] =>
  cycles.filter(({ start }) => isWithin(range, start))

const daysIn = ({ days, range }: ReportOrder): LoggedDay[] =>
  days.filter(({ date }) => isWithin(range, date))

/** The charts of a report: lengths, symptoms, years, and the curve of each cycle that has one. */
export function reportCharts(order: PdfOrder, words: ReportWords): Chart[] {
  const options = { words: words.charts, width: reportChartWidth }
  return [
    cycleLengthChart(lengthData(cyclesIn(order), undefined), options),
    ...symptomCharts(order, words, options),
    ...yearCharts(order, options),
    ...curves(order, options),
  ]
}

function symptomCharts(order: PdfOrder, words: ReportWords, options: ChartOptions): Chart[] {
  const cycles = cyclesIn(order)
  const days = daysIn(order)
  const phases = symptomPhases({
    today: order.range.to,
    days,
    cycles,
    ovulations: observedOvulations(cycles, days),
  })
  if (phases.rows.length === 0) return []
  const symptom = (one: Symptom): string =>
    one.field === 'symptom.tags' ? one.word : words.symptoms[one.field]
  return [symptomPhaseChart(symptomData(phases, { phases: order.phaseNames, symptom }), options)]
}

function yearCharts(order: PdfOrder, options: ChartOptions): Chart[] {
  const days = daysIn(order)
  const last = Number(order.range.to.slice(0, 4))
  const first = Math.max(Number(order.range.from.slice(0, 4)), last - mostYears + 1)
  return Array.from({ length: last - first + 1 }, (_, i) =>
    yearChart(yearData(first + i, days, new Map()), options),
  )
}

function curves(order: PdfOrder, options: ChartOptions): Chart[] {
  const { cycles, days, range, showsFertility } = order
  // Each cycle is evaluated in the light of those before it, those before the range too.
  const evaluations = new Map(
    evaluateCycles(cycles, days, { through: range.to }).map((one) => [one.start, one]),
  )
  return cyclesIn(order)
    .flatMap((cycle) => {
      const evaluation = evaluations.get(cycle.start)
      const data = temperatureData({ cycle, days: daysIn(order), evaluation, showsFertility })
      return data && data.readings.length > 0 ? [data] : []
    })
    .slice(-mostCurves)
    .map((data) => temperatureChart(data, options))
}
