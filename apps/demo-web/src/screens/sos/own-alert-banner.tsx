import type { Alert } from '@selene/client-sdk'
import { isOpen } from '../../sos/ended.ts'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { useText } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { usePhaseText } from './running-alert.tsx'
import { Link, useRouting } from '../../use-route.tsx'

function Banner({ alert }: { alert: Alert }) {
  const { sos } = useText()
  const phase = usePhaseText(alert)
  return (
    <Link to={{ name: 'sos' }} className={alert.kind === 'test' ? 'banner' : 'banner banner-own'}>
      <Icon name="sos" />
      <span>
        <strong>{alert.kind === 'test' ? `${sos.title} (${sos.testBadge})` : sos.title}</strong>{' '}
        {alert.unsent && alert.sentAt !== undefined ? sos.unsent : phase}
      </span>
      <Icon name="next" />
    </Link>
  )
}

/** Reminds her on every other screen that her own alert is open. */
export function OwnAlertBanner() {
  const { route } = useRouting()
  const { alert } = useOwnAlert()
  if (!alert || !isOpen(alert) || route.name === 'sos') return null
  return <Banner alert={alert} />
}
