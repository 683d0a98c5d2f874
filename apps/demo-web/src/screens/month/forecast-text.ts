/** The forecast in words: one line that matters most, and what stands behind it. Pure. */
import type { CivilDate, CycleForecast, Forecast } from '@selene/client-sdk/calendar'
import { likeliestDay } from '../../calendar/forecast-marks.ts'
import { betweenText, fullDayText, onDayText, type Wording } from '../../calendar/wording.ts'

export interface ForecastText {
  readonly headline: string
  readonly lines: readonly string[]
}

interface Looking {
  readonly today: CivilDate
  readonly wording: Wording
  /** Whether she has said that no period was missed. */
  readonly isVouchedFor: boolean
}

/** What is said of a forecast, or of why there is none. */
export function forecastText(forecast: Forecast, looking: Looking): ForecastText {
  const { wording } = looking
  const words = wording.text.forecast
  switch (forecast.kind) {
    case 'forecast':
      return cycleText(forecast, looking)
    case 'none':
      return forecast.reason === 'no-cycle'
        ? { headline: words.noCycle, lines: [words.noCycleText] }
        : { headline: words.interrupted, lines: [words.interruptedText] }
    case 'paused': {
      const { episode, estimatedDueDate } = forecast
      const due = estimatedDueDate && words.dueDate(fullDayText(estimatedDueDate, wording))
      return {
        headline: words.paused,
        lines: [words.pausedTexts[episode.kind], ...(due ? [due, words.dueDateHint] : [])],
      }
    }
  }
}

function cycleText({ next, overdue }: CycleForecast, looking: Looking): ForecastText {
  const { today, wording, isVouchedFor } = looking
  const words = wording.text.forecast
  const late = words.overdue(overdue.days)
  if (overdue.asks)
    return { headline: late, lines: [isVouchedFor ? words.vouched : words.unlogged] }
  const when = onDayText(likeliestDay(next), today, wording)
  const between = betweenText(next.p10, next.p90, looking)
  return overdue.days > 0
    ? { headline: late, lines: [words.overdueNext(when, between)] }
    : { headline: words.next(when), lines: [words.inMostCases(between)] }
}
