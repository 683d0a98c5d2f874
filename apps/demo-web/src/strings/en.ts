/** The app in English, a file for each screen. Its shape is what every language must have. */
import { alerts } from './en/alerts.ts'
import { app, ages } from './en/app.ts'
import { aside } from './en/aside.ts'
import { backups } from './en/backup.ts'
import { cycle } from './en/cycle.ts'
import { welcome, day } from './en/day.ts'
import { devices } from './en/devices.ts'
import { exporting } from './en/export.ts'
import { choices, measures, words, flags, texts } from './en/fields.ts'
import { importing } from './en/import.ts'
import { insights } from './en/insights.ts'
import { lock } from './en/lock.ts'
import { month, forecast } from './en/month.ts'
import { addresses, contacts } from './en/people.ts'
import { problems, remedies } from './en/problems.ts'
import { reminders } from './en/reminders.ts'
import { settings, episodes } from './en/settings.ts'
import { sharing } from './en/sharing.ts'
import { sos, responses, responseOf } from './en/sos.ts'
import { wayBack } from './en/way-back.ts'

export const en = {
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

/** What every language has. */
export type Strings = typeof en
