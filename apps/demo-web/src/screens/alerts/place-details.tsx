import type { Position } from '@selene/client-sdk'
import { useNow } from '../../calendar/today.ts'
import { useLanguage } from '../../strings/language.tsx'
import { ageText } from '../../strings/moment.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'

/** Decimal places of a degree: 5 are about a metre. */
const places = 5

/** A place as text: how exact, how old, and links; nothing is asked of a map server unless she does. */
export function PlaceDetails({ position }: { position: Position }) {
  const { text, locale } = useLanguage()
  const { alerts, ages } = text
  const now = useNow(5000)
  const latitude = position.latitude.toFixed(places)
  const longitude = position.longitude.toFixed(places)
  const pair = `${latitude}, ${longitude}`
  const age = ageText(position.at, { locale, now, justNow: ages.now })
  return (
    <div className="place">
      <p className="with-icon">
        <Icon name="place" />
        <strong>
          {alerts.accuracy(Math.round(position.accuracyMetres))}, {alerts.measured(age)}
        </strong>
      </p>
      <p>
        <span className="hint">{alerts.coordinates}</span> <code>{pair}</code>
      </p>
      <div className="row">
        <CopyButton value={pair} />
        <a className="button" href={`geo:${latitude},${longitude}?q=${latitude},${longitude}`}>
          {alerts.openMap}
        </a>
      </div>
      <p>
        <a
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {alerts.openOsm}
        </a>
      </p>
    </div>
  )
}
