/**
 * What she wants to be reminded of. Each rule says when; what is shown is the app's, and neutral
 * unless she wants it otherwise: a lock screen is read by others.
 */
import type { CivilDate } from '../civil-date.ts'
import type { ClockTime } from '../clock-time.ts'

/** Every kind of reminder. */
export const reminderKinds = [
  'period-due',
  'period-late',
  'fertile-window',
  'pill',
  'ring',
  'patch',
  'temperature',
  'check-up',
  'own',
] as const
export type ReminderKind = (typeof reminderKinds)[number]

/** How pills are packed: taken every day, or active ones for 21 or 24 days of 28. */
export const pillPacks = ['daily', '21-7', '24-4'] as const
export type PillPack = (typeof pillPacks)[number]

/** What an own reminder counts in. */
export const repeatUnits = ['day', 'week', 'month'] as const
export type RepeatUnit = (typeof repeatUnits)[number]

interface Rule<K extends ReminderKind> {
  /** Hers alone among the rules. */
  readonly id: string
  readonly kind: K
  /** Kept, but silent, when false. */
  readonly on: boolean
  /** Time on the wall wherever she is; of temperature, the time she wakes. */
  readonly time: ClockTime
}

/** One wish; what a kind needs beside the time is said with it. */
export type ReminderRule =
  /** So many days before the most likely first day of the period. */
  | (Rule<'period-due'> & { readonly daysBefore: number })
  /** Once, on the day after the last of the days by which it was expected. */
  | Rule<'period-late'>
  /** On the first fertile day. */
  | Rule<'fertile-window'>
  /** On each day with a pill; `from` is the first day of a pack. */
  | (Rule<'pill'> & { readonly pack: PillPack; readonly from: CivilDate })
  /** In on `from`, out after three weeks, and again a week later. */
  | (Rule<'ring'> & { readonly from: CivilDate })
  /** On at `from`, changed after one week and two, off after three, and again a week later. */
  | (Rule<'patch'> & { readonly from: CivilDate })
  | Rule<'temperature'>
  /** First on `from`, then every so many months on that day of the month, or the month's last. */
  | (Rule<'check-up'> & { readonly from: CivilDate; readonly everyMonths: number })
  /** Once on `from`, or again and again; `label` is for her own eyes. */
  | (Rule<'own'> & {
      readonly from: CivilDate
      readonly repeat?: { readonly every: number; readonly unit: RepeatUnit }
      readonly label?: string
    })

/** Hours in which nothing but exact reminders come: from `from` on, until `to`, over midnight or not. */
export interface QuietHours {
  readonly from: ClockTime
  readonly to: ClockTime
}

export interface ReminderSettings {
  readonly rules: readonly ReminderRule[]
  readonly quietHours?: QuietHours
}

/**
 * Kinds that come at their time even in quiet hours, since the hour is what they are about: a pill is
 * taken at the same one each day, and a temperature is that of waking. All others wait.
 */
export const isExactReminder = (kind: ReminderKind): boolean =>
  kind === 'pill' || kind === 'temperature'
