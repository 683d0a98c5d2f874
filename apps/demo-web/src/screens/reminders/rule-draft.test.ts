import {
  checkReminderSettings,
  reminderKinds,
  repeatUnits,
  type CivilDate,
  type ReminderRule,
} from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import {
  draftOf,
  faultsOf,
  maxLabelLength,
  newRule,
  ruleOf,
  wholeLimits,
  withKind,
  type RuleDraft,
} from './rule-draft.ts'

const today = '2026-03-10' as CivilDate
const own = { id: 'a', on: true }
const faultsInSdk = (rule: ReminderRule): readonly string[] =>
  checkReminderSettings({ rules: [rule] }).faults

describe('a new draft', () => {
  test.each(reminderKinds)('of kind %s makes a rule that the diary takes', (kind) => {
    const draft = withKind(newRule(today), kind)
    expect(faultsOf(draft)).toEqual([])
    expect(faultsInSdk(ruleOf(draft, own))).toEqual([])
  })

  test('of temperature comes when people wake, unless she has chosen an hour', () => {
    expect(withKind(newRule(today), 'temperature').time).toBe('06:30')
    const chosen = { ...newRule(today), time: '05:15' }
    expect(withKind(chosen, 'temperature').time).toBe('05:15')
    expect(withKind(withKind(newRule(today), 'temperature'), 'pill').time).toBe('09:00')
  })
})

const from = today
const common = { id: 'a', on: false, time: '21:30' }
const rules: readonly ReminderRule[] = [
  { ...common, kind: 'period-due', daysBefore: 0 },
  { ...common, kind: 'period-late' },
  { ...common, kind: 'fertile-window' },
  { ...common, kind: 'pill', pack: '24-4', from },
  { ...common, kind: 'ring', from },
  { ...common, kind: 'patch', from },
  { ...common, kind: 'temperature' },
  { ...common, kind: 'check-up', from, everyMonths: 6 },
  { ...common, kind: 'own', from },
  { ...common, kind: 'own', from, label: 'water the plants', repeat: { every: 3, unit: 'week' } },
]

test.each(rules)('a rule that is opened and saved is the same one: %o', (rule) => {
  expect(ruleOf(draftOf(rule, '2020-01-01' as CivilDate), rule)).toEqual(rule)
})

describe('the limits', () => {
  const draft = (change: Partial<RuleDraft>): RuleDraft => ({ ...newRule(today), ...change })
  const kindOf = { daysBefore: 'period-due', everyMonths: 'check-up', every: 'own' } as const

  test.each(Object.entries(wholeLimits) as [keyof typeof kindOf, readonly [number, number]][])(
    'of %s are those of the diary',
    (field, [min, max]) => {
      const draftWith = (value: number): RuleDraft =>
        draft({ kind: kindOf[field], repeat: 'day', [field]: String(value) })
      for (const value of [min, max]) {
        expect(faultsOf(draftWith(value))).toEqual([])
        expect(faultsInSdk(ruleOf(draftWith(value), own))).toEqual([])
      }
      for (const value of [min - 1, max + 1]) {
        expect(faultsOf(draftWith(value))).toEqual([field])
        expect(faultsInSdk(ruleOf(draftWith(value), own))).toHaveLength(1)
      }
    },
  )

  test('of a label too', () => {
    for (const length of [maxLabelLength, maxLabelLength + 1]) {
      const labelled = draft({ kind: 'own', label: 'a'.repeat(length) })
      expect(faultsOf(labelled).length).toBe(faultsInSdk(ruleOf(labelled, own)).length)
    }
  })

  test.each(['', ' ', '1.5', '-1', 'two', '1e2'])('%j is no number of days', (daysBefore) => {
    expect(faultsOf(draft({ daysBefore }))).toEqual(['daysBefore'])
  })

  test('are asked of no kind that has no such field', () => {
    const empty = { time: '08:00', from: '', daysBefore: '', everyMonths: '', every: '' }
    expect(faultsOf(draft({ ...empty, kind: 'temperature' }))).toEqual([])
    expect(faultsOf(draft({ ...empty, kind: 'own', from: today }))).toEqual([])
    for (const repeat of repeatUnits)
      expect(faultsOf(draft({ ...empty, kind: 'own', repeat }))).toEqual(['from', 'every'])
    expect(faultsOf(draft({ ...empty, kind: 'ring', time: '' }))).toEqual(['time', 'from'])
  })
})
