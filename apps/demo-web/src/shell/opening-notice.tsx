/** Why the diary is not there: still opening, open in another tab, or not to be opened. */
import { useValue } from '../backend/use-backend.tsx'
import { useText } from '../strings/language.tsx'
import { EmergencyNote } from '../ui/emergency-note.tsx'
import { FaultNote } from '../ui/fault-note.tsx'
import { useRouting } from '../use-route.tsx'

/** @param isAlone Whether no screen is shown below it, so that it is the page's main heading. */
export function OpeningNotice({ isAlone }: { isAlone: boolean }) {
  const { app } = useText()
  const opening = useValue('opening')
  const { route } = useRouting()
  // Screens about danger have it already.
  const isAboutDanger = route.name === 'sos' || route.name === 'alerts'
  if (opening && ['open', 'new', 'locked'].includes(opening.state)) return null
  if (opening?.state !== 'failed')
    return (
      <p className="note opening" role="status">
        <i className="spinner" aria-hidden="true" />
        {app.openingLong}
      </p>
    )
  const Heading = isAlone ? 'h1' : 'h2'
  const inUse = opening.fault.code === 'store/in-use'
  return (
    <section className="card card-quiet" role="alert" aria-labelledby="not-open">
      <Heading id="not-open">{inUse ? app.inUseTitle : app.openFailedTitle}</Heading>
      <p>{inUse ? app.inUse : app.openFailed}</p>
      {!inUse && <FaultNote fault={opening.fault} />}
      <button type="button" className="button button-main" onClick={() => location.reload()}>
        {app.tryAgain}
      </button>
      {!isAboutDanger && <EmergencyNote />}
    </section>
  )
}
