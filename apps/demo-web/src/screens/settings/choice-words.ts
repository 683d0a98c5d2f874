/** A setting in words: what it is of, and what is chosen. Pure. */
import type { SettingEdit } from '@selene/client-sdk'
import type { Strings } from '../../strings/en.ts'

interface ChoiceWords {
  readonly name: string
  readonly value: string
}

type Labels = Readonly<Record<string, string>>

/** `undefined` for a setting that this app does not know. */
export function choiceWords(
  { name, value }: Pick<SettingEdit, 'name' | 'value'>,
  { settings }: Strings,
  languages: Labels,
): ChoiceWords | undefined {
  const known: Readonly<Record<string, readonly [name: string, values?: Labels]>> = {
    language: [settings.language, languages],
    theme: [settings.theme, settings.themes],
    weekStart: [settings.weekStart, settings.weekStarts],
    temperatureUnit: [settings.temperatureUnit, settings.temperatureUnits],
    weightUnit: [settings.weightUnit, settings.weightUnits],
    regularity: [settings.regularity, settings.regularities],
    birthYear: [settings.birthYear],
    showsFertility: [settings.fertility, settings.yesNo],
  }
  const [label, values] = known[name] ?? []
  if (label === undefined) return undefined
  return { name: label, value: values?.[String(value)] ?? String(value) }
}
