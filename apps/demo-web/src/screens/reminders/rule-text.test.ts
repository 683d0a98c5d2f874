import type { CivilDate, Reminder, ReminderRule } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { en } from '../../strings/en.ts'
import {
  detailsOf,
  nameOf,
  reasonName,
  ruleOfNotice,
  silenceOf,
  summaryOf,
  type Wording,
} from './rule-text.ts'

const from = '2026-03-10' as CivilDate
const common = { id: 'a', on: true, time: '08:00' }
const wording: Wording = { text: en, dateOf: (date) => date, clockOf: (time) => time }

test.each<[ReminderRule, string]>([
  [{ ...common, kind: 'period-due', daysBefore: 0 }, 'On the day it is expected, at 08:00'],
  [{ ...common, kind: 'period-due', daysBefore: 1 }, '1 day before, at 08:00'],
  [{ ...common, kind: 'period-due', daysBefore: 3 }, '3 days before, at 08:00'],
  [{ ...common, kind: 'pill', pack: 'daily', from }, 'Every day at 08:00'],
  [{ ...common, kind: 'pill', pack: '21-7', from }, '21 of 28 days, at 08:00'],
  [{ ...common, kind: 'ring', from }, 'At 08:00'],
  [{ ...common, kind: 'check-up', from, everyMonths: 12 }, 'Every 12 months, at 08:00'],
  [{ ...common, kind: 'own', from }, 'Once on 2026-03-10, at 08:00'],
  [{ ...common, kind: 'own', from, repeat: { every: 1, unit: 'week' } }, 'Every week, at 08:00'],
])('%o comes: %s', (rule, summary) => {
  expect(summaryOf(rule, wording)).toBe(summary)
})

test('her own word names a reminder', () => {
  const rule: ReminderRule = { ...common, kind: 'own', from, label: 'water the plants' }
  expect(nameOf(rule, en)).toBe('water the plants')
  expect(nameOf({ ...common, kind: 'own', from }, en)).toBe('Something else')
  expect(nameOf({ ...common, kind: 'ring', from }, en)).toBe('Ring')
})

describe('a reminder to come', () => {
  const reminder = (because: Reminder['because']): Reminder => ({
    id: 'a',
    kind: 'pill',
    at: 0,
    localDate: from,
    localTime: '08:00',
    because,
  })

  test('says by what it goes, and why it is moved', () => {
    const pill = reminder({ code: 'pill-day', packDay: 3, date: from, moved: 'clock-change' })
    expect(reasonName(pill, [], en)).toBe('Pill')
    expect(detailsOf(pill, wording)).toEqual([
      'Day 3 of the pack',
      'Later than usual: the clocks change.',
    ])
    const due = reminder({ code: 'period-expected', expected: from, date: from })
    expect(detailsOf(due, wording)).toEqual(['Expected around 2026-03-10'])
    expect(detailsOf(reminder({ code: 'pill-day', date: from }), wording)).toEqual([])
  })

  test('of her own has her own word', () => {
    const rule: ReminderRule = { ...common, kind: 'own', from, label: 'water the plants' }
    const own = reminder({ code: 'own', date: from })
    expect(reasonName(own, [rule], en)).toBe('water the plants')
    // Its rule may have gone meanwhile.
    expect(reasonName(own, [], en)).toBe('Your own reminder')
  })
})

test('a notice is found by its rule, and not by one whose name begins the same', () => {
  const rules: ReminderRule[] = [
    { ...common, kind: 'temperature' },
    { ...common, id: 'ab', kind: 'period-late' },
  ]
  const notice = {
    id: 'ab 1770000000000',
    about: 'ab',
    at: 1_770_000_000_000,
    text: 'A note for you',
  }
  expect(ruleOfNotice(notice, rules)?.kind).toBe('period-late')
  expect(ruleOfNotice({ ...notice, about: 'c 1770000000000' }, rules)).toBeUndefined()
})

test.each<[ReminderRule, string, string]>([
  [{ ...common, kind: 'fertile-window' }, '2026-03-10', 'forecast'],
  [{ ...common, kind: 'own', from }, '2026-03-09', 'later'],
  [{ ...common, kind: 'own', from }, '2026-03-10', 'past'],
  [{ ...common, kind: 'own', from, repeat: { every: 9, unit: 'month' } }, '2026-03-11', 'later'],
  [{ ...common, kind: 'check-up', from, everyMonths: 12 }, '2026-03-11', 'later'],
])('%o without a time on %s is silent: %s', (rule, today, silence) => {
  expect(silenceOf(rule, today as CivilDate)).toBe(silence)
})
