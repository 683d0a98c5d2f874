/** Symptoms by phase of the cycle, worked out here from all days, so that they need not cross to the page. */
import type { Diary, Live, LiveState } from '@selene/client-sdk'
import {
  observedOvulations,
  symptomPhases,
  type CivilDate,
  type CycleHistory,
  type Forecast,
  type LoggedDay,
  type SymptomPhases,
} from '@selene/client-sdk/calendar'

const firstDate = '0001-01-01' as CivilDate
const lastDate = '9999-12-31' as CivilDate

interface Facts {
  readonly days: readonly LoggedDay[]
  readonly history: CycleHistory
  readonly forecast: Forecast
}

function phasesOf({ days, history: { cycles }, forecast }: Facts): SymptomPhases {
  return symptomPhases({
    // All cycles that are over are over on the first day of the one that runs.
    today: cycles.at(-1)?.start ?? lastDate,
    days,
    cycles,
    ovulations: observedOvulations(cycles, days),
    ...(forecast.kind === 'forecast' && { missedLogs: forecast.skipped }),
  })
}

/** A live value that follows days, cycles and forecast; known once all three are. */
export function watchSymptoms(diary: Diary): Live<SymptomPhases> {
  const [days, history, forecast] = [
    diary.range(firstDate, lastDate),
    diary.cycles,
    diary.forecast,
  ] as const

  function get(): LiveState<SymptomPhases> {
    const [ofDays, ofHistory, ofForecast] = [days.get(), history.get(), forecast.get()]
    if (
      ofDays.status === 'ready' &&
      ofHistory.status === 'ready' &&
      ofForecast.status === 'ready'
    ) {
      const facts = { days: ofDays.value, history: ofHistory.value, forecast: ofForecast.value }
      return { status: 'ready', value: phasesOf(facts) }
    }
    return (
      [ofDays, ofHistory, ofForecast].find((state) => state.status === 'failed') ?? {
        status: 'loading',
      }
    )
  }

  const live: Live<SymptomPhases> = {
    get,
    subscribe(changed) {
      const ends = [days, history, forecast].map((source) => source.subscribe(changed))
      return () => {
        for (const end of ends) end()
      }
    },
    async *[Symbol.asyncIterator]() {
      const state = get()
      if (state.status === 'ready') yield state.value
    },
  }
  return live
}
