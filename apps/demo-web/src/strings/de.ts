/** The app in German, a file for each screen. */
import type { Strings } from './en.ts'
import { alerts } from './de/alerts.ts'
import { app, ages } from './de/app.ts'
import { aside } from './de/aside.ts'
import { backups } from './de/backup.ts'
import { cycle } from './de/cycle.ts'
import { welcome, day } from './de/day.ts'
import { devices } from './de/devices.ts'
import { exporting } from './de/export.ts'
import { choices, measures, words, flags, texts } from './de/fields.ts'
import { importing } from './de/import.ts'
import { insights } from './de/insights.ts'
import { lock } from './de/lock.ts'
import { month, forecast } from './de/month.ts'
import { addresses, contacts } from './de/people.ts'
import { problems, remedies } from './de/problems.ts'
import { reminders } from './de/reminders.ts'
import { settings, episodes } from './de/settings.ts'
import { sharing } from './de/sharing.ts'
import { sos, responses, responseOf } from './de/sos.ts'
import { wayBack } from './de/way-back.ts'

export const de: Strings = {
  app,
  welcome,
  day,
  choices,
  measures,
  words,
  flags,
  texts,
  month,
  forecast,
  cycle,
  insights,
  lock,
  importing,
  exporting,
  backups,
  sos,
  responses,
  responseOf,
  alerts,
  contacts,
  addresses,
  sharing,
  devices,
  aside,
  wayBack,
  settings,
  episodes,
  reminders,
  problems,
  remedies,
  ages,
}
