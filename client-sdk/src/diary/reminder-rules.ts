/** What reminders can be, and when they come: what is known once there is a reminder. */
import { Problem } from '@selene/shapes'
import {
  checkReminderSettings,
  type QuietHours,
  type ReminderRule,
  type ReminderSettings,
} from '../calendar/index.ts'
import type { ProfileContent } from './profile.ts'

export { reminders } from '../calendar/index.ts'

/** Foreign input: rules that cannot be are passed over, one by one. */
export function settingsOf({ reminders: rules, quietHours }: ProfileContent): ReminderSettings {
  const possible = [...rules].flatMap(([id, rule]) => {
    const own = { ...(rule as ReminderRule), id }
    return checkReminderSettings({ rules: [own] }).faults.length === 0 ? [own] : []
  })
  const quiet = quietHours as QuietHours | undefined
  const isQuiet =
    quiet && checkReminderSettings({ rules: [], quietHours: quiet }).faults.length === 0
  return { rules: possible, ...(isQuiet && { quietHours: quiet }) }
}

/** @throws {@link Problem} diary/invalid-reminder */
export function assertPossibleSettings(settings: ReminderSettings): void {
  const { faults } = checkReminderSettings(settings)
  if (faults.length > 0) throw new Problem('diary/invalid-reminder', { faults })
}
