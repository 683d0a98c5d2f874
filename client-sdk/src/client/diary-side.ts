/** The diary with all that follows from it: days, profile, declared times, forecasts, insights, reminders. */
import { systemZone } from '../core/clock.ts'
import { lazily } from '../core/lazily.ts'
import { anyOf } from '../core/signal.ts'
import type { Chronicle } from '../diary/chronicle.ts'
import { createToday } from '../diary/day-change.ts'
import { createDiary, type Diary } from '../diary/diary.ts'
import { keepHealthInsights } from '../diary/health-insights.ts'
import {
  createProfileApi,
  createProfileWriter,
  type Episodes,
  type ProfileApi,
} from '../diary/profile-api.ts'
import { startReminders, type Reminders } from '../diary/reminders-api.ts'
import { createSettingsApi, type SettingsApi } from '../diary/settings-api.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Writes } from '../sync/write.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Platform } from './platform.ts'

interface Deps {
  readonly platform: Platform
  /** What a reminder shows, whatever it is about. */
  readonly noticeText: string
  readonly store: Store
  readonly documents: Documents
  readonly vault: LocalVault
  readonly chronicle: Chronicle
  readonly writes: Writes
  /** Runs after a commit: there is something to send. */
  readonly written: () => void
}

export interface DiarySide {
  readonly diary: Diary
  readonly profile: ProfileApi
  /** How she wants the app on all her devices. */
  readonly settings: SettingsApi
  readonly episodes: Episodes
  readonly reminders: Reminders
}

export function openDiarySide(deps: Deps): { side: DiarySide; close(): Promise<void> } {
  const { platform, noticeText, store, chronicle } = deps
  const { clock, random, notifier, zone = systemZone } = platform
  const today = createToday(clock, zone)
  const outlook = lazily(async () => {
    const { createOutlook } = await import('../diary/outlook.ts')
    return createOutlook(chronicle, today)
  })
  const changed = anyOf(chronicle.changed, today.changed)
  const insights = async () => (await outlook()).insights()
  const upcoming = async () => (await outlook()).upcoming()
  const kept = keepHealthInsights({ store, clock, changed, insights })
  const writing = { ...deps, clock, random }
  const write = createProfileWriter(writing)
  const { profile } = chronicle
  const wishes = { noticeText, profile, upcoming, changed, write }
  const started = startReminders({ clock, zone, notifier, ...wishes })
  return {
    side: {
      diary: createDiary({ ...writing, outlook, today }),
      reminders: started.reminders,
      settings: createSettingsApi(writing),
      ...createProfileApi(writing, write),
    },
    async close() {
      started.close()
      today.close()
      await kept.stop()
    },
  }
}
