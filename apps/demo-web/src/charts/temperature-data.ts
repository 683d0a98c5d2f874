/** The temperature curve of a cycle from its days and their evaluation. Pure. */
import {
  addDays,
  type Cycle,
  type DayValues,
  type LoggedDay,
  type SymptothermalEvaluation,
} from '@selene/client-sdk/calendar'
import type { TemperatureChartData } from '@selene/client-sdk/charts'

interface TemperatureInput {
  readonly cycle: Cycle
  /** Days of other cycles are left out. */
  readonly days: readonly LoggedDay[]
  readonly evaluation: SymptothermalEvaluation | undefined
  /** Whether the fertile days are drawn. */
  readonly showsFertility: boolean
}

/** Whether there is anything in a day that a curve is drawn for; bleeding alone makes none. */
const hasSign = ({ values }: LoggedDay): boolean =>
  values['temperature.value'] !== undefined ||
  values['mucus.value'] !== undefined ||
  values['ovulationTest.result'] !== undefined ||
  hasCervix(values)

const hasCervix = (values: DayValues): boolean =>
  values['cervix.opening'] !== undefined ||
  values['cervix.firmness'] !== undefined ||
  values['cervix.position'] !== undefined

/** What is drawn; `undefined` for a cycle of which there is nothing to draw. */
export function temperatureData(input: TemperatureInput): TemperatureChartData | undefined {
  const { cycle, evaluation } = input
  const { start, length } = cycle
  const end = length === undefined ? undefined : addDays(start, length - 1)
  const days = input.days.filter(({ date }) => start <= date && (!end || date <= end))
  if (!days.some(hasSign)) return undefined
  return {
    start,
    ...(length !== undefined && { length }),
    readings: days.flatMap(({ date, values }) => {
      const celsius = values['temperature.value']
      const isLeftOut = values['temperature.exclude'] === true
      return celsius === undefined ? [] : [{ date, celsius, ...(isLeftOut && { isLeftOut }) }]
    }),
    ...riseOf(evaluation),
    bleeding: days.flatMap(({ date, values }) => {
      const level = values['bleeding.value']
      return level === undefined ? [] : [{ date, level }]
    }),
    mucus: mucusOf(days, evaluation),
    cervix: days.flatMap(({ date, values }) => (hasCervix(values) ? [cervixOf(date, values)] : [])),
    ovulationTests: days.flatMap(({ date, values }) => {
      const result = values['ovulationTest.result']
      return result === undefined ? [] : [{ date, result }]
    }),
    ...(input.showsFertility && fertileOf(evaluation)),
  }
}

/** The cover line and the readings around it, once a rise is complete. */
function riseOf(
  evaluation: SymptothermalEvaluation | undefined,
): Pick<TemperatureChartData, 'coverLine' | 'shift'> {
  if (evaluation?.temperature.code !== 'temperature/shift') return {}
  const { coverLine, base, high } = evaluation.temperature
  return {
    coverLine: coverLine / 100,
    shift: { base: base.map(({ date }) => date), high: high.map(({ date }) => date) },
  }
}

function mucusOf(
  days: readonly LoggedDay[],
  evaluation: SymptothermalEvaluation | undefined,
): NonNullable<TemperatureChartData['mucus']> {
  const peak = evaluation?.mucus.code === 'sign/peak' ? evaluation.mucus.peak.date : undefined
  return days.flatMap(({ date, values }) => {
    const quality = values['mucus.value']
    const isPeak = date === peak
    return quality === undefined ? [] : [{ date, quality, ...(isPeak && { isPeak }) }]
  })
}

function cervixOf(date: LoggedDay['date'], values: DayValues) {
  const { 'cervix.opening': opening, 'cervix.firmness': firmness } = values
  const position = values['cervix.position']
  return {
    date,
    ...(opening !== undefined && { opening }),
    ...(firmness !== undefined && { firmness }),
    ...(position !== undefined && { position }),
  }
}

/** Only with both ends known: until then all days count as fertile, which says nothing of them. */
function fertileOf(
  evaluation: SymptothermalEvaluation | undefined,
): Pick<TemperatureChartData, 'fertile'> {
  const phase = evaluation?.after && evaluation.phases.find(({ status }) => status === 'fertile')
  return phase ? { fertile: { from: phase.from, to: phase.to, isPredicted: false } } : {}
}
