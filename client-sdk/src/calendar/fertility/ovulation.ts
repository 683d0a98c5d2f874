/**
 * The best estimate of the day of ovulation, from the signs of one cycle.
 *
 * | sign | day | interval | rests on |
 * |---|---|---|---|
 * | test | day of the LH peak + 1 | 0 to +2 days from the peak | Behre 2000: 91 % on the two days of the peak reading, never before |
 * | temperature | first higher measurement − 1 | ±2 days | Freundl 1984: standard deviation 1.95 days |
 * | mucus | peak day | ±2 days | Freundl 1984: 1.74 days; Ecochard 2001: close to ultrasound in over 72 % |
 *
 * The test decides, being the sharpest, unless a complete temperature shift puts its day outside the
 * temperature's interval: a surge of LH may come to nothing, and only the shift shows that ovulation
 * took place. Then the temperature decides, and without either the mucus.
 * Behre et al., Hum Reprod 15:2478. Freundl et al., Geburtshilfe Frauenheilkd 44:368. Ecochard et al.,
 * BJOG 108:822.
 */
import { addDays, compare, daysBetween, type CivilDate } from '../civil-date.ts'
import type { LoggedDay } from '../logged-day.ts'
import type { SymptothermalEvaluation } from './symptothermal.ts'

export type OvulationSign = 'test' | 'temperature' | 'mucus'

/** What one sign says. */
export interface SignOfOvulation {
  readonly by: OvulationSign
  readonly date: CivilDate
  readonly earliest: CivilDate
  readonly latest: CivilDate
}

/** The estimate: the day of the sign that decides, its interval narrowed by the signs that agree. */
export interface OvulationEstimate extends SignOfOvulation {
  readonly notContraception: true
  /** Every sign of the cycle, the sharpest first. */
  readonly signs: readonly SignOfOvulation[]
}

/** Estimates from an evaluation and the days of its cycle; `undefined` when no sign is complete. */
export function ovulation(
  evaluation: SymptothermalEvaluation,
  days: readonly LoggedDay[],
): OvulationEstimate | undefined {
  const temperature = fromTemperature(evaluation)
  const test = fromTest(evaluation, days)
  const mucus = fromMucus(evaluation)
  const agreesWithTemperature = !temperature || (test && holds(temperature, test.date))
  const decides = (agreesWithTemperature ? test : undefined) ?? temperature ?? mucus
  if (!decides) return undefined
  const signs = [test, temperature, mucus].flatMap((sign) => (sign ? [sign] : []))
  const agreeing = signs.filter((sign) => holds(sign, decides.date))
  return {
    notContraception: true,
    by: decides.by,
    date: decides.date,
    earliest: agreeing.map(({ earliest }) => earliest).reduce((a, b) => (a > b ? a : b)),
    latest: agreeing.map(({ latest }) => latest).reduce((a, b) => (a < b ? a : b)),
    signs,
  }
}

const holds = ({ earliest, latest }: SignOfOvulation, date: CivilDate): boolean =>
  earliest <= date && date <= latest

/** No interval reaches back before the cycle. */
function around(
  { start }: SymptothermalEvaluation,
  {
    by,
    date,
    before,
    after,
  }: { by: OvulationSign; date: CivilDate; before: number; after: number },
): SignOfOvulation {
  const earliest = addDays(date, -Math.min(before, daysBetween(start, date)))
  return { by, date, earliest, latest: addDays(date, after) }
}

function fromTemperature(evaluation: SymptothermalEvaluation): SignOfOvulation | undefined {
  const { temperature } = evaluation
  if (temperature.code !== 'temperature/shift') return undefined
  const date = addDays(temperature.high[0]!.date, -1)
  return around(evaluation, { by: 'temperature', date, before: 2, after: 2 })
}

function fromMucus(evaluation: SymptothermalEvaluation): SignOfOvulation | undefined {
  const { mucus } = evaluation
  if (mucus.code !== 'sign/peak') return undefined
  return around(evaluation, { by: 'mucus', date: mucus.peak.date, before: 2, after: 2 })
}

/**
 * Tests stay positive for a day or two, so the first of a run is the peak. Of several runs the last
 * counts, but not one that began only after the temperature had risen.
 */
function fromTest(
  evaluation: SymptothermalEvaluation,
  days: readonly LoggedDay[],
): SignOfOvulation | undefined {
  const { start, end, temperature } = evaluation
  const last = temperature.code === 'temperature/shift' ? temperature.high[0]!.date : end
  const positive = days
    .filter(({ date, values }) => values['ovulationTest.result'] === 2 && start <= date)
    .map(({ date }) => date)
    .toSorted(compare)
  const peak = positive.findLast(
    (date, i) => date <= last && (i === 0 || daysBetween(positive[i - 1]!, date) > 1),
  )
  return peak && around(evaluation, { by: 'test', date: addDays(peak, 1), before: 1, after: 1 })
}
