/** Calling for help. It needs the SOS kit only, so it works before the diary is open and without it. */
import { useLive } from '../../backend/use-backend.tsx'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { useText } from '../../strings/language.tsx'
import { EmergencyNote } from '../../ui/emergency-note.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import type { Fault } from '../../worker/fault.ts'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { ArmedAlert } from './armed-alert.tsx'
import { RunningAlert } from './running-alert.tsx'
import { StartAlert } from './start-alert.tsx'

function CurrentAlert() {
  const { app } = useText()
  const { alert } = useOwnAlert()
  if (alert === undefined) return <p className="note">{app.loading}</p>
  if (alert === null) return <StartAlert />
  return alert.phase === 'armed' ? <ArmedAlert alert={alert} /> : <RunningAlert alert={alert} />
}

/** Without the kit there is nothing to press; what is left is said. */
function MissingKit({ fault }: { fault: Fault }) {
  const { sos, app } = useText()
  return (
    <Section title={sos.kitFailedTitle} tone="alarm">
      <p>{sos.kitFailed}</p>
      <FaultNote fault={fault} />
      <button type="button" className="button" onClick={() => location.reload()}>
        {app.tryAgain}
      </button>
    </Section>
  )
}

export function SosScreen() {
  const { sos, alerts } = useText()
  const live = useLive('alert')
  return (
    <Screen name="sos" title={sos.title}>
      <EmergencyNote />
      {live.status === 'failed' ? <MissingKit fault={live.fault} /> : <CurrentAlert />}
      <p>
        <Link to={{ name: 'alerts' }}>{alerts.title}</Link>
      </p>
    </Screen>
  )
}
