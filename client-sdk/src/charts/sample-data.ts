/** One of each chart's data, for tests: a full cycle, a year of cycles, some symptoms. */
import { addDays, civilDate, type CivilDate } from '../calendar/civil-date.ts'
import type { CycleLengthData } from './cycle-length-data.ts'
import type { SymptomPhaseData } from './symptom-phase-chart.ts'
import type { TemperatureChartData } from './temperature-data.ts'
import type { YearData } from './year-data.ts'

export const start = civilDate('2026-02-20')!
const on = (day: number): CivilDate => addDays(start, day - 1)

const celsius = [
  36.4, 36.45, 36.35, 36.3, 36.4, 38.2, 36.3, 36.35, 36.25, 36.35, 36.4, 36.3, 36.35, 36.3, 36.6,
  36.65, 36.7, 36.7, 36.75,
]

/** Rises on day 15; day 6 was a fever and is left out; the month changes on day 10. */
export const sampleCycle: TemperatureChartData = {
  start,
  length: 28,
  readings: celsius.map((value, index) => ({
    date: on(index + 1),
    celsius: value,
    ...(index === 5 && { isLeftOut: true }),
  })),
  coverLine: 36.4,
  shift: { base: [9, 10, 11, 12, 13, 14].map(on), high: [15, 16, 17].map(on) },
  bleeding: [1, 3, 2, 1, 0].map((level, index) => ({ date: on(index + 1), level })),
  mucus: [0, 1, 2, 3, 4, 4, 1].map((quality, index) => ({
    date: on(index + 8),
    quality,
    ...(index === 5 && { isPeak: true }),
  })),
  cervix: [
    { date: on(10), opening: 0, firmness: 0, position: 0 },
    { date: on(13), opening: 2, firmness: 1, position: 2 },
  ],
  ovulationTests: [0, 1, 2].map((result, index) => ({ date: on(index + 11), result })),
  fertile: { from: on(9), to: on(16), isPredicted: false },
}

const lengths = [28, 32, 29, 27, 28, 26, 33, 61, 28, 29]

const starts = lengths.map((_, index) =>
  addDays(start, -lengths.slice(index).reduce((sum, length) => sum + length, 0)),
)

/** Ten cycles, one of which does not count. */
export const sampleLengths: CycleLengthData = {
  cycles: lengths.map((length, index) => ({
    start: starts[index]!,
    length,
    isCounted: length < 60,
  })),
  next: {
    start,
    likelihood: [0.02, 0.08, 0.2, 0.3, 0.22, 0.12, 0.06].map((probability, index) => ({
      length: 26 + index,
      probability,
    })),
    p10: 27,
    p50: 29,
    p90: 31,
  },
}

export const sampleSymptoms: SymptomPhaseData = {
  phases: [
    { name: 'Period', days: 48 },
    { name: 'Before ovulation', days: 71 },
    { name: 'After ovulation', days: 118 },
  ],
  symptoms: [
    { name: 'Cramps', counts: [36, 3, 11] },
    { name: 'Headache & <"nausea">', counts: [12, 9, 31] },
    { name: 'Tender breasts', counts: [2, 0, 70] },
  ],
}

/** Bleeding in February and March, the rest predicted. */
export const sampleYear: YearData = {
  year: 2026,
  days: [
    ...[1, 3, 2, 1, 0].map((bleeding, index) => ({ date: on(index + 1), bleeding })),
    ...[2, 3, 1].map((bleeding, index) => ({ date: on(index + 29), bleeding })),
    ...[57, 58, 59].map((day) => ({ date: on(day), isBleedingPredicted: true })),
    ...[10, 11, 12].map((day) => ({ date: on(day), fertile: 'observed' as const })),
    ...[39, 40].map((day) => ({ date: on(day), fertile: 'predicted' as const })),
  ],
}
