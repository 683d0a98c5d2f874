/** Language, leaving quickly, one's own data, and what is true about privacy now. */
import { useStorageKept } from '../../shell/storage.ts'
import { useValue } from '../../backend/use-backend.tsx'
import { languages, useLanguage, type LanguageCode } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { DataSection } from './data-section.tsx'

const options = Object.entries(languages).map(([value, label]) => ({
  value: value as LanguageCode,
  label,
}))

export function SettingsScreen() {
  const { text, code, choose } = useLanguage()
  const { app, settings } = text
  const opening = useValue('opening')
  const isKept = useStorageKept()
  return (
    <Screen name="settings" title={settings.title}>
      <Link to={{ name: 'devices' }} className="list-link card">
        <Icon name="devices" />
        <strong className="grow">{app.devices}</strong>
        <Icon name="next" />
      </Link>
      <Section title={settings.language}>
        <ChoiceChips
          legend={settings.language}
          hideLegend
          options={options}
          value={code}
          choose={choose}
        />
      </Section>
      <Section title={settings.exitTitle}>
        <p>{settings.exit}</p>
      </Section>
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
