/** How the app is on all her devices: language, light or dark, and the first day of the week. */
import { useSettingsEdit } from '../../profile/use-settings-edit.ts'
import { languages, useLanguage } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import { Section } from '../../ui/section.tsx'

/** What is chosen where nothing is: the device decides. */
const device = 'device'
const given = <T extends string>(value: T | typeof device): T | null =>
  value === device ? null : value

export function AppSection() {
  const { text, code, choose } = useLanguage()
  const { settings } = text
  const { ready, values, change, fault } = useSettingsEdit()
  return (
    <Section title={settings.appTitle}>
      <ChoiceChips
        legend={settings.language}
        options={optionsOf(languages)}
        value={code}
        choose={(language) => {
          choose(language)
          if (ready) change({ language })
        }}
      />
      <fieldset className="fields" disabled={!ready}>
        <ChoiceChips
          legend={settings.theme}
          options={optionsOf(settings.themes)}
          value={values.theme ?? device}
          choose={(theme) => change({ theme: given(theme) })}
        />
        <ChoiceChips
          legend={settings.weekStart}
          options={optionsOf(settings.weekStarts)}
          value={values.weekStart ?? device}
          choose={(weekStart) => change({ weekStart: given(weekStart) })}
        />
      </fieldset>
      <FaultNote fault={fault} />
    </Section>
  )
}
