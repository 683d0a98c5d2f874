import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import { seededRandom } from '../../testing/seeded-random.ts'
import type { Insight, InsightInput } from './insight.ts'
import { insights } from './insights.ts'
import { sampleDiary } from './sample-diary.ts'
import { symptomPhases } from './symptom-phases.ts'

/** Numbers in [0, 1) that a seed replays. */
function seededFractions(seed: number): () => number {
  const source = seededRandom(`${seed}`)
  return () => source.bytes(3).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 24
}

const patterns = (input: InsightInput): Insight<'symptom-pattern'>[] =>
  insights(input).filter((one): one is Insight<'symptom-pattern'> => one.kind === 'symptom-pattern')

const times = (length: number, count: number): number[] =>
  Array.from({ length: count }, () => length)
const note = { 'note.value': 'x' } as const
const daily = (day: number, from: number, to: number, values: DayValues): DayValues =>
  day >= from && day <= to ? values : note

const names = [
  'pain.cramps',
  'pain.headache',
  'pain.backache',
  'pain.nausea',
  'mood.sad',
  'mood.stressed',
  'mood.fatigue',
  'mood.happy',
] as const

describe('a pattern', () => {
  test('cramps in every period are seen, with their counts', () => {
    const input = sampleDiary({
      lengths: times(28, 5),
      values: (_, day) => daily(day, 0, 2, { 'pain.cramps': true }),
    })
    const found = patterns(input)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ reason: 'more-in-phase', severity: 'info', notify: false })
    expect(found[0]!.period).toEqual({
      from: input.cycles[0]!.start,
      to: addDays(input.cycles[5]!.start, -1),
    })
    expect(found[0]!.evidence).toMatchObject({
      symptom: { field: 'pain.cramps' },
      phase: 'menstrual',
      effect: 'mostly',
      inside: { days: 15, logged: 25 },
      outside: { days: 0, logged: 115 },
      cycles: 5,
      ofCycles: 5,
      observedOvulations: 0,
    })
    expect(found[0]!.evidence.ratio).toBeUndefined()
    expect(found[0]!.evidence.p).toBeCloseTo((3 / 28) ** 5, 12)
    expect(found[0]!.evidence.corrected).toBeCloseTo(5 * (3 / 28) ** 5, 12)
  })

  test('nothing under three cycles, however clear', () => {
    const cramps = (count: number): InsightInput =>
      sampleDiary({
        lengths: times(28, count),
        values: (_, day) => daily(day, 0, 4, { 'pain.cramps': true }),
      })
    expect(patterns(cramps(2))).toEqual([])
    expect(patterns(cramps(3))).toHaveLength(1)
  })

  test('her own words count as well, and the phase follows an observed ovulation', () => {
    const lengths = [27, 30, 33, 28, 35, 29]
    const input = sampleDiary({
      lengths,
      values: (cycle, day) =>
        daily(day, lengths[cycle]! - 19, lengths[cycle]! - 18, { 'symptom.tags': ['twinge'] }),
    })
    const ovulations = input.cycles.flatMap(({ start, length }) =>
      length ? [{ cycleStart: start, date: addDays(start, length - 18) }] : [],
    )
    expect(patterns(input)[0]!.evidence.phase).toBe('follicular')
    const [found] = patterns({ ...input, ovulations })
    expect(found!.evidence).toMatchObject({
      symptom: { field: 'symptom.tags', word: 'twinge' },
      phase: 'ovulatory',
      effect: 'mostly',
      observedOvulations: 6,
    })
  })

  test('is told from background by a ratio in words', () => {
    const random = seededFractions(5)
    const input = (inside: number, outside: number): InsightInput =>
      sampleDiary({
        lengths: times(28, 24),
        values: (_, day) => {
          const isThere = random() < (day >= 23 ? inside : outside)
          return isThere ? { 'mood.sad': true } : note
        },
      })
    const [far] = patterns(input(0.6, 0.1))
    expect(far!.evidence).toMatchObject({ phase: 'premenstrual', effect: 'far-more-often' })
    expect(far!.evidence.ratio).toBeGreaterThan(3)
    const [more] = patterns(input(0.5, 0.22))
    expect(more!.evidence).toMatchObject({ phase: 'premenstrual', effect: 'more-often' })
  })

  test('cycles that do not count make no pattern', () => {
    const input = sampleDiary({
      lengths: times(28, 4),
      values: (_, day) => daily(day, 0, 4, { 'pain.cramps': true }),
    })
    const missedLogs = input.cycles.slice(0, 2).map(({ start }) => ({ start, probability: 0.9 }))
    expect(patterns(input)).toHaveLength(1)
    expect(patterns({ ...input, missedLogs })).toEqual([])
  })
})

describe('what is no pattern', () => {
  test('one who logs only while she bleeds has all her symptoms then', () => {
    const input = sampleDiary({
      lengths: times(28, 12),
      values: (cycle, day) =>
        day < 5 && (cycle + day) % 2 === 0 ? { 'mood.sad': true } : undefined,
    })
    expect(patterns(input)).toEqual([])
  })

  test('one who logs only what hurts has all her symptoms outside her period', () => {
    const random = seededFractions(11)
    const input = sampleDiary({
      lengths: times(28, 12),
      values: () => (random() < 0.15 ? { 'pain.headache': true } : undefined),
    })
    expect(patterns(input)).toEqual([])
  })

  /** Symptoms that know nothing of cycles; once begun, they last for `lasting` days on average. */
  function blind(seed: number, lasting: number): InsightInput {
    const random = seededFractions(seed)
    const lengths = Array.from({ length: 3 + (seed % 12) }, () => 24 + Math.floor(random() * 12))
    const share = 0.05 + random() * 0.3
    const isOn = new Map<string, boolean>()
    return sampleDiary({
      lengths,
      values: () => {
        for (const name of names) {
          const isLeft = isOn.get(name) ? random() < 1 / lasting : false
          const stays = isOn.get(name) === true && !isLeft
          isOn.set(name, stays || random() < share / lasting)
        }
        const there = names.filter((name) => isOn.get(name))
        return random() < 0.2 ? undefined : Object.fromEntries(there.map((name) => [name, true]))
      },
    })
  }

  test.each([1, 4])(
    'symptoms at random, lasting %i days: nothing in at least 95 of 100 diaries',
    (lasting) => {
      const found = Array.from({ length: 200 }, (_, seed) => patterns(blind(seed, lasting)).length)
      expect(found.filter((count) => count > 0).length).toBeLessThanOrEqual(10)
    },
  )
})

describe('the table of symptoms by phase', () => {
  const input = sampleDiary({
    lengths: [28, 30],
    values: (_, day) =>
      day < 3
        ? { 'pain.cramps': true, 'mood.sad': day === 0 }
        : daily(day, 26, 26, { 'symptom.tags': ['acne', 'cravings'] }),
  })

  test('counts days, logged days and cycles', () => {
    const table = symptomPhases(input)
    expect(table).toMatchObject({ cycles: 2, observedOvulations: 0 })
    expect(table.period?.from).toBe(input.cycles[0]!.start)
    expect(table.rows.map(({ symptom, days }) => [symptom, days])).toEqual([
      [{ field: 'pain.cramps' }, 6],
      [{ field: 'mood.sad' }, 2],
      [{ field: 'symptom.tags', word: 'acne' }, 2],
      [{ field: 'symptom.tags', word: 'cravings' }, 2],
    ])
    const [menstrual, , , , premenstrual] = table.rows[0]!.phases
    expect(menstrual).toEqual({
      phase: 'menstrual',
      days: 6,
      logged: 10,
      cycles: 2,
      share: 0.6,
    })
    expect(premenstrual).toEqual({
      phase: 'premenstrual',
      days: 0,
      logged: 10,
      cycles: 0,
      share: 0,
    })
  })

  /** In which phase a symptom of one day, counted from 0, lies in a cycle of 28 days. */
  function phaseOn(day: number, lutealLengths: readonly number[] = []): string | undefined {
    const some = sampleDiary({
      lengths: times(28, 6),
      values: (cycle, on) => (cycle === 5 && on === day ? { 'pain.migraine': true } : note),
    })
    const ovulations = lutealLengths.map((luteal, i) => ({
      cycleStart: some.cycles[i]!.start,
      date: addDays(some.cycles[i]!.start, 27 - luteal),
    }))
    const [row] = symptomPhases({ ...some, ovulations }).rows
    return row!.phases.find(({ days }) => days === 1)?.phase
  }

  test('ovulation is reckoned 13 days before the end, or as usual for her once seen three times', () => {
    expect([12, 13, 15, 16, 22, 23].map((day) => phaseOn(day))).toEqual([
      'follicular',
      'ovulatory',
      'ovulatory',
      'luteal',
      'luteal',
      'premenstrual',
    ])
    expect([15, 16].map((day) => phaseOn(day, [11, 11]))).toEqual(['ovulatory', 'luteal'])
    expect([15, 16].map((day) => phaseOn(day, [11, 11, 10]))).toEqual(['ovulatory', 'ovulatory'])
  })

  test('an ovulation outside of its cycle, or on its last day, is none', () => {
    const some = sampleDiary({ lengths: times(28, 2) })
    const observed = (day: number): number => {
      const cycleStart = some.cycles[0]!.start
      const ovulations = [{ cycleStart, date: addDays(cycleStart, day - 1) }]
      return symptomPhases({ ...some, ovulations }).observedOvulations
    }
    expect([0, 1, 27, 28, 29].map(observed)).toEqual([0, 1, 1, 0, 0])
  })

  test('flags that are no pain or mood are no symptoms', () => {
    const some = sampleDiary({
      lengths: times(28, 2),
      values: () => ({ 'sex.partner': true, 'bleeding.cup': true, 'pain.strength': 2 }),
    })
    expect(symptomPhases(some).rows).toEqual([])
  })

  test('looks at the latest 24 cycles', () => {
    expect(symptomPhases(sampleDiary({ lengths: times(28, 26) })).cycles).toBe(24)
  })

  test('is empty without a cycle that is over', () => {
    const empty = { cycles: 0, observedOvulations: 0, rows: [] }
    expect(symptomPhases(sampleDiary({ lengths: [] }))).toEqual(empty)
  })

  test('its days add up, and no share is more than all', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.integer({ min: 20, max: 40 }), { minLength: 1, maxLength: 6 }),
        (seed, lengths) => {
          const random = seededFractions(seed)
          const some = sampleDiary({
            lengths,
            values: () =>
              Object.fromEntries(names.filter(() => random() < 0.2).map((name) => [name, true])),
          })
          for (const row of symptomPhases(some).rows) {
            expect(row.phases.reduce((sum, { days }) => sum + days, 0)).toBe(row.days)
            expect(
              row.phases.every(({ days, logged, share }) => days <= logged && share <= 1),
            ).toBe(true)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})
