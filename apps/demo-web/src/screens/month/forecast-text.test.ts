import type { CivilDate, CycleForecast, Forecast, StartForecast } from '@selene/client-sdk/calendar'
import { describe, expect, test } from 'vitest'
import { de } from '../../strings/de.ts'
import { en } from '../../strings/en.ts'
import { forecastText } from './forecast-text.ts'

const date = (text: string) => text as CivilDate
const today = date('2026-11-28')
const english = { text: en, locale: 'en-GB', units: {} }
const german = { text: de, locale: 'de', units: {} }

const next = (p10: string, p90: string): StartForecast => ({
  from: date('2026-12-03'),
  probabilities: [1],
  p10: date(p10),
  p50: date('2026-12-03'),
  p90: date(p90),
  meanDays: 5,
})

const forecast = (change: Partial<CycleForecast> = {}): CycleForecast => ({
  kind: 'forecast',
  cycleStart: date('2026-11-05'),
  cycleDay: 24,
  next: next('2026-12-01', '2026-12-07'),
  later: [],
  days: [],
  overdue: { days: 0, unlogged: 0, asks: false },
  skipped: [],
  ...change,
})

/** All of it in one line, with ordinary blanks. */
function said(what: Forecast, wording = english, isVouchedFor = false): string {
  const { headline, lines } = forecastText(what, { today, wording, isVouchedFor })
  return [headline, ...lines].join(' | ').replaceAll('\u00A0', ' ')
}

describe('the next period', () => {
  test('is a likeliest day and a time in which it mostly begins', () => {
    expect(said(forecast())).toBe(
      'Next period: most likely 3 December | In 8 of 10 cases it begins between 1 and 7 December.',
    )
    expect(said(forecast(), german)).toBe(
      'Nächste Periode: am ehesten am 3. Dezember | In 8 von 10 Fällen beginnt sie zwischen dem 1. und dem 7. Dezember.',
    )
  })

  test('names both months when there are two, and where the month comes first', () => {
    const far = forecast({ next: next('2026-11-29', '2026-12-07') })
    expect(said(far)).toContain('between 29 November and 7 December')
    expect(said(far, german)).toContain('zwischen dem 29. November und dem 7. Dezember')
    expect(said(forecast(), { ...english, locale: 'en-US' })).toContain(
      'between December 1 and December 7',
    )
  })

  test('says today and tomorrow by name', () => {
    const soon = forecast({ next: { ...next('2026-11-28', '2026-11-30'), from: today } })
    expect(said(soon)).toBe(
      'Next period: most likely today | In 8 of 10 cases it begins between today and 30 November.',
    )
    expect(said(soon, german)).toContain('zwischen heute und dem 30. November')
    const sure = forecast({
      next: { ...next('2026-11-29', '2026-11-29'), from: date('2026-11-29') },
    })
    expect(said(sure)).toContain('most likely tomorrow | In 8 of 10 cases it begins tomorrow.')
  })

  test('that is late says so first', () => {
    const late = forecast({ overdue: { days: 5, unlogged: 0.2, asks: false } })
    expect(said(late)).toMatch(/^5 days later than expected \| Most likely it begins 3 December/)
    expect(said(late, german)).toMatch(/^5 Tage später als erwartet \| Am ehesten/)
  })

  test('that was likely not logged has no date, whatever she says', () => {
    const asking = forecast({ overdue: { days: 31, unlogged: 0.7, asks: true } })
    for (const isVouchedFor of [true, false])
      expect(said(asking, english, isVouchedFor)).not.toMatch(/December/)
    expect(said(asking, english, true)).toContain('You said')
  })
})

describe('why there is none', () => {
  test('an estimated due date is called an estimate', () => {
    const paused: Forecast = {
      kind: 'paused',
      episode: { kind: 'pregnancy', from: date('2026-10-01') },
      estimatedDueDate: date('2027-07-12'),
    }
    expect(said(paused)).toContain('Estimated due date: 12 July 2027. | This is an estimate')
    expect(said(paused, german)).toContain('Geschätzter Geburtstermin: 12. Juli 2027. | Das ist')
  })

  test.each(['breastfeeding', 'hormonal-contraception'] as const)('%s pauses it', (kind) => {
    const paused: Forecast = { kind: 'paused', episode: { kind, from: date('2026-01-01') } }
    expect(forecastText(paused, { today, wording: german, isVouchedFor: false })).toEqual({
      headline: 'Die Vorhersage ruht',
      lines: [de.forecast.pausedTexts[kind]],
    })
  })

  test.each(['no-cycle', 'interrupted'] as const)('%s has words', (reason) => {
    expect(said({ kind: 'none', reason })).toMatch(/^No forecast .* \| \w/)
  })
})
