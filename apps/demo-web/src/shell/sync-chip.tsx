/** How far sync is, in a word, on every screen. */
import { useValue } from '../backend/use-backend.tsx'
import { useText } from '../strings/language.tsx'
import { Link } from '../use-route.tsx'

export function SyncChip() {
  const { app, devices } = useText()
  const sync = useValue('sync')
  const opening = useValue('opening')
  if (opening && ['failed', 'new', 'locked'].includes(opening.state))
    return <span className="sync-chip" />
  const phase = sync?.phase
  return (
    <Link to={{ name: 'devices' }} className="sync-chip" data-phase={phase}>
      <i className="sync-mark" aria-hidden="true" />
      <span>{phase ? devices.phases[phase] : app.opening}</span>
    </Link>
  )
}
