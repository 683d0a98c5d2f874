import { describe, expect, test } from 'vitest'
import { civilDate } from '../civil-date.ts'
import { checkReminderSettings } from './reminder-check.ts'
import { reminderKinds, type ReminderRule, type ReminderSettings } from './rule.ts'

const from = civilDate('2026-01-31')!
const common = { on: true, time: '08:00' } as const
const rules = [
  { ...common, id: 'a', kind: 'period-due', daysBefore: 2 },
  { ...common, id: 'b', kind: 'period-late' },
  { ...common, id: 'c', kind: 'fertile-window' },
  { ...common, id: 'd', kind: 'pill', pack: '21-7', from },
  { ...common, id: 'e', kind: 'ring', from },
  { ...common, id: 'f', kind: 'patch', from },
  { ...common, id: 'g', kind: 'temperature' },
  { ...common, id: 'h', kind: 'check-up', from, everyMonths: 12 },
  { ...common, id: 'i', kind: 'own', from, repeat: { every: 3, unit: 'week' }, label: 'Yoga 🧘' },
] as const satisfies readonly ReminderRule[]

const faults = (settings: unknown): readonly string[] =>
  checkReminderSettings(settings as ReminderSettings).faults
const faultsOf = (change: object, kind = 'own'): readonly string[] =>
  faults({ rules: [{ ...rules.find((rule) => rule.kind === kind), ...change }] })

describe('reminder settings', () => {
  test('of every kind are without fault', () => {
    expect(rules.map(({ kind }) => kind)).toEqual(reminderKinds)
    const quietHours = { from: '22:00', to: '07:00' }
    expect(checkReminderSettings({ rules, quietHours })).toEqual({ faults: [], odd: [] })
    expect(checkReminderSettings({ rules: [] })).toEqual({ faults: [], odd: [] })
    expect(faultsOf({ repeat: undefined, label: undefined })).toEqual([])
  })

  test.each([
    [{ time: '24:00' }, 'own', 'rule 1 (own), time: a time from 00:00 to 23:59 is needed'],
    [{ on: 1 }, 'own', 'rule 1 (own), on: true or false is needed'],
    [{ id: '' }, 'own', 'rule 1 (own), id: a line of 1 to 60 characters is needed'],
    [{ from: '2026-02-29' }, 'ring', 'rule 1 (ring), from: a date that exists is needed'],
    [{ pack: '22-6' }, 'pill', 'rule 1 (pill), pack: one of daily, 21-7, 24-4 is needed'],
    [
      { everyMonths: 0 },
      'check-up',
      'rule 1 (check-up), everyMonths: a whole number from 1 to 120 is needed',
    ],
    [
      { daysBefore: 1.5 },
      'period-due',
      'rule 1 (period-due), daysBefore: a whole number from 0 to 14 is needed',
    ],
    [
      { repeat: { every: 1, unit: 'year' } },
      'own',
      'rule 1 (own), repeat: a whole number from 1 to 999 and one of day, week, month are needed, or nothing',
    ],
    [
      { label: 'a\nb' },
      'own',
      'rule 1 (own), label: a line of 1 to 200 characters is needed, or nothing',
    ],
    [
      { label: '\uD800' },
      'own',
      'rule 1 (own), label: a line of 1 to 200 characters is needed, or nothing',
    ],
    [{ daysBefore: 2 }, 'pill', 'rule 1 (pill): a field is not one of this kind'],
  ])('%j of %s is a fault', (change, kind, fault) => {
    expect(faultsOf(change, kind)).toEqual([fault])
  })

  test('edges', () => {
    expect(faultsOf({ daysBefore: 0 }, 'period-due')).toEqual([])
    expect(faultsOf({ daysBefore: 14 }, 'period-due')).toEqual([])
    expect(faultsOf({ daysBefore: 15 }, 'period-due')).toHaveLength(1)
    expect(faultsOf({ daysBefore: -1 }, 'period-due')).toHaveLength(1)
    expect(faultsOf({ everyMonths: 120 }, 'check-up')).toEqual([])
    expect(faultsOf({ everyMonths: 121 }, 'check-up')).toHaveLength(1)
    expect(faultsOf({ label: 'x'.repeat(201) })).toHaveLength(1)
    const many = Array.from({ length: 101 }, (_, i) => ({ ...rules[1], id: `${i}` }))
    expect(faults({ rules: many.slice(1) })).toEqual([])
    expect(faults({ rules: many })).toHaveLength(1)
  })

  test('what is no setting at all', () => {
    for (const nothing of [null, undefined, 1, 'rules', {}, { rules: {} }, []])
      expect(faults(nothing)).toEqual(['rules: a list is needed'])
    for (const rule of [null, 1, {}, { kind: 'constructor' }, { ...rules[0], kind: 'snack' }])
      expect(faults({ rules: [rule] })[0]).toMatch(/^rule 1: a kind, one of period-due, /)
    expect(faults({ rules: [rules[0], { ...rules[1], id: 'a' }] })).toEqual([
      'rules: each needs an id of its own',
    ])
    const times = 'quietHours: two times from 00:00 to 23:59 are needed'
    for (const quietHours of [null, {}, '22:00', { from: '22:00' }, { from: '22:00', to: 7 }])
      expect(faults({ rules: [], quietHours })).toEqual([times])
    expect(faults({ rules: [], quietHours: { from: '22:00', to: '22:00' } })).toHaveLength(1)
  })

  test('a time in the quiet hours is odd, and says what becomes of it', () => {
    const quietHours = { from: '22:00', to: '08:01' }
    const { odd } = checkReminderSettings({ rules: [rules[1], rules[3]], quietHours })
    expect(odd).toEqual([
      'rule 1 (period-late), time: lies in the quiet hours and waits for their end',
      'rule 2 (pill), time: lies in the quiet hours and comes nonetheless',
    ])
    const off = [{ ...rules[1], on: false }]
    expect(checkReminderSettings({ rules: off, quietHours }).odd).toEqual([])
  })

  test('messages never repeat a value or a foreign name', () => {
    const planted = 'violet-harbour-7731'
    const rule = {
      id: `${planted}\n`,
      kind: 'own',
      on: planted,
      time: planted,
      from: planted,
      repeat: planted,
      label: `${planted}\n`,
      [planted]: planted,
    }
    const said = JSON.stringify(faults({ rules: [rule, { kind: planted }], quietHours: planted }))
    expect(said).not.toContain(planted)
  })
})
