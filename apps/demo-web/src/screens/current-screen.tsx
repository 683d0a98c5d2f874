/** The screen of the route that she is at. */
import { useRouting } from '../use-route.tsx'
import { AlertsScreen } from './alerts/alerts-screen.tsx'
import { AsideScreen } from './aside/aside-screen.tsx'
import { BackupScreen } from './backup/backup-screen.tsx'
import { RestoreScreen } from './backup/restore-screen.tsx'
import { CycleScreen } from './cycle/cycle-screen.tsx'
import { ContactScreen } from './contact/contact-screen.tsx'
import { DayScreen } from './day/day-screen.tsx'
import { DevicesScreen } from './devices/devices-screen.tsx'
import { ExportScreen } from './export/export-screen.tsx'
import { ImportScreen } from './import/import-screen.tsx'
import { InsightsScreen } from './insights/insights-screen.tsx'
import { LockScreen } from './lock/lock-screen.tsx'
import { MonthScreen } from './month/month-screen.tsx'
import { PeopleScreen } from './people/people-screen.tsx'
import { RemindersScreen } from './reminders/reminders-screen.tsx'
import { SettingsScreen } from './settings/settings-screen.tsx'
import { ShareScreen } from './sharing/share-screen.tsx'
import { SharedScreen } from './sharing/shared-screen.tsx'
import { SharingScreen } from './sharing/sharing-screen.tsx'
import { SosScreen } from './sos/sos-screen.tsx'
import { RecoverScreen } from './way-back/recover-screen.tsx'
import { WayBackScreen } from './way-back/way-back-screen.tsx'

export function CurrentScreen() {
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
    case 'contact':
      return <ContactScreen {...(route.id && { id: route.id })} />
    case 'sharing':
      return <SharingScreen />
    case 'share':
      return <ShareScreen {...(route.id && { id: route.id })} />
    case 'shared':
      return <SharedScreen {...(route.id && { id: route.id })} />
    case 'devices':
      return <DevicesScreen />
    case 'aside':
      return <AsideScreen />
    case 'way-back':
      return <WayBackScreen />
    case 'recover':
      return <RecoverScreen />
    case 'settings':
      return <SettingsScreen />
    case 'lock':
      return <LockScreen />
    case 'reminders':
      return <RemindersScreen />
    case 'import':
      return <ImportScreen />
    case 'export':
      return <ExportScreen />
    case 'backup':
      return <BackupScreen />
    case 'restore':
      return <RestoreScreen />
  }
}
