/** What she sets once and for all days. */
import type { Profile, ProfileChange } from '@selene/client-sdk'
import { useCalls, useValue } from '../backend/use-backend.tsx'
import { useChoiceEdit, type ChoiceEditing } from './use-choice-edit.ts'

const none: Profile = {}

export function useProfileEdit(): ChoiceEditing<Profile, ProfileChange> {
  const calls = useCalls()
  const stored = useValue('profile')
  return useChoiceEdit({ stored, none, write: calls.setProfile })
}
