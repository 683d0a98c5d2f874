/** What she is reminded of, when, and when not. */
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { CameSection, NextSection } from './next-section.tsx'
import { QuietSection } from './quiet-section.tsx'
import { ReachSection } from './reach-section.tsx'
import { RulesSection } from './rules-section.tsx'

export function RemindersScreen() {
  const { reminders } = useText()
  const settings = useValue('reminders')
  const rules = settings?.rules ?? []
  return (
    <Screen name="reminders" title={reminders.title}>
      <CameSection rules={rules} />
      <RulesSection settings={settings} />
      {rules.some(({ on }) => on) && <NextSection rules={rules} />}
      <QuietSection settings={settings} />
      <ReachSection />
    </Screen>
  )
}
