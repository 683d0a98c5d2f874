import type { IncomingAlert } from '@selene/client-sdk'
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import type { Strings } from '../../strings/en.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link, useRouting } from '../../use-route.tsx'

function bannerText({ kind, from }: IncomingAlert, { alerts }: Strings): string {
  if (!from) return alerts.bannerNearby
  return kind === 'test' ? alerts.bannerTest(from.name) : alerts.banner(from.name)
}

/** Says on every screen that somebody calls for help. */
export function IncomingBanner() {
  const text = useText()
  const { route } = useRouting()
  const incoming = useValue('incoming') ?? []
  const open = incoming.filter(
    ({ id, state, response }) =>
      state === 'open' && response !== 'cannot' && !(route.name === 'alerts' && route.id === id),
  )
  return (
    <div role="alert">
      {open.map((alert) => (
        <Link
          key={alert.id}
          to={{ name: 'alerts', id: alert.id }}
          className={alert.kind === 'test' ? 'banner' : 'banner banner-alarm'}
        >
          <Icon name="sos" />
          <span>
            <strong>{bannerText(alert, text)}</strong> {text.alerts.open}
          </span>
          <Icon name="next" />
        </Link>
      ))}
    </div>
  )
}
