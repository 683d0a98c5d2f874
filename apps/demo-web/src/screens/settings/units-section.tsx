/** The units in which numbers are typed and shown. */
import { useProfileEdit } from '../../profile/use-profile-edit.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import { optionsOf } from '../../ui/options-of.ts'

export function UnitsSection() {
  const { settings } = useText()
  const { ready, values, change, fault } = useProfileEdit()
  return (
    <Section title={settings.unitsTitle}>
      <fieldset className="fields" disabled={!ready}>
        <ChoiceChips
          legend={settings.temperatureUnit}
          options={optionsOf(settings.temperatureUnits)}
          value={values.temperatureUnit ?? 'celsius'}
          choose={(temperatureUnit) => change({ temperatureUnit })}
        />
        <ChoiceChips
          legend={settings.weightUnit}
          options={optionsOf(settings.weightUnits)}
          value={values.weightUnit ?? 'kg'}
          choose={(weightUnit) => change({ weightUnit })}
        />
      </fieldset>
      <p className="hint">{settings.unitsHint}</p>
      <FaultNote fault={fault} />
    </Section>
  )
}
