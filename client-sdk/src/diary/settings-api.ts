/** How she wants the app on all her devices, as an app reads and changes it. */
import { createLive } from '../core/live.ts'
import { settingsDocument } from '../docs/settings-document.ts'
import type { WritingDeps } from './act.ts'
import { createFields, type Fields } from './choices-api.ts'
import { loadSettings } from './settings-table.ts'
import { settingChoices, type Settings, type SettingsChange } from './settings.ts'

export type SettingsApi = Fields<Settings, SettingsChange>

export const createSettingsApi = (deps: WritingDeps): SettingsApi =>
  createFields(
    deps,
    { document: settingsDocument, choices: settingChoices },
    createLive(() => loadSettings(deps.store), deps.store.committed),
  )
