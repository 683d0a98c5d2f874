/** Says on every screen what she should know of her account: who is new, a reset that runs, a server that is not right. */
import { useValue } from '../backend/use-backend.tsx'
import { memberName } from '../screens/devices/member-name.ts'
import { useWarnings } from '../screens/devices/use-warnings.ts'
import { useText } from '../strings/language.tsx'
import { Icon } from '../ui/icon.tsx'
import { Link, useRouting } from '../use-route.tsx'

export function VaultBanner() {
  const text = useText()
  const { devices, wayBack } = text
  const { route } = useRouting()
  const vault = useValue('vault')
  const warnings = useWarnings()
  const lines = [
    ...(vault?.news ?? []).map((member) => ({
      key: member.id,
      line: devices.newsBanner[member.kind](memberName(member, text)),
    })),
    ...(vault?.reset && route.name !== 'way-back'
      ? [{ key: 'reset', line: wayBack.resetBanner }]
      : []),
    ...(warnings.length > 0 ? [{ key: 'warning', line: devices.warningBanner }] : []),
  ]
  // There it is said at length; and what has ended is asked about.
  const isSaid = route.name === 'devices' || vault?.ending !== undefined
  return (
    <div role="status">
      {!isSaid &&
        lines.map(({ key, line }) => (
          <Link key={key} to={{ name: 'devices' }} className="banner">
            <Icon name="devices" />
            <span>
              <strong>{line}</strong> {devices.newsLook}
            </span>
            <Icon name="next" />
          </Link>
        ))}
    </div>
  )
}
