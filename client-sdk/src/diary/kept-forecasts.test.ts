import { expect, test } from 'vitest'
import { civilDate, type CivilDate, type Cycle } from '../calendar/index.ts'
import { forecastOn } from './forecast-on.ts'
import { keepForecasts } from './kept-forecasts.ts'

const date = (text: string): CivilDate => civilDate(text)!
const cycles: Cycle[] = [
  { start: date('2026-03-29'), length: 28, bleedingDays: 4 },
  { start: date('2026-04-26'), length: 28, bleedingDays: 4 },
  { start: date('2026-05-24'), bleedingDays: 4 },
]
const known = { history: { cycles, proposals: [] }, ovulations: [] }
const about = { profile: {}, episodes: [] }
const [start, today, tomorrow] = [date('2026-05-24'), date('2026-05-28'), date('2026-05-29')]

test('the forecasts of two days are kept side by side while the facts are equal', () => {
  const kept = keepForecasts()
  const first = [kept.on(today, known, about), kept.on(start, known, about)]
  const again = structuredClone({ known, about })
  expect(kept.on(today, again.known, again.about)).toBe(first[0])
  expect(kept.on(start, again.known, again.about)).toBe(first[1])
  expect(first).toEqual([today, start].map((on) => forecastOn(on, known, about)))
})

test('a day that has passed makes room for the next', () => {
  const kept = keepForecasts()
  const [past, atStart] = [kept.on(today, known, about), kept.on(start, known, about)]
  kept.on(tomorrow, known, about)
  expect(kept.on(start, known, about)).toBe(atStart)
  expect(kept.on(today, known, about)).not.toBe(past)
})

test.each([
  ['a cycle', { ...known, history: { cycles: cycles.slice(1), proposals: [] } }, about],
  ['an ovulation', { ...known, ovulations: [{ cycleStart: start, date: today }] }, about],
  ['what she says of herself', known, { ...about, profile: { regularity: 'irregular' } }],
  ['a declared time', known, { ...about, episodes: [perimenopause()] }],
] as const)('is worked out again with %s', (_, known2, about2) => {
  const kept = keepForecasts()
  const before = kept.on(today, known, about)
  const after = kept.on(today, known2, about2)
  expect(after).toEqual(forecastOn(today, known2, about2))
  expect(after).not.toEqual(before)
})

function perimenopause() {
  return { id: 'p', kind: 'perimenopause', from: date('2025-01-01') } as const
}
