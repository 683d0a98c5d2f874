/** Calls of other people: the list, and one of them. */
import type { AlertId, IncomingAlert } from '@selene/client-sdk'
import { useLive } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage } from '../../strings/language.tsx'
import type { Strings } from '../../strings/en.ts'
import { ageText } from '../../strings/moment.ts'
import { EmergencyNote } from '../../ui/emergency-note.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Link } from '../../use-route.tsx'
import { IncomingCall } from './incoming-call.tsx'

/** Who calls, in a line. */
function callTitle({ kind, from, state }: IncomingAlert, { alerts }: Strings): string {
  const isOpen = state === 'open'
  if (!from) return isOpen ? alerts.nearby : alerts.endedNearby
  if (kind === 'test') return alerts.fromTest(from.name)
  return isOpen ? alerts.from(from.name) : alerts.ended(from.name)
}

function CallList({ calls }: { calls: readonly IncomingAlert[] }) {
  const { text, locale } = useLanguage()
  const now = useNow()
  if (calls.length === 0) return <p className="note">{text.alerts.none}</p>
  return (
    <ul className="list">
      {calls.map((call) => (
        <li key={call.id}>
          <Link to={{ name: 'alerts', id: call.id }} className="list-link">
            <span>
              <strong>{callTitle(call, text)}</strong>
              <small>
                {text.alerts.states[call.state]} ·{' '}
                {ageText(call.raisedAt, { locale, now, justNow: text.ages.now })}
              </small>
            </span>
            <Icon name="next" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

export function AlertsScreen({ id }: { id?: AlertId }) {
  const { text } = useLanguage()
  const live = useLive('incoming')
  const calls = live.status === 'ready' ? live.value : []
  const call = calls.find((one) => one.id === id)
  return (
    <Screen key={id} name="alerts" title={call ? callTitle(call, text) : text.alerts.title}>
      <EmergencyNote />
      {live.status === 'failed' && <FaultNote fault={live.fault} />}
      {live.status === 'loading' && <p className="note">{text.app.loading}</p>}
      {live.status === 'ready' &&
        (call ? <IncomingCall call={call} /> : <CallList calls={calls} />)}
      {call && (
        <p>
          <Link to={{ name: 'alerts' }}>{text.alerts.title}</Link>
        </p>
      )}
    </Screen>
  )
}
