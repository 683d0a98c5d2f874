import { describe, expect, test } from 'vitest'
import { addDays, civilDate, type CivilDate } from '../calendar/civil-date.ts'
import type { Chart } from './chart.ts'
import { cycleLengthChart } from './cycle-length-chart.ts'
import { englishCharts as words } from './english.ts'
import { germanCharts } from './german.ts'
import { sampleCycle, sampleLengths, sampleSymptoms, sampleYear, start } from './sample-data.ts'
import { symptomPhaseChart } from './symptom-phase-chart.ts'
import { temperatureChart } from './temperature-chart.ts'
import { yearChart } from './year-chart.ts'

const day = (text: string): CivilDate => civilDate(text)!

describe('the temperature curve in words', () => {
  const chart = temperatureChart(sampleCycle, { words })
  const rows = chart.tables[0]!.rows

  test('says every temperature in the unit that she reads, on the axis too', () => {
    const inFahrenheit = temperatureChart(sampleCycle, { words, temperatureUnit: 'fahrenheit' })
    expect(inFahrenheit.tables[0]!.rows.slice(0, 19).map((row) => row[2])).toEqual(
      sampleCycle.readings.map(({ celsius }) => `${((celsius * 9) / 5 + 32).toFixed(2)} °F`),
    )
    expect(inFahrenheit.summary).toContain('from 97.25 °F to 98.15 °F.')
    expect(inFahrenheit.summary).toContain('Cover line 97.52 °F.')
    const axisOf = ({ scene }: Chart) =>
      scene.shapes.flatMap((shape) =>
        shape.kind === 'text' && /^\d+[.]\d$|°/.test(shape.text) ? [shape.text] : [],
      )
    expect(axisOf(chart)).toEqual(['°C', '36.2', '36.4', '36.6', '36.8'])
    expect(axisOf(inFahrenheit).slice(0, 3)).toEqual(['°F', '97.0', '97.2'])
    expect(axisOf(inFahrenheit).every((text) => text === '°F' || Number(text) > 90)).toBe(true)
    expect(temperatureChart(sampleCycle, { words, temperatureUnit: 'celsius' })).toEqual(chart)
  })

  test('has every reading with its day, date and role', () => {
    expect(rows.slice(0, 19).map((row) => row[2])).toEqual(
      sampleCycle.readings.map(({ celsius }) => `${celsius.toFixed(2)} °C`),
    )
    expect(rows[5]).toEqual(['6', '25 Feb 2026', '38.20 °C', '', '', '', '', 'left out'])
    expect(rows[8]![7]).toBe('base reading 6, fertile days')
    expect(rows[13]![7]).toBe('base reading 1, fertile days')
    expect(rows[14]![7]).toBe('high reading 1, fertile days')
    expect(rows[12]).toEqual([
      '13',
      '4 Mar 2026',
      '36.35 °C',
      '',
      'S+ (slippery or like egg white)',
      'open, soft, high',
      'peak',
      'base reading 2, mucus peak, fertile days',
    ])
  })

  test('is summed up in sentences', () => {
    expect(chart.summary).toBe(
      'Cycle from 20 Feb 2026, 28 days shown. Readings: 18, from 36.25 °C to 36.75 °C. ' +
        'Left out: 1. Cover line 36.40 °C. The temperature rises on day 15 (6 Mar 2026). ' +
        'Fertile: day 9 to day 16.',
    )
  })

  test('is summed up in German too', () => {
    expect(temperatureChart(sampleCycle, { words: germanCharts }).summary).toContain(
      'Messungen: 18, von 36,25 °C bis 36,75 °C.',
    )
  })

  test('lists fertile days on which nothing was noted, and days that are not drawn', () => {
    const { tables, summary } = temperatureChart(
      {
        start,
        readings: [{ date: addDays(start, 119), celsius: 36.5 }],
        fertile: { from: addDays(start, 9), to: addDays(start, 10), isPredicted: true },
      },
      { words },
    )
    expect(tables[0]!.rows.map((row) => [row[0], row[7]])).toEqual([
      ['10', 'fertile days, predicted'],
      ['11', 'fertile days, predicted'],
      ['120', ''],
    ])
    expect(summary).toContain('The drawing ends with day 99')
  })

  test('of an empty cycle says that nothing was measured', () => {
    const { tables, summary } = temperatureChart({ start, readings: [] }, { words })
    expect(tables[0]!.rows).toEqual([])
    expect(summary).toBe('Cycle from 20 Feb 2026, 28 days shown. No temperature readings.')
  })
})

describe('cycle lengths in words', () => {
  const { summary, tables } = cycleLengthChart(sampleLengths, { words })

  test('has every length, every likely length and the quantiles', () => {
    expect(tables[0]!.rows.map((row) => row[1])).toEqual(
      sampleLengths.cycles.map(({ length }) => `${length} days`),
    )
    expect(tables[0]!.rows[7]![2]).toBe('not counted')
    expect(tables[1]!.rows.slice(0, 4)).toEqual([
      ['27 days', 'early (1 in 10 is shorter)'],
      ['29 days', 'middle (as likely sooner as later)'],
      ['31 days', 'late (1 in 10 is longer)'],
      ['26 days', '2%'],
    ])
    expect(tables[1]!.rows).toHaveLength(3 + 7)
  })

  test('is summed up without the cycle that does not count', () => {
    expect(summary).toBe(
      '9 cycles counted: 26 to 33 days, median 28. Not counted: 1. ' +
        'The running cycle is likely to last 27 to 31 days (8 in 10), middle 29.',
    )
  })

  test('says when not all cycles are drawn', () => {
    const cycles = Array.from({ length: 40 }, (_, index) => ({
      start: addDays(start, index * 28),
      length: 28,
      isCounted: true,
    }))
    const chart = cycleLengthChart({ cycles }, { words, width: 360 })
    expect(chart.summary).toContain('The drawing shows the last 17; all are in the table.')
    expect(chart.tables[0]!.rows).toHaveLength(40)
  })

  test('of nobody says so', () => {
    expect(cycleLengthChart({ cycles: [] }, { words }).summary).toBe('No cycle is complete yet.')
  })
})

describe('symptoms by phase in words', () => {
  test('has each count with its days and share', () => {
    const { tables, summary } = symptomPhaseChart(sampleSymptoms, { words })
    expect(tables[0]!.columns).toEqual(['Symptom', 'Period', 'Before ovulation', 'After ovulation'])
    expect(tables[0]!.rows[0]).toEqual(['Cramps', '36/48 (75%)', '3/71 (4%)', '11/118 (9%)'])
    expect(summary).toBe(
      'Most often: Cramps in Period, on 36 of 48 days. ' +
        'Period: 48 days; Before ovulation: 71 days; After ovulation: 118 days.',
    )
  })
})

describe('the year in words', () => {
  const { tables, summary } = yearChart(sampleYear, { words })

  test('has each month with its days, runs joined', () => {
    expect(tables[0]!.rows[1]).toEqual([
      'Feb',
      'spotting 24; light 20, 23; medium 22; heavy 21',
      'none',
      'none',
      'none',
    ])
    expect(tables[0]!.rows[2]).toEqual([
      'Mar',
      'light 22; medium 20; heavy 21',
      'none',
      '1–3',
      '30–31',
    ])
    expect(tables[0]!.rows[3]![2]).toBe('17–19')
  })

  test('is summed up', () => {
    expect(summary).toBe(
      'Bleeding in 2026 on 8 days, heavy on 2. Predicted bleeding: 3 days. ' +
        'Fertile days, noted or predicted: 5.',
    )
  })

  test('leap days have a place, and other years none', () => {
    const days = [
      { date: day('2024-02-29'), bleeding: 3 },
      { date: day('2023-12-31'), bleeding: 3 },
      { date: day('2025-01-01'), bleeding: 3 },
    ]
    expect(yearChart({ year: 2024, days }, { words }).tables[0]!.rows[1]![1]).toBe('heavy 29')
    expect(yearChart({ year: 2024, days }, { words }).summary).toContain('on 1 day, heavy on 1')
  })

  test.each([0, 10_000, 2026.5, Number.NaN])('the year %d is refused', (year) => {
    expect(() => yearChart({ year, days: [] }, { words })).toThrow(TypeError)
  })
})
