/** Says what this is not, with a link that calls; it stands on every screen about danger. */
import { useText } from '../strings/language.tsx'
import { Icon } from './icon.tsx'

export function EmergencyNote() {
  const { app } = useText()
  return (
    <aside className="emergency" aria-label={app.inDanger}>
      <p>{app.emergency}</p>
      <a className="button button-call" href="tel:112">
        <Icon name="phone" />
        {app.call}
      </a>
    </aside>
  )
}
