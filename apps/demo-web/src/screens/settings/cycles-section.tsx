/** What she says of herself, all of it optional, and whether fertile days are shown. */
import { useProfileEdit } from '../../profile/use-profile-edit.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import { Section } from '../../ui/section.tsx'
import { BirthYearInput } from './birth-year-input.tsx'

export function CyclesSection() {
  const { settings } = useText()
  const { ready, values, change, fault } = useProfileEdit()
  return (
    <Section title={settings.cyclesTitle}>
      <fieldset className="fields" disabled={!ready}>
        <div className="input-group">
          <ChoiceChips
            legend={settings.regularity}
            options={[
              { value: 'not-said', label: settings.notSaid },
              ...optionsOf(settings.regularities),
            ]}
            value={values.regularity ?? 'not-said'}
            choose={(said) => change({ regularity: said === 'not-said' ? null : said })}
          />
          <p className="hint">{settings.regularityHint}</p>
        </div>
        <BirthYearInput value={values.birthYear} change={change} />
        <label className="switch">
          <input
            type="checkbox"
            role="switch"
            checked={values.showsFertility === true}
            onChange={(event) => change({ showsFertility: event.target.checked })}
          />
          <span>
            {settings.fertility}
            <small>{settings.fertilityHint}</small>
          </span>
        </label>
      </fieldset>
      <FaultNote fault={fault} />
    </Section>
  )
}
