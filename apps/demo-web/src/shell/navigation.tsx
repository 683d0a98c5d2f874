/** The places of the app, and which of them she is at. */
import type { Route } from '../route.ts'
import { useText } from '../strings/language.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Link, useRouting } from '../use-route.tsx'

type PlaceName = 'day' | 'month' | 'sos' | 'people' | 'devices' | 'settings'

const places: readonly {
  readonly name: PlaceName
  readonly icon: IconName
  readonly wide?: boolean
}[] = [
  { name: 'day', icon: 'today' },
  { name: 'month', icon: 'month' },
  { name: 'sos', icon: 'sos' },
  { name: 'people', icon: 'people' },
  { name: 'devices', icon: 'devices', wide: true },
  { name: 'settings', icon: 'settings' },
]

/** Screens that are reached through a place and belong to it. */
const placeOf: Partial<Record<Route['name'], PlaceName>> = {
  cycle: 'month',
  insights: 'month',
  contact: 'people',
  sharing: 'people',
  share: 'people',
  shared: 'people',
  lock: 'settings',
  reminders: 'settings',
  import: 'settings',
  export: 'settings',
  backup: 'settings',
  restore: 'settings',
  aside: 'devices',
  'way-back': 'devices',
  recover: 'devices',
}

/** Whether a place is where she is (`page`) or leads there (`true`). */
function currentOf(place: PlaceName, here: Route['name']): 'page' | 'true' | undefined {
  if (place === here) return 'page'
  return placeOf[here] === place ? 'true' : undefined
}

/** @param isShut The diary is not open: there is the way to open it, and SOS. */
export function Navigation({ isShut }: { isShut: boolean }) {
  const { app, lock } = useText()
  const { route } = useRouting()
  const names = { ...app, day: isShut ? lock.place : app.today }
  const shown = isShut
    ? places
        .filter(({ name }) => name === 'day' || name === 'sos')
        .map((place) => (place.name === 'day' ? { ...place, icon: 'lock' as const } : place))
    : places
  return (
    <nav className="places" aria-label={app.navigation}>
      <ul>
        {shown.map(({ name, icon, wide }) => (
          <li key={name} className={`place-${name}${wide ? ' place-wide' : ''}`}>
            <Link
              to={{ name }}
              aria-current={
                isShut && route.name !== 'sos' && name === 'day'
                  ? 'page'
                  : currentOf(name, route.name)
              }
            >
              <Icon name={icon} />
              <span>{names[name]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
