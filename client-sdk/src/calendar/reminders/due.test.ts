import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, daysBetween, type CivilDate } from '../civil-date.ts'
import { nextDue } from './due.ts'
import type { ReminderRule } from './rule.ts'

const on = (text: string): CivilDate => civilDate(text)!
const from = on('2026-01-31')
const common = { id: 'x', on: true, time: '08:00' } as const
const upcoming = [{ p50: on('2026-03-03'), p90: on('2026-03-07'), fertileFrom: on('2026-02-12') }]

const anyRule = fc.constantFrom<ReminderRule>(
  { ...common, kind: 'period-due', daysBefore: 3 },
  { ...common, kind: 'period-late' },
  { ...common, kind: 'fertile-window' },
  { ...common, kind: 'pill', pack: 'daily', from },
  { ...common, kind: 'pill', pack: '21-7', from },
  { ...common, kind: 'pill', pack: '24-4', from },
  { ...common, kind: 'ring', from },
  { ...common, kind: 'patch', from },
  { ...common, kind: 'temperature' },
  { ...common, kind: 'check-up', from, everyMonths: 1 },
  { ...common, kind: 'check-up', from, everyMonths: 5 },
  { ...common, kind: 'own', from },
  { ...common, kind: 'own', from, repeat: { every: 10, unit: 'day' } },
  { ...common, kind: 'own', from, repeat: { every: 3, unit: 'week' } },
  { ...common, kind: 'own', from, repeat: { every: 2, unit: 'month' } },
)
const anyDate = fc.integer({ min: -60, max: 1200 }).map((days) => addDays(from, days))

describe('the next day on which a rule is due', () => {
  test.each([
    [{ kind: 'period-due', daysBefore: 3 }, '2026-02-28'],
    [{ kind: 'period-late' }, '2026-03-08'],
    [{ kind: 'fertile-window' }, '2026-02-12'],
    [{ kind: 'own', from }, '2026-01-31'],
  ])('%j on %s, that day included and no later', (given, date) => {
    const rule = { ...common, ...given } as ReminderRule
    expect(nextDue(rule, on(date), upcoming)?.date).toBe(date)
    expect(nextDue(rule, addDays(on(date), 1), upcoming)).toBeUndefined()
    expect(nextDue(rule, addDays(on(date), -20), upcoming)?.date).toBe(date)
  })

  test('is not before the day asked from, due on itself, and nothing lies between', () => {
    fc.assert(
      fc.property(anyRule, anyDate, (rule, date) => {
        const due = nextDue(rule, date, upcoming)
        if (!due) return
        expect(due.date >= date).toBe(true)
        expect(nextDue(rule, due.date, upcoming)).toEqual(due)
        const between = Math.floor(daysBetween(date, due.date) / 2)
        expect(nextDue(rule, addDays(date, between), upcoming)).toEqual(due)
      }),
    )
  })
})
