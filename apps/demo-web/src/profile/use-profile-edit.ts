/** What she sets once and for all days: each change shows at once and is stored at once. */
import type { Profile, ProfileChange } from '@selene/client-sdk'
import { useAhead } from '../backend/use-ahead.ts'
import { useAction, useCalls, useValue } from '../backend/use-backend.tsx'
import { useText } from '../strings/language.tsx'
import { useAnnouncer } from '../ui/announcer.tsx'
import type { Fault } from '../worker/fault.ts'

interface ProfileEditing {
  /** False until the profile has been read. */
  readonly ready: boolean
  readonly values: Profile
  readonly fault: Fault | undefined
  change(change: ProfileChange): void
}

const none: Profile = {}

export function useProfileEdit(): ProfileEditing {
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const { day } = useText()
  const profile = useValue('profile')
  const ahead = useAhead(profile ?? none)

  async function store(change: ProfileChange): Promise<void> {
    await ahead.change(change, () => calls.setProfile(change))
    announcer.polite(day.saved)
  }

  return {
    ready: profile !== undefined,
    values: ahead.shown,
    fault: action.fault,
    change: (change) => void action.run(() => store(change)),
  }
}
