/** Insights as sentences, by kind, reason and evidence. Pure; the closed tables of a language answer for all. */
import type {
  EpisodeKind,
  Insight,
  InsightEvidence,
  LeftOut,
  WholeCycle,
} from '@selene/client-sdk/calendar'
import {
  dayText,
  fullDayText,
  percentText,
  temperatureText,
  type Wording,
} from '../../calendar/wording.ts'
import { symptomName } from '../../charts/symptom-data.ts'
import { measureOf } from '../../units/measure.ts'
import { numberText } from '../../units/number-text.ts'

export interface InsightText {
  readonly title: string
  /** What was seen. */
  readonly said: string
  /** What it rests on, and what was left out of it. */
  readonly basis: readonly string[]
}

type Said = Omit<InsightText, 'title'>

/** An insight in words. */
export const insightText = (insight: Insight, wording: Wording): InsightText => ({
  title: titleOf(insight, wording),
  ...saidOf(insight, wording),
})

function titleOf({ kind, evidence }: Insight, { text }: Wording): string {
  if (kind === 'symptom-pattern') return symptomName(evidence.symptom, text)
  return text.insights.titles[kind]
}

function saidOf(insight: Insight, wording: Wording): Said {
  switch (insight.kind) {
    case 'cycle-frequency':
      return frequency(insight, wording)
    case 'period-duration':
      return duration(insight, wording)
    case 'cycle-regularity':
      return regularity(insight, wording)
    case 'flow-heaviness':
      return heaviness(insight, wording)
    case 'intermenstrual-bleeding':
      return intermenstrual(insight, wording)
    case 'possible-missed-log':
      return missedLog(insight, wording)
    case 'symptom-pattern':
      return pattern(insight, wording)
    case 'temperature-shift':
      return shift(insight, wording)
    case 'trend':
      return trend(insight, wording)
    case 'logging':
      return logging(insight, wording)
  }
}

/** What cannot be judged rests on nothing. */
const alone = (said: string): Said => ({ said, basis: [] })

const number = (value: number, decimals: number, { locale }: Wording): string =>
  numberText(Number(value.toFixed(decimals)), locale)

/** The time that she declared, by name. */
const timeOf = ({ episode }: { readonly episode?: EpisodeKind }, { text }: Wording): string =>
  episode ? text.insights.episodes[episode] : ''

/** How many cycles were left out, by why. */
function leftOutTexts(leftOut: readonly LeftOut[], { text }: Wording): string[] {
  const counts = new Map<LeftOut['why'], number>()
  for (const { why } of leftOut) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].map(([why, n]) => text.insights.leftOut[why](n))
}

/** How many cycles something rests on, and from when to when. */
const basisTexts = (
  n: number,
  { period: { from, to } }: Pick<Insight, 'period'>,
  wording: Wording,
): string[] =>
  n === 0
    ? []
    : [wording.text.insights.basis(n, fullDayText(from, wording), fullDayText(to, wording))]

function spanText(values: readonly number[], { text }: Wording): string {
  return text.insights.span(Math.min(...values), Math.max(...values))
}

const lengthsOf = (cycles: readonly WholeCycle[]): number[] => cycles.map(({ length }) => length)

function frequency(insight: Insight<'cycle-frequency'>, wording: Wording): Said {
  const { reason, evidence } = insight
  const reasons = wording.text.insights.reasons['cycle-frequency']
  const basis = [
    ...basisTexts(evidence.cycles.length, insight, wording),
    ...leftOutTexts(evidence.leftOut, wording),
  ]
  const median = evidence.median === undefined ? '' : number(evidence.median, 1, wording)
  switch (reason) {
    case 'normal':
    case 'frequent':
      return { said: reasons[reason](median), basis }
    case 'infrequent':
      return { said: reasons[reason](median, evidence.periods), basis }
    case 'absent':
    case 'absent-or-not-logged':
      return alone(reasons[reason](evidence.daysWithout ?? 0))
    case 'too-few-cycles':
      return { said: reasons[reason](), basis: leftOutTexts(evidence.leftOut, wording) }
    case 'episode':
      return alone(reasons[reason](timeOf(evidence, wording)))
  }
}

function duration(insight: Insight<'period-duration'>, wording: Wording): Said {
  const { reason, evidence } = insight
  const reasons = wording.text.insights.reasons['period-duration']
  const span = (): string =>
    spanText(
      evidence.periods.map(({ days }) => days),
      wording,
    )
  switch (reason) {
    case 'normal':
    case 'prolonged':
      return {
        said: reasons[reason](span()),
        basis: [
          ...basisTexts(evidence.periods.length, insight, wording),
          ...leftOutTexts(evidence.leftOut, wording),
        ],
      }
    case 'no-period':
      return alone(reasons[reason]())
    case 'episode':
      return alone(reasons[reason](timeOf(evidence, wording)))
  }
}

function regularity(insight: Insight<'cycle-regularity'>, wording: Wording): Said {
  const { reason, evidence } = insight
  const { reasons, atAge, forNoAge } = wording.text.insights
  const of = reasons['cycle-regularity']
  const { cycles, limit, ageGroup } = evidence
  const basis = [
    ...basisTexts(cycles.length, insight, wording),
    ...(ageGroup === 'other' ? [] : [atAge]),
    ...leftOutTexts(evidence.leftOut, wording),
  ]
  const span = (): string => spanText(lengthsOf(cycles), wording)
  switch (reason) {
    case 'regular':
    case 'irregular':
      return {
        said: of[reason](span(), limit),
        basis: ageGroup === 'other' ? [...basis, forNoAge] : basis,
      }
    case 'irregular-expected':
      return { said: of[reason](span()), basis }
    case 'too-few-cycles':
      return { said: of[reason](), basis: leftOutTexts(evidence.leftOut, wording) }
    case 'episode':
      return alone(of[reason](timeOf(evidence, wording)))
  }
}

function heaviness(insight: Insight<'flow-heaviness'>, wording: Wording): Said {
  const { reason, evidence } = insight
  const reasons = wording.text.insights.reasons['flow-heaviness']
  switch (reason) {
    case 'normal':
      return alone(reasons[reason](evidence.periods))
    case 'heavy':
      return alone(reasons[reason](evidence.periods, evidence.heavy.length))
    case 'not-said':
    case 'no-period':
      return alone(reasons[reason]())
    case 'episode':
      return alone(reasons[reason](timeOf(evidence, wording)))
  }
}

function intermenstrual(insight: Insight<'intermenstrual-bleeding'>, wording: Wording): Said {
  const { reason, evidence } = insight
  const reasons = wording.text.insights.reasons['intermenstrual-bleeding']
  switch (reason) {
    case 'none':
      return alone(reasons[reason](evidence.cycles))
    case 'present': {
      const dates = evidence.seen.flatMap(({ days }) => days.map((day) => dayText(day, wording)))
      const list = new Intl.ListFormat(wording.locale, { type: 'conjunction' }).format(dates)
      return alone(reasons[reason](evidence.cycles, evidence.seen.length, list))
    }
    case 'no-period':
      return alone(reasons[reason]())
    case 'episode':
      return alone(reasons[reason](timeOf(evidence, wording)))
  }
}

function missedLog({ reason, evidence }: Insight<'possible-missed-log'>, wording: Wording): Said {
  const { start, length, probability } = evidence
  return alone(
    wording.text.insights.reasons['possible-missed-log'][reason](
      fullDayText(start, wording),
      length,
      percentText(probability, wording.locale),
    ),
  )
}

function pattern({ reason, evidence }: Insight<'symptom-pattern'>, wording: Wording): Said {
  const { reasons, effects, duringPhase, ...words } = wording.text.insights
  const { phase, effect, inside, outside } = evidence
  const said = reasons['symptom-pattern'][reason](effects[effect], duringPhase[phase])
  return {
    said,
    basis: [
      `${words.patternInside(inside.days, inside.logged)} ${words.patternOutside(outside.days, outside.logged)}`,
      words.patternCycles(evidence.cycles, evidence.ofCycles),
    ],
  }
}

function shift(insight: Insight<'temperature-shift'>, wording: Wording): Said {
  const { reason, evidence } = insight
  const { toShown, unit } = measureOf('temperature.value', wording.units)
  const { low, high, cycles, lutealLength } = evidence
  const more = `${number(toShown(high) - toShown(low), 2, wording)} ${unit}`
  return {
    said: wording.text.insights.reasons['temperature-shift'][reason](
      temperatureText(low, wording),
      temperatureText(high, wording),
      more,
    ),
    basis: [
      ...basisTexts(cycles.length, insight, wording),
      wording.text.insights.lutealLength(number(lutealLength, 0, wording)),
    ],
  }
}

/** A change in the unit of what changes. */
function changeText({ measure, change }: InsightEvidence['trend'], wording: Wording): string {
  const { inDays, inHours } = wording.text.insights
  const size = Math.abs(change)
  switch (measure) {
    case 'cycle-length':
    case 'bleeding-days':
      return inDays(number(size, 0, wording))
    case 'sleep':
      return inHours(number(size, 1, wording))
    case 'weight': {
      const { toShown, unit } = measureOf('weight.value', wording.units)
      return `${number(toShown(size), 1, wording)} ${unit}`
    }
  }
}

function trend({ reason, evidence, period }: Insight<'trend'>, wording: Wording): Said {
  const { reasons, trends, since } = wording.text.insights
  return {
    said: reasons.trend[reason](trends[evidence.measure], changeText(evidence, wording)),
    basis: [since(fullDayText(period.from, wording))],
  }
}

function logging({ reason, evidence }: Insight<'logging'>, wording: Wording): Said {
  const { reasons, logged } = wording.text.insights
  return alone(reasons.logging[reason](logged[evidence.what], evidence.days, evidence.ofDays))
}

/** Where an insight stands: outside what is usual, said, or not to be said yet. */
export type InsightPlace = 'notice' | 'said' | 'open'

const openReasons: ReadonlySet<Insight['reason']> = new Set([
  'too-few-cycles',
  'no-period',
  'not-said',
  'episode',
])

export function placeOf({ severity, reason }: Insight): InsightPlace {
  if (severity === 'notice') return 'notice'
  return openReasons.has(reason) ? 'open' : 'said'
}

/** A cycle that an insight asks to be looked at. */
export const cycleOf = (insight: Insight): WholeCycle | undefined =>
  insight.kind === 'possible-missed-log' ? insight.evidence : undefined
