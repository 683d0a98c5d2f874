/** The frame around all screens: navigation, sync state, leaving, and what must be seen everywhere. */
import { useEffect } from 'react'
import { useValue } from './backend/use-backend.tsx'
import { leave } from './leave.ts'
import type { Route } from './route.ts'
import { AlertsScreen } from './screens/alerts/alerts-screen.tsx'
import { IncomingBanner } from './screens/alerts/incoming-banner.tsx'
import { CycleScreen } from './screens/cycle/cycle-screen.tsx'
import { DayScreen } from './screens/day/day-screen.tsx'
import { DevicesScreen } from './screens/devices/devices-screen.tsx'
import { ExportScreen } from './screens/export/export-screen.tsx'
import { ImportScreen } from './screens/import/import-screen.tsx'
import { InsightsScreen } from './screens/insights/insights-screen.tsx'
import { MonthScreen } from './screens/month/month-screen.tsx'
import { PeopleScreen } from './screens/people/people-screen.tsx'
import { RemindersScreen } from './screens/reminders/reminders-screen.tsx'
import { SettingsScreen } from './screens/settings/settings-screen.tsx'
import { OwnAlertBanner } from './screens/sos/own-alert-banner.tsx'
import { SosScreen } from './screens/sos/sos-screen.tsx'
import { OpeningNotice } from './shell/opening-notice.tsx'
import { ReminderBanner } from './shell/reminder-banner.tsx'
import { SyncChip } from './shell/sync-chip.tsx'
import { UpdateNotice } from './shell/update-notice.tsx'
import { startServiceWorker } from './shell/update.ts'
import { useText } from './strings/language.tsx'
import { Icon, type IconName } from './ui/icon.tsx'
import { Link, useRouting } from './use-route.tsx'

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
  reminders: 'settings',
  import: 'settings',
  export: 'settings',
}

/** Whether a place is where she is (`page`) or leads there (`true`). */
function currentOf(place: PlaceName, here: Route['name']): 'page' | 'true' | undefined {
  if (place === here) return 'page'
  return placeOf[here] === place ? 'true' : undefined
}

function Navigation() {
  const { app } = useText()
  const { route } = useRouting()
  const names = { ...app, day: app.today }
  return (
    <nav className="places" aria-label={app.navigation}>
      <ul>
        {places.map(({ name, icon, wide }) => (
          <li key={name} className={`place-${name}${wide ? ' place-wide' : ''}`}>
            <Link to={{ name }} aria-current={currentOf(name, route.name)}>
              <Icon name={icon} />
              <span>{names[name]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function CurrentScreen() {
  const { route } = useRouting()
  switch (route.name) {
    case 'day':
      return <DayScreen {...(route.date && { date: route.date })} />
    case 'month':
      return <MonthScreen {...(route.month && { month: route.month })} />
    case 'cycle':
      return <CycleScreen {...(route.start && { start: route.start })} />
    case 'insights':
      return <InsightsScreen />
    case 'sos':
      return <SosScreen />
    case 'alerts':
      return <AlertsScreen {...(route.id && { id: route.id })} />
    case 'people':
      return <PeopleScreen />
    case 'devices':
      return <DevicesScreen />
    case 'settings':
      return <SettingsScreen />
    case 'reminders':
      return <RemindersScreen />
    case 'import':
      return <ImportScreen />
    case 'export':
      return <ExportScreen />
  }
}

/** The shell is kept for offline use once the diary is open, so that the two do not fetch at once. */
function useOfflineShell(settled: boolean): void {
  useEffect(() => {
    if (settled) startServiceWorker()
  }, [settled])
}

export function App() {
  const { app } = useText()
  const { route } = useRouting()
  const opening = useValue('opening')
  useOfflineShell(opening !== undefined && opening.state !== 'opening')
  // Without the diary there is nothing to show but the call for help and what needs no diary.
  const isAlone = opening?.state === 'failed' && !['sos', 'settings'].includes(route.name)
  return (
    <div className="frame">
      <a className="skip" href="#content" onClick={skipToContent}>
        {app.skip}
      </a>
      <header className="top">
        <span className="brand">{app.brand}</span>
        <SyncChip />
        <button
          type="button"
          className="button button-leave"
          aria-label={app.leaveLabel}
          onClick={leave}
        >
          <Icon name="leave" />
          {app.leave}
        </button>
      </header>
      <Navigation />
      <main id="content" tabIndex={-1}>
        <UpdateNotice />
        <IncomingBanner />
        <OwnAlertBanner />
        <ReminderBanner />
        <OpeningNotice isAlone={isAlone} />
        {!isAlone && <CurrentScreen />}
      </main>
    </div>
  )
}

/** The address holds the route, so the link moves the focus by itself. */
function skipToContent(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
