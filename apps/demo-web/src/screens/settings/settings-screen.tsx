/** What she sets: how the app is, units, what is true of her cycles; her data, and what holds about privacy now. */
import { useValue } from '../../backend/use-backend.tsx'
import type { Route } from '../../route.ts'
import { useStorageKept } from '../../shell/storage.ts'
import { useText } from '../../strings/language.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { AppSection } from './app-section.tsx'
import { CyclesSection } from './cycles-section.tsx'
import { DataSection } from './data-section.tsx'
import { EpisodesSection } from './episodes-section.tsx'
import { SharedSection } from './shared-section.tsx'
import { UnitsSection } from './units-section.tsx'

function PlaceLink({ to, icon, name }: { to: Route; icon: IconName; name: string }) {
  return (
    <Link to={to} className="list-link card">
      <Icon name={icon} />
      <strong className="grow">{name}</strong>
      <Icon name="next" />
    </Link>
  )
}

export function SettingsScreen() {
  const text = useText()
  const { app, settings } = text
  const opening = useValue('opening')
  const account = useValue('account')
  const isKept = useStorageKept()
  return (
    <Screen name="settings" title={settings.title}>
      <PlaceLink to={{ name: 'reminders' }} icon="bell" name={text.reminders.title} />
      <PlaceLink to={{ name: 'lock' }} icon="lock" name={text.lock.title} />
      <PlaceLink to={{ name: 'devices' }} icon="devices" name={app.devices} />
      {account && account.status !== 'none' && (
        <PlaceLink to={{ name: 'way-back' }} icon="check" name={text.wayBack.title} />
      )}
      <AppSection />
      <Section title={settings.exitTitle}>
        <p>{settings.exit}</p>
      </Section>
      <UnitsSection />
      <CyclesSection />
      <EpisodesSection />
      <SharedSection />
      <DataSection />
      <Section title={settings.aboutTitle}>
        <ul className="about">
          {settings.about.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {opening?.state === 'open' && (
          <p className="small">
            {opening.kind === 'opfs' ? settings.stored.opfs : settings.stored.other}{' '}
            {isKept !== undefined && (isKept ? settings.stored.kept : settings.stored.mayGo)}
          </p>
        )}
      </Section>
    </Screen>
  )
}
