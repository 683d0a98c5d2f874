/** What follows from the chronicle and today: forecast, insights and evaluations, each kept until one of the two is another. */
import {
  addDays,
  evaluateCycles,
  insights,
  type CivilDate,
  type CycleHistory,
  type Forecast,
  type Insight,
  type SymptothermalEvaluation,
  type UpcomingPeriod,
} from '../calendar/index.ts'
import type { Chronicle } from './chronicle.ts'
import type { KnownCycles } from './cycle-data.ts'
import type { Today } from './day-change.ts'
import { forecastOn, personOf } from './forecast-on.ts'
import type { ProfileContent } from './profile.ts'

export interface Outlook {
  cycles(): Promise<CycleHistory>
  forecast(): Promise<Forecast>
  insights(): Promise<readonly Insight[]>
  /** The sympto-thermal evaluation of the cycle that begins on that day. */
  evaluation(cycleStart: CivilDate): Promise<SymptothermalEvaluation | undefined>
  /** Periods to come, for reminders. */
  upcoming(): Promise<readonly UpcomingPeriod[]>
}

/** Days before ovulation on which a pregnancy may begin (Wilcox 1995). */
const fertileDaysBefore = 5

function upcomingOf(now: Forecast, atStart: Forecast): UpcomingPeriod[] {
  if (now.kind !== 'forecast') return []
  return [now.next, ...now.later].map(({ p50, p90, ovulation }, i) => ({
    p50,
    p90: i === 0 && atStart.kind === 'forecast' ? atStart.next.p90 : p90,
    ...(ovulation && { fertileFrom: addDays(ovulation, -fertileDaysBefore) }),
  }))
}

export function createOutlook(chronicle: Chronicle, today: Today): Outlook {
  let kept: { key: string; forecast: Forecast } | undefined

  async function facts(): Promise<{ known: KnownCycles; content: ProfileContent }> {
    return { known: await chronicle.cycles(), content: await chronicle.profile() }
  }

  async function forecast(): Promise<Forecast> {
    const { known, content } = await facts()
    const date = today.date()
    const key = JSON.stringify([date, known.history, known.ovulations, content])
    if (kept?.key !== key) kept = { key, forecast: forecastOn(date, known, content) }
    return kept.forecast
  }

  return {
    forecast,
    cycles: async () => (await chronicle.cycles()).history,

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
      const now = await forecast()
      const atStart = now.kind === 'forecast' ? forecastOn(now.cycleStart, known, content) : now
      return upcomingOf(now, atStart)
    },
  }
}
