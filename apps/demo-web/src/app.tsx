/** The frame around all screens: navigation, sync state, leaving, and what must be seen everywhere. */
import { useEffect } from 'react'
import { useValue } from './backend/use-backend.tsx'
import { leave } from './leave.ts'
import type { Route } from './route.ts'
import { AlertsScreen } from './screens/alerts/alerts-screen.tsx'
import { IncomingBanner } from './screens/alerts/incoming-banner.tsx'
import { DayScreen } from './screens/day/day-screen.tsx'
import { DevicesScreen } from './screens/devices/devices-screen.tsx'
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

const places: readonly { readonly to: Route; readonly icon: IconName; readonly wide?: boolean }[] =
  [
    { to: { name: 'day' }, icon: 'today' },
    { to: { name: 'month' }, icon: 'month' },
    { to: { name: 'sos' }, icon: 'sos' },
    { to: { name: 'people' }, icon: 'people' },
    { to: { name: 'devices' }, icon: 'devices', wide: true },
    { to: { name: 'settings' }, icon: 'settings' },
  ]

/** Screens that are reached through a place and belong to it. */
const placeOf: Partial<Record<Route['name'], Route['name']>> = { reminders: 'settings' }

/** Whether a place is where she is (`page`) or leads there (`true`). */
function currentOf(place: Route['name'], here: Route['name']): 'page' | 'true' | undefined {
  if (place === here) return 'page'
  return placeOf[here] === place ? 'true' : undefined
}

function Navigation() {
  const { app, reminders } = useText()
  const { route } = useRouting()
  const names = {
    day: app.today,
    month: app.month,
    sos: app.sos,
    alerts: app.sos,
    people: app.people,
    devices: app.devices,
    settings: app.settings,
    reminders: reminders.title,
  }
  return (
    <nav className="places" aria-label={app.navigation}>
      <ul>
        {places.map(({ to, icon, wide }) => (
          <li key={to.name} className={`place-${to.name}${wide ? ' place-wide' : ''}`}>
            <Link to={to} aria-current={currentOf(to.name, route.name)}>
              <Icon name={icon} />
              <span>{names[to.name]}</span>
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
