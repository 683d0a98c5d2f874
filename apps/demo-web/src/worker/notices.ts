/** Reminders that have come while the app is open, until she puts them away. */
import type { Live, PlannedNotice } from '@selene/client-sdk'
import { createLiveValue } from './live-value.ts'

export interface Notices {
  readonly shown: Live<readonly PlannedNotice[]>
  show(notice: PlannedNotice): void
  dismissAll(): void
}

export function createNotices(): Notices {
  const { live, set, value } = createLiveValue<readonly PlannedNotice[]>([])
  return {
    shown: live,
    show: (notice) => set([...value().filter(({ id }) => id !== notice.id), notice]),
    dismissAll: () => set([]),
  }
}
