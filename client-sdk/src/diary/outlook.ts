/** What follows from the chronicle and today: forecast, insights and evaluations, each kept until one of the two is another. */
import {
  evaluateCycles,
  firstFertileDay,
  insights,
  type CivilDate,
  type Forecast,
  type Insight,
  type SymptothermalEvaluation,
  type UpcomingPeriod,
} from '../calendar/index.ts'
import type { Chronicle } from './chronicle.ts'
import type { KnownCycles } from './cycle-data.ts'
import type { Today } from './day-change.ts'
import { personOf } from './forecast-on.ts'
import { keepForecasts } from './kept-forecasts.ts'
import type { ProfileContent } from './profile.ts'

export interface Outlook {
  forecast(): Promise<Forecast>
  insights(): Promise<readonly Insight[]>
  /** The sympto-thermal evaluation of the cycle that begins on that day. */
  evaluation(cycleStart: CivilDate): Promise<SymptothermalEvaluation | undefined>
  /** Periods to come, for reminders. */
  upcoming(): Promise<readonly UpcomingPeriod[]>
}

function upcomingOf(now: Forecast, atStart: Forecast): UpcomingPeriod[] {
  if (now.kind !== 'forecast') return []
  return [now.next, ...now.later].map(({ p50, p90, ovulation }, i) => ({
    p50,
    p90: i === 0 && atStart.kind === 'forecast' ? atStart.next.p90 : p90,
    ...(ovulation && { fertileFrom: firstFertileDay(ovulation) }),
  }))
}

export function createOutlook(chronicle: Chronicle, today: Today): Outlook {
  const kept = keepForecasts()

  async function facts(): Promise<{ known: KnownCycles; content: ProfileContent }> {
    return { known: await chronicle.cycles(), content: await chronicle.profile() }
  }

  async function forecast(): Promise<Forecast> {
    const { known, content } = await facts()
    return kept.on(today.date(), known, content)
  }

  return {
    forecast,

    async insights() {
      const { days, history, ovulations, profile } = await chronicle.course()
      const now = await forecast()
      const date = today.date()
      const { age } = personOf(profile.profile, date)
      return insights({
        today: date,
        days,
        cycles: history.cycles,
        ovulations,
        episodes: profile.episodes,
        ...(now.kind === 'forecast' && { missedLogs: now.skipped }),
        ...(age !== undefined && { age }),
      })
    },

    async evaluation(cycleStart) {
      const { days, history } = await chronicle.course()
      return evaluateCycles(history.cycles, days, { through: today.date() }).find(
        ({ start }) => start === cycleStart,
      )
    },

    async upcoming() {
      const { known, content } = await facts()
      const now = kept.on(today.date(), known, content)
      const atStart = now.kind === 'forecast' ? kept.on(now.cycleStart, known, content) : now
      return upcomingOf(now, atStart)
    },
  }
}
