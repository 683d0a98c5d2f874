/** What the sympto-thermal rules found, as sentences. Pure. */
import type {
  FertilityReason,
  SecondarySign,
  SymptothermalEvaluation,
} from '@selene/client-sdk/calendar'
import { dayText, temperatureText, type Wording } from '../../calendar/wording.ts'

/** One reason in a sentence. */
export function reasonText(reason: FertilityReason, wording: Wording): string {
  const { reasons, signs, laterSigns } = wording.text.cycle
  const day = (date: Parameters<typeof dayText>[0]): string => dayText(date, wording)
  switch (reason.code) {
    case 'temperature/shift':
      return reasons[reason.code](
        day(reason.high[0]!.date),
        temperatureText(reason.coverLine / 100, wording),
        day(reason.high.at(-1)!.date),
      )
    case 'temperature/rising':
      return reasons[reason.code](
        day(reason.high[0]!.date),
        temperatureText(reason.coverLine / 100, wording),
      )
    case 'temperature/too-few-readings':
      return reasons[reason.code](reason.readings.length)
    case 'temperature/base-too-spread':
      return reasons[reason.code](day(reason.high[0]!.date))
    case 'temperature/day-missing':
      return reasons[reason.code](day(reason.high[0]!.date), day(reason.missing))
    case 'sign/peak':
    case 'sign/open':
      return reasons[reason.code](signs[reason.sign], day(reason.peak.date))
    case 'sign/day-missing':
      return reasons[reason.code](signs[reason.sign], day(reason.peak.date), day(reason.missing))
    case 'sign/no-peak':
      return reasons[reason.code](signs[reason.sign], reason.observed)
    case 'before/minus-eight':
      return reasons[reason.code](reason.days, reason.earliest, reason.cycles)
    case 'before/fertile-sign':
      return reasons[reason.code](signs[reason.sign], day(reason.observation.date))
    case 'before/temperature-rise':
      return reasons[reason.code](day(reason.reading.date))
    case 'after/double-check':
      return reasons[reason.code](day(reason.date), laterSigns[reason.laterSign])
    case 'temperature/no-shift':
    case 'before/no-shift-last-cycle':
    case 'before/first-five-days':
    case 'nothing-observed':
      return reasons[reason.code]()
  }
}

const wasSeen = (evaluation: SymptothermalEvaluation, sign: SecondarySign): boolean => {
  const finding = evaluation[sign]
  return finding.code !== 'sign/no-peak' || finding.observed > 0
}

/** What temperature, mucus and cervix show, of those that were logged; no word on fertility. */
export function findingTexts(evaluation: SymptothermalEvaluation, wording: Wording): string[] {
  const { temperature } = evaluation
  const hasTemperature =
    temperature.code !== 'temperature/too-few-readings' || temperature.readings.length > 0
  return [
    ...(hasTemperature ? [temperature] : []),
    ...(['mucus', 'cervix'] as const)
      .filter((sign) => wasSeen(evaluation, sign))
      .map((sign) => evaluation[sign]),
  ].map((finding) => reasonText(finding, wording))
}

export interface PhaseText {
  readonly status: string
  readonly span: string
  readonly reasons: readonly string[]
}

/** The phases with their days and the sentences behind them; each sentence once, and no finding again. */
export function phaseTexts(evaluation: SymptothermalEvaluation, wording: Wording): PhaseText[] {
  const said = new Set(findingTexts(evaluation, wording))
  return evaluation.phases.map(({ status, from, to, reasons }) => {
    const first = dayText(from, wording)
    const { statuses, span } = wording.text.cycle
    const sentences = reasons
      .map((reason) => reasonText(reason, wording))
      .filter((sentence) => !said.has(sentence))
    for (const sentence of sentences) said.add(sentence)
    return {
      status: statuses[status],
      span: from === to ? first : span(first, dayText(to, wording)),
      reasons: sentences,
    }
  })
}
