import {
  insightKinds,
  type CivilDate,
  type Insight,
  type InsightEvidence,
  type InsightKind,
  type InsightReasons,
} from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { de } from '../../strings/de.ts'
import { en } from '../../strings/en.ts'
import { cycleOf, insightText, placeOf } from './insight-text.ts'

const date = (text: string) => text as CivilDate
const english = { text: en, locale: 'en-GB', units: {} }
const german = { text: de, locale: 'de', units: {} }
const languages = Object.entries({ en: english, de: german })

const start = date('2026-05-03')
const cycles = [
  { start, length: 27 },
  { start: date('2026-05-30'), length: 31 },
]
const leftOut = [{ start, why: 'marked' }] as const
const episode = 'pregnancy'
const days = [date('2026-05-17'), date('2026-05-18')]

const evidence: InsightEvidence = {
  'cycle-frequency': { cycles, median: 29, periods: 2, daysWithout: 100, leftOut, episode },
  'period-duration': { periods: [{ start, days: 5 }], leftOut, episode },
  'cycle-regularity': { cycles, shortest: 27, longest: 31, ageGroup: '26-41', limit: 7, leftOut },
  'flow-heaviness': { periods: 4, heavy: [{ start, days }], leftOut, episode },
  'intermenstrual-bleeding': { cycles: 4, seen: [{ start, days }], leftOut, episode },
  'possible-missed-log': { start, length: 61, probability: 0.93 },
  'symptom-pattern': {
    symptom: { field: 'pain.cramps' },
    phase: 'menstrual',
    effect: 'mostly',
    inside: { days: 20, logged: 40 },
    outside: { days: 1, logged: 300 },
    cycles: 9,
    ofCycles: 12,
    observedOvulations: 4,
    p: 0.0001,
    corrected: 0.002,
  },
  'temperature-shift': { cycles: [], low: 36.4, high: 36.75, shift: 0.35, lutealLength: 13.2 },
  trend: { measure: 'weight', points: [{ from: start, value: 60 }], slope: 0.5, change: -2.5 },
  logging: { what: 'mucus', days: 30, ofDays: 90 },
}

const reasons: { readonly [K in InsightKind]: Record<InsightReasons[K], true> } = {
  'cycle-frequency': {
    normal: true,
    frequent: true,
    infrequent: true,
    absent: true,
    'absent-or-not-logged': true,
    'too-few-cycles': true,
    episode: true,
  },
  'period-duration': { normal: true, prolonged: true, 'no-period': true, episode: true },
  'cycle-regularity': {
    regular: true,
    irregular: true,
    'irregular-expected': true,
    'too-few-cycles': true,
    episode: true,
  },
  'flow-heaviness': {
    normal: true,
    heavy: true,
    'not-said': true,
    'no-period': true,
    episode: true,
  },
  'intermenstrual-bleeding': { none: true, present: true, 'no-period': true, episode: true },
  'possible-missed-log': { 'unlikely-length': true },
  'symptom-pattern': { 'more-in-phase': true },
  'temperature-shift': { measured: true },
  trend: { rising: true, falling: true },
  logging: { 'most-days': true, 'some-days': true, 'few-days': true },
}

const insight = (kind: InsightKind, reason: string, change: object = {}): Insight =>
  ({
    kind,
    reason,
    period: { from: start, to: date('2026-11-01') },
    severity: 'info',
    notify: false,
    evidence: { ...evidence[kind], ...change },
  }) as Insight

const all = insightKinds.flatMap((kind) =>
  Object.keys(reasons[kind]).map((reason) => [kind, reason] as const),
)

describe.each(languages)('in %s', (_, wording) => {
  test.each(all)('%s, %s is a sentence', (kind, reason) => {
    const { title, said, basis } = insightText(insight(kind, reason), wording)
    expect(title).not.toBe('')
    for (const sentence of [said, ...basis]) {
      expect(sentence).toMatch(/[.]$/)
      expect(sentence).not.toMatch(/undefined|NaN|Infinity/)
    }
  })
})

test('few periods are counted while a median is not known', () => {
  const few = insight('cycle-frequency', 'infrequent', { median: undefined, cycles: [] })
  expect(insightText(few, english)).toEqual({
    title: 'How often periods come',
    said: 'Only 2 periods began in the last six months.',
    basis: ['You left out 1 cycle.'],
  })
})

test('a symptom of her own is called as she calls it', () => {
  const own = insight('symptom-pattern', 'more-in-phase', {
    symptom: { field: 'symptom.tags', word: 'cold feet' },
    effect: 'far-more-often',
    phase: 'premenstrual',
  })
  expect(insightText(own, english)).toEqual({
    title: 'cold feet',
    said: 'Far more often in the five days before the period.',
    basis: [
      'There on 20 of 40 days with entries, at other times on 1 of 300.',
      'Seen in 9 of 12 cycles.',
    ],
  })
})

test('changes have the unit of what changes, hers where there are two', () => {
  const weight = insight('trend', 'falling')
  expect(insightText(weight, german).said).toBe('Gewicht: fallend, um etwa 2,5 kg.')
  const pounds = { ...english, units: { weightUnit: 'lb' } } as const
  expect(insightText(weight, pounds).said).toBe('Weight: falling, by about 5.5 lb.')
  const warmer = insight('temperature-shift', 'measured')
  const fahrenheit = { ...english, units: { temperatureUnit: 'fahrenheit' } } as const
  expect(insightText(warmer, fahrenheit).said).toContain('0.63 °F more')
})

describe('where it stands', () => {
  test('what is outside the usual comes first, what lacks days last', () => {
    expect(placeOf({ ...insight('trend', 'rising'), severity: 'notice' })).toBe('notice')
    expect(placeOf(insight('cycle-regularity', 'too-few-cycles'))).toBe('open')
    expect(placeOf(insight('logging', 'few-days'))).toBe('said')
  })

  test('a period that may be missing leads to its cycle', () => {
    expect(cycleOf(insight('possible-missed-log', 'unlikely-length'))?.start).toBe(start)
    expect(cycleOf(insight('logging', 'few-days'))).toBeUndefined()
  })
})
