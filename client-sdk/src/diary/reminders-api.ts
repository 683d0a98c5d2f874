/**
 * Reminders: rules in the profile's document, the next times worked out from them and the forecast, and
 * handed to the platform's notifier with one neutral text for all: a lock screen is read by others.
 */
import type {
  QuietHours,
  Reminder,
  ReminderRule,
  ReminderSettings,
  UpcomingPeriod,
} from '../calendar/index.ts'
import type { Clock } from '../core/clock.ts'
import { lazily } from '../core/lazily.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Notifier } from '../core/notifier.ts'
import type { Signal } from '../core/signal.ts'
import type { Write } from '../sync/write.ts'
import type { WriteProfile } from './profile-api.ts'
import type { ProfileContent } from './profile.ts'

export interface Reminders {
  readonly settings: Live<ReminderSettings>
  /** The next time of each rule that is on, soonest first. */
  readonly next: Live<readonly Reminder[]>
  /** Whether they come while the app is closed; `none` where this platform shows nothing. */
  readonly reach: 'always' | 'while-open' | 'none'
  /** Adds a rule, or changes the one with its id. @throws {@link Problem} diary/invalid-reminder. */
  put(rule: ReminderRule): Promise<Write>
  remove(id: string): Promise<Write>
  /** Hours in which only exact reminders come; `null` for none. @throws {@link Problem} diary/invalid-reminder. */
  setQuietHours(hours: QuietHours | null): Promise<Write>
}

interface Deps {
  readonly clock: Clock
  /** IANA name of the zone in which the device is. */
  readonly zone: () => string
  readonly notifier: Notifier | undefined
  /** What is shown, whatever it is about. */
  readonly noticeText: string
  readonly profile: () => Promise<ProfileContent>
  readonly upcoming: () => Promise<readonly UpcomingPeriod[]>
  /** Emits when profile or forecast may be others. */
  readonly changed: Signal
  readonly write: WriteProfile
}

/** An app that is seldom opened has this many of each rule planned. */
const plannedPerRule = 8
/** Plans run out, zones change and forecasts move with the days. */
const planAgainMs = 6 * 3_600_000

const rules = lazily(() => import('./reminder-rules.ts'))

async function assertPossible(wanted: ReminderSettings): Promise<void> {
  const { assertPossibleSettings } = await rules()
  assertPossibleSettings(wanted)
}

const nothing = (): void => {}

export function startReminders(deps: Deps): { reminders: Reminders; close(): void } {
  const { clock, zone, notifier, noticeText, profile, upcoming, changed, write } = deps
  let cancelTimer = nothing
  let closed = false

  async function settings(): Promise<ReminderSettings> {
    const { settingsOf } = await rules()
    return settingsOf(await profile())
  }

  async function work(perRule: number): Promise<readonly Reminder[]> {
    const { reminders } = await rules()
    return reminders({
      settings: await settings(),
      now: clock.now(),
      zone: zone(),
      upcoming: await upcoming(),
      perRule,
    })
  }

  async function plan(): Promise<void> {
    if (!notifier || closed) return
    cancelTimer()
    cancelTimer = clock.after(planAgainMs, planAnyway)
    const coming = await work(plannedPerRule)
    if (!closed)
      notifier.plan(
        coming.map(({ id, at }) => ({ id: `${id} ${at}`, about: id, at, text: noticeText })),
      )
  }
  // What cannot be read now is planned with the next change.
  const planAnyway = (): void => void plan().catch(() => {})

  const end = changed.subscribe(planAnyway)
  planAnyway()

  return {
    reminders: {
      settings: createLive(settings, changed),
      next: createLive(() => work(1), changed),
      reach: notifier?.reach ?? 'none',
      async put(rule) {
        await assertPossible({ rules: [rule] })
        return write((pen) => pen.reminder(rule.id, rule))
      },
      remove: (id) => write((pen) => pen.reminder(id, null)),
      async setQuietHours(hours) {
        if (hours) await assertPossible({ rules: [], quietHours: hours })
        return write((pen) => pen.quietHours(hours))
      },
    },
    close() {
      closed = true
      end()
      cancelTimer()
    },
  }
}
