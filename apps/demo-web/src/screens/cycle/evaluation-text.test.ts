import {
  addDays,
  symptothermal,
  type CivilDate,
  type FertilityReason,
  type LoggedDay,
  type Observation,
  type Reading,
} from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { de } from '../../strings/de.ts'
import { en } from '../../strings/en.ts'
import { findingTexts, phaseTexts, reasonText } from './evaluation-text.ts'

const start = '2026-03-01' as CivilDate
const english = { text: en, locale: 'en-GB', units: {} }
const german = { text: de, locale: 'de', units: {} }
const languages = Object.entries({ en: english, de: german })

const reading: Reading = { date: addDays(start, 15), cycleDay: 16, hundredths: 3680 }
const observation: Observation = { date: addDays(start, 14), cycleDay: 15, quality: 4 }
const rise = { coverLine: 3655, base: [reading], high: [reading] }
const peak = { sign: 'mucus', peak: observation, lower: [], moved: [] } as const
const missing = addDays(start, 17)

/** One of each; a new code of the SDK is missing here and fails to compile. */
const reasons: { readonly [C in FertilityReason['code']]: Extract<FertilityReason, { code: C }> } =
  {
    'temperature/shift': { code: 'temperature/shift', rule: 0, ...rise },
    'temperature/rising': { code: 'temperature/rising', ...rise },
    'temperature/too-few-readings': { code: 'temperature/too-few-readings', readings: [reading] },
    'temperature/base-too-spread': { code: 'temperature/base-too-spread', ...rise },
    'temperature/day-missing': { code: 'temperature/day-missing', ...rise, missing },
    'temperature/no-shift': { code: 'temperature/no-shift' },
    'sign/peak': { code: 'sign/peak', ...peak },
    'sign/open': { code: 'sign/open', ...peak },
    'sign/day-missing': { code: 'sign/day-missing', ...peak, missing },
    'sign/no-peak': { code: 'sign/no-peak', sign: 'cervix', observed: 1 },
    'before/no-shift-last-cycle': { code: 'before/no-shift-last-cycle' },
    'before/first-five-days': { code: 'before/first-five-days', days: 5 },
    'before/minus-eight': { code: 'before/minus-eight', days: 6, earliest: 14, cycles: 12 },
    'before/fertile-sign': { code: 'before/fertile-sign', sign: 'mucus', observation },
    'before/temperature-rise': { code: 'before/temperature-rise', reading },
    'after/double-check': {
      code: 'after/double-check',
      date: missing,
      time: '18:00',
      laterSign: 'both',
    },
    'nothing-observed': { code: 'nothing-observed' },
  }

describe.each(languages)('in %s', (_, wording) => {
  test.each(Object.values(reasons))('$code is a sentence', (reason) => {
    const said = reasonText(reason, wording)
    expect(said).toMatch(/^\p{Lu}.*[.]$/u)
    expect(said).not.toMatch(/undefined|NaN/)
  })
})

test('temperatures are said in her unit', () => {
  const { 'temperature/shift': shift } = reasons
  expect(reasonText(shift, english)).toContain('36.55 °C')
  expect(reasonText(shift, german)).toContain('36,55 °C')
  const fahrenheit = { ...english, units: { temperatureUnit: 'fahrenheit' } } as const
  expect(reasonText(shift, fahrenheit)).toContain('97.79 °F')
})

/** A cycle with a clear rise on day 16 and a mucus peak on day 15. */
const days: LoggedDay[] = Array.from({ length: 28 }, (_, i) => ({
  date: addDays(start, i),
  values: {
    'temperature.value': i < 15 ? 36.4 : 36.8,
    ...(i > 4 && { 'mucus.value': i === 14 ? 4 : i > 9 && i < 14 ? 3 : 1 }),
  },
}))
const evaluation = symptothermal({ start, end: addDays(start, 27), days, previous: [] })

test('findings say nothing of fertility, and nothing of what was not logged', () => {
  const said = findingTexts(evaluation, english)
  expect(said).toHaveLength(2)
  expect(said.join(' ')).not.toMatch(/fertile/i)
  const nothing = symptothermal({ start, end: addDays(start, 27), days: [], previous: [] })
  expect(findingTexts(nothing, english)).toEqual([])
})

test('phases follow each other, and no sentence is said twice', () => {
  const phases = phaseTexts(evaluation, english)
  expect(phases.map(({ status }) => status)).toEqual([
    en.cycle.statuses.fertile,
    en.cycle.statuses['infertile-after'],
  ])
  const said = [...findingTexts(evaluation, english), ...phases.flatMap(({ reasons }) => reasons)]
  expect(new Set(said).size).toBe(said.length)
})
