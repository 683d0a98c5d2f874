/** How she wants the app on all her devices. */
import type { Settings, SettingsChange } from '@selene/client-sdk'
import { useCalls, useValue } from '../backend/use-backend.tsx'
import { useChoiceEdit, type ChoiceEditing } from './use-choice-edit.ts'

const none: Settings = {}

export function useSettingsEdit(): ChoiceEditing<Settings, SettingsChange> {
  const calls = useCalls()
  const stored = useValue('settings')
  return useChoiceEdit({ stored, none, write: calls.setSettings })
}
