/**
 * Checks of reminder settings, which may come from a document and hold anything. What cannot be is a
 * fault; what is merely unlikely to be meant is said as odd. Messages name rule, field and limit, never
 * a value: a label or a date may not reach a log.
 */
import { isCivilDate } from '../civil-date.ts'
import { isClockTime } from '../clock-time.ts'
import { isQuiet } from './quiet-hours.ts'
import {
  isExactReminder,
  pillPacks,
  reminderKinds,
  repeatUnits,
  type ReminderKind,
  type ReminderSettings,
} from './rule.ts'

/** Lines for a person: `faults` must be corrected, `odd` deserves a second look. */
export interface ReminderCheck {
  readonly faults: readonly string[]
  readonly odd: readonly string[]
}

interface Need {
  readonly fits: (value: unknown) => boolean
  readonly words: string
}

const whole = (min: number, max: number): Need => ({
  fits: (value) => Number.isInteger(value) && within(value as number, min, max),
  words: `a whole number from ${min} to ${max} is needed`,
})
const within = (value: number, min: number, max: number): boolean => value >= min && value <= max

const oneOf = (choices: readonly string[]): Need => ({
  fits: (value) => choices.some((choice) => choice === value),
  words: `one of ${choices.join(', ')} is needed`,
})
const line = (max: number): Need => ({
  fits: (value) =>
    typeof value === 'string' &&
    within(value.length, 1, max) &&
    value.isWellFormed() &&
    !/[\0\n\r]/.test(value),
  words: `a line of 1 to ${max} characters is needed`,
})
const optional = ({ fits, words }: Need): Need => ({
  fits: (value) => value === undefined || fits(value),
  words: `${words}, or nothing`,
})

const time: Need = { fits: isClockTime, words: 'a time from 00:00 to 23:59 is needed' }
const date: Need = { fits: isCivilDate, words: 'a date that exists is needed' }
const flag: Need = {
  fits: (value) => typeof value === 'boolean',
  words: 'true or false is needed',
}

/** A number and a unit, in an object of their own. */
const repeat: Need = {
  fits: (value) =>
    isRecord(value) && whole(1, 999).fits(value['every']) && oneOf(repeatUnits).fits(value['unit']),
  words: `a whole number from 1 to 999 and one of ${repeatUnits.join(', ')} are needed`,
}

const common = { id: line(60), on: flag, time }
const needs = {
  'period-due': { ...common, daysBefore: whole(0, 14) },
  'period-late': common,
  'fertile-window': common,
  pill: { ...common, pack: oneOf(pillPacks), from: date },
  ring: { ...common, from: date },
  patch: { ...common, from: date },
  temperature: common,
  'check-up': { ...common, from: date, everyMonths: whole(1, 120) },
  own: { ...common, from: date, repeat: optional(repeat), label: optional(line(200)) },
} satisfies Readonly<Record<ReminderKind, Readonly<Record<string, Need>>>>

const maxRules = 100

/** Says what is impossible in settings, and what is odd without refusing what is possible. */
export function checkReminderSettings(settings: ReminderSettings): ReminderCheck {
  const given: unknown = settings
  if (!isRecord(given) || !Array.isArray(given['rules']))
    return { faults: ['rules: a list is needed'], odd: [] }
  const rules: unknown[] = given['rules']
  if (rules.length > maxRules)
    return { faults: [`rules: at most ${maxRules} are possible`], odd: [] }
  const faults = [
    ...rules.flatMap((rule, i) => ruleFaults(rule, i + 1)),
    ...repeatedIds(rules),
    ...quietFaults(given['quietHours']),
  ]
  return { faults, odd: faults.length > 0 ? [] : oddities(settings) }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function ruleFaults(rule: unknown, number: number): string[] {
  const kind = isRecord(rule) ? reminderKinds.find((one) => one === rule['kind']) : undefined
  if (!isRecord(rule) || !kind)
    return [`rule ${number}: ${oneOf(reminderKinds).words.replace('one', 'a kind, one')}`]
  const table: Readonly<Record<string, Need>> = needs[kind]
  const known = Object.entries(table).flatMap(([field, { fits, words }]) =>
    fits(rule[field]) ? [] : [`rule ${number} (${kind}), ${field}: ${words}`],
  )
  const isForeign = Object.keys(rule).some((name) => name !== 'kind' && !Object.hasOwn(table, name))
  // The name is not repeated: it comes from outside the table and could hold anything.
  return isForeign ? [...known, `rule ${number} (${kind}): a field is not one of this kind`] : known
}

function repeatedIds(rules: readonly unknown[]): string[] {
  const ids = rules.flatMap((rule) => (isRecord(rule) ? [rule['id']] : []))
  const isRepeated = new Set(ids).size < ids.length
  return isRepeated ? ['rules: each needs an id of its own'] : []
}

function quietFaults(quiet: unknown): string[] {
  if (quiet === undefined) return []
  if (!isRecord(quiet) || !isClockTime(quiet['from']) || !isClockTime(quiet['to']))
    return ['quietHours: two times from 00:00 to 23:59 are needed']
  return quiet['from'] === quiet['to'] ? ['quietHours: two different times are needed'] : []
}

const oddities = ({ rules, quietHours }: ReminderSettings): string[] =>
  rules.flatMap(({ kind, on, time }, i) =>
    on && quietHours && isQuiet(time, quietHours)
      ? [
          `rule ${i + 1} (${kind}), time: lies in the quiet hours and ${isExactReminder(kind) ? 'comes nonetheless' : 'waits for their end'}`,
        ]
      : [],
  )
