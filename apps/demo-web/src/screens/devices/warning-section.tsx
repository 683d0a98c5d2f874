/** What is wrong with the server, and what there is to do about it. */
import { useText } from '../../strings/language.tsx'
import { Section } from '../../ui/section.tsx'
import { useWarnings } from './use-warnings.ts'

export function WarningSection() {
  const { devices } = useText()
  const warnings = useWarnings()
  if (warnings.length === 0) return null
  return (
    <Section title={devices.warningTitle} tone="alarm">
      {warnings.map((warning) => (
        <p key={warning}>{devices.warnings[warning]}</p>
      ))}
    </Section>
  )
}
