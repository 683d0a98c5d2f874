/** What is expected, at the top of the month: in words, since a forecast is no date but likelier days. */
import type { CivilDate, Forecast } from '@selene/client-sdk/calendar'
import { useWording } from '../../calendar/wording.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../use-route.tsx'
import { forecastText } from './forecast-text.ts'

interface ForecastCardProps {
  readonly forecast: Forecast
  readonly today: CivilDate
  readonly isVouchedFor: boolean
}

/** Where one goes from a forecast: into the cycle, or to what keeps it from being made. */
function Onward({ forecast }: { forecast: Forecast }) {
  const { text } = useWording()
  if (forecast.kind === 'forecast')
    return (
      <Link to={{ name: 'cycle', start: forecast.cycleStart }} className="onward">
        {text.forecast.cycleDay(forecast.cycleDay)}
        <Icon name="next" />
      </Link>
    )
  if (forecast.kind === 'paused')
    return (
      <Link to={{ name: 'settings' }} className="onward">
        {text.forecast.change}
        <Icon name="next" />
      </Link>
    )
  return forecast.reason === 'no-cycle' ? (
    <Link to={{ name: 'import' }} className="onward">
      {text.forecast.bringDiary}
      <Icon name="next" />
    </Link>
  ) : null
}

export function ForecastCard({ forecast, today, isVouchedFor }: ForecastCardProps) {
  const wording = useWording()
  const { headline, lines } = forecastText(forecast, { today, wording, isVouchedFor })
  return (
    <section className="card forecast" aria-label={wording.text.forecast.title}>
      <p className="forecast-headline">{headline}</p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <Onward forecast={forecast} />
    </section>
  )
}
