/** How she wants the app on all her devices: choices in the document `settings`. */
import * as v from 'valibot'
import { defineChoices, type Choosing, type Chosen } from './choices.ts'

/** What can be set; absent is said by leaving it out, and then the device decides. */
const settings = {
  /** A language tag (BCP 47) of letters, digits and hyphens. */
  language: v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/)),
  theme: v.picklist(['light', 'dark']),
  /** The day that a week begins with. */
  weekStart: v.picklist(['monday', 'saturday', 'sunday']),
} as const

export const settingChoices = defineChoices(settings, 'settings')

/** Absent values have not been set: the device decides. */
export type Settings = Chosen<typeof settings>
/** `null` takes a setting back, an absent one stays as it is. */
export type SettingsChange = Choosing<typeof settings>
