/** A month at a glance, and what is expected from today on; a day opens from here. */
import { addDays, monthOf, type CivilDate, type CycleHistory } from '@selene/client-sdk/calendar'
import { useMemo } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { forecastMarks } from '../../calendar/forecast-marks.ts'
import { isVouchedFor } from '../../calendar/her-word.ts'
import { firstDayOf, lastDayOf, shiftMonth } from '../../calendar/month-grid.ts'
import { useToday } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Link } from '../../use-route.tsx'
import { CalendarViews } from './calendar-views.tsx'
import { ForecastCard } from './forecast-card.tsx'
import { Legend } from './legend.tsx'
import { MissedLogAsk } from './missed-log-ask.tsx'
import { MonthGrid } from './month-grid.tsx'
import { ProposalAsks } from './proposal-asks.tsx'

function MonthPicker({ shown }: { shown: string }) {
  const { month } = useText()
  return (
    <div className="month-picker">
      <Link
        to={{ name: 'month', month: shiftMonth(shown, -1) }}
        className="button button-icon"
        aria-label={month.previous}
      >
        <Icon name="previous" />
      </Link>
      <Link
        to={{ name: 'month', month: shiftMonth(shown, 1) }}
        className="button button-icon"
        aria-label={month.next}
      >
        <Icon name="next" />
      </Link>
    </div>
  )
}

interface OutlookProps {
  readonly history: CycleHistory
  readonly today: CivilDate
}

/** What is expected, and what she is asked about it. */
function Outlook({ history, today }: OutlookProps) {
  const forecast = useValue('forecast')
  const running = history.cycles.at(-1)
  const days = useValue('range', running?.start ?? today, today) ?? []
  if (!forecast) return null
  const isVouched = running !== undefined && isVouchedFor(running, days, today)
  const asks = forecast.kind === 'forecast' && forecast.overdue.asks && !isVouched
  return (
    <>
      <ForecastCard forecast={forecast} today={today} isVouchedFor={isVouched} />
      {asks && running && <MissedLogAsk cycle={running} today={today} />}
    </>
  )
}

/** Leads to what deserves a message of its own; it says no more here, where others may look. */
function Hint() {
  const { forecast } = useText()
  const insights = useValue('insights') ?? []
  if (!insights.some(({ notify }) => notify)) return null
  return (
    <Link to={{ name: 'insights' }} className="list-link">
      <span className="grow">{forecast.worthALook}</span>
      <Icon name="next" />
    </Link>
  )
}

export function MonthScreen(props: { month?: string }) {
  const { locale, text } = useLanguage()
  const today = useToday()
  const present = monthOf(today)
  const shown = props.month ?? present
  const title = dateText(firstDayOf(shown), locale, { month: 'long', year: 'numeric' })
  const history = useValue('cycles')
  const forecast = useValue('forecast')
  const showsFertility = useValue('profile')?.showsFertility === true
  const expected = useMemo(
    () => forecastMarks(forecast, showsFertility),
    [forecast, showsFertility],
  )
  // What began shortly before this month is still asked about in it.
  const askedFrom = shown === present ? addDays(firstDayOf(shown), -31) : firstDayOf(shown)
  return (
    <Screen name="month" title={title}>
      <MonthPicker shown={shown} />
      <CalendarViews />
      {shown !== present && (
        <Link to={{ name: 'month' }} className="button this-month">
          {text.month.thisMonth}
        </Link>
      )}
      {history && shown >= present && <Outlook history={history} today={today} />}
      <MonthGrid month={shown} title={title} today={today} expected={expected} />
      {history && <ProposalAsks history={history} from={askedFrom} to={lastDayOf(shown)} />}
      <Hint />
      <Legend hasForecast={expected.size > 0} />
    </Screen>
  )
}
