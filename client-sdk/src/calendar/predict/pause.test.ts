import { describe, expect, test } from 'vitest'
import { civilDate, type CivilDate } from '../civil-date.ts'
import type { Episode, EpisodeKind } from '../episode.ts'
import { dueDate, isInterrupted, pausing } from './pause.ts'

const date = (text: string): CivilDate => civilDate(text)!
const episode = (kind: EpisodeKind, from: string, to?: string): Episode => ({
  kind,
  from: date(from),
  ...(to !== undefined && { to: date(to) }),
})
const cycles = (...starts: string[]) =>
  starts.map((start) => ({ start: date(start), bleedingDays: 5 }))

describe('pausing', () => {
  const today = date('2026-03-10')

  test.each(['pregnancy', 'breastfeeding', 'hormonal-contraception'] as const)(
    '%s does, from its first to its last day',
    (kind) => {
      expect(pausing([episode(kind, '2026-03-10', '2026-03-10')], today)?.kind).toBe(kind)
      expect(pausing([episode(kind, '2026-03-11')], today)).toBeUndefined()
      expect(pausing([episode(kind, '2026-01-01', '2026-03-09')], today)).toBeUndefined()
    },
  )

  test('perimenopause does not', () => {
    expect(pausing([episode('perimenopause', '2020-01-01')], today)).toBeUndefined()
  })

  test('of several the pregnancy is told, in whatever order they come', () => {
    const several = [
      episode('breastfeeding', '2025-01-01'),
      episode('hormonal-contraception', '2024-01-01'),
      episode('pregnancy', '2026-02-01'),
    ]
    for (const list of [several, several.toReversed()])
      expect(pausing(list, today)?.kind).toBe('pregnancy')
  })
})

describe('isInterrupted', () => {
  const start = date('2026-01-10')
  const today = date('2026-03-10')

  test.each([
    ['2026-01-01', '2026-01-10', true],
    ['2026-01-01', '2026-01-09', false],
    ['2026-02-01', '2026-02-03', true],
    ['2026-03-11', '2026-03-20', false],
  ])('by an episode from %s to %s: %s', (from, to, expected) => {
    const episodes = [episode('hormonal-contraception', from, to)]
    expect(isInterrupted(episodes, start, today)).toBe(expected)
    expect(isInterrupted([episode('perimenopause', from, to)], start, today)).toBe(false)
  })
})

describe('dueDate', () => {
  test.each([
    ['2026-01-01', '2026-10-08'],
    ['2023-06-10', '2024-03-16'],
    ['2024-02-29', '2024-12-05'],
  ])('is 280 days after a last start on %s: %s', (start, due) => {
    expect(dueDate(episode('pregnancy', start), cycles(start))).toBe(due)
  })

  test('goes by the last start that is not after its beginning', () => {
    const starts = cycles('2026-02-20', '2025-12-01', '2026-01-01')
    expect(dueDate(episode('pregnancy', '2026-02-10'), starts)).toBe('2026-10-08')
  })

  test('is not said without a start, or when it would be over before it began', () => {
    expect(dueDate(episode('pregnancy', '2026-02-10'), [])).toBeUndefined()
    expect(dueDate(episode('pregnancy', '2026-02-10'), cycles('2026-02-11'))).toBeUndefined()
    expect(dueDate(episode('pregnancy', '2026-02-10'), cycles('2025-01-01'))).toBeUndefined()
  })
})
