import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../civil-date.ts'
import type { EpisodeKind } from '../episode.ts'
import type { Insight, InsightInput, InsightKind } from './insight.ts'
import { insights } from './insights.ts'
import { sampleDiary } from './sample-diary.ts'

/** The one insight of a kind. */
function one<K extends InsightKind>(input: InsightInput, kind: K): Insight<K> {
  const found = insights(input).filter((insight) => insight.kind === kind)
  expect(found).toHaveLength(1)
  return found[0] as Insight<K>
}

const times = (length: number, count: number): number[] =>
  Array.from({ length: count }, () => length)
const steady = sampleDiary({ lengths: times(28, 8) })
const note = { 'note.value': 'x' } as const

/** With an episode over the whole diary, or some of its days. */
function during(input: InsightInput, kind: EpisodeKind, from = input.days[0]!.date): InsightInput {
  return { ...input, episodes: [{ kind, from }] }
}

describe('frequency: 24 to 38 days are normal', () => {
  test.each([
    [23, 'frequent', 'notice'],
    [24, 'normal', 'info'],
    [38, 'normal', 'info'],
    [39, 'infrequent', 'notice'],
  ] as const)('%i days: %s', (length, reason, severity) => {
    const found = one(sampleDiary({ lengths: times(length, 8) }), 'cycle-frequency')
    expect(found).toMatchObject({ reason, severity, notify: false })
    expect(found.evidence.median).toBe(length)
  })

  test('one odd cycle makes no frequency', () => {
    const found = one(sampleDiary({ lengths: [28, 28, 28, 28, 45, 28] }), 'cycle-frequency')
    expect(found.reason).toBe('normal')
    expect(found.evidence.cycles.map(({ length }) => length)).toContain(45)
  })

  test('a single cycle tells nothing yet, and no cycle neither', () => {
    expect(one(sampleDiary({ lengths: [28] }), 'cycle-frequency').reason).toBe('too-few-cycles')
    const nothing = one(sampleDiary({ lengths: [], running: 0 }), 'cycle-frequency')
    expect(nothing).toMatchObject({ reason: 'too-few-cycles', severity: 'info', notify: false })
    expect(nothing.evidence).toEqual({ cycles: [], periods: 0, leftOut: [] })
  })

  test('two cycles tell', () => {
    expect(one(sampleDiary({ lengths: [28, 28] }), 'cycle-frequency').reason).toBe('normal')
  })

  test('a cycle that began on the first of the 183 days is among them', () => {
    const at = (running: number) =>
      one(sampleDiary({ lengths: times(30, 6), running }), 'cycle-frequency').evidence
    expect([at(3).cycles.length, at(3).periods]).toEqual([6, 7])
    expect([at(4).cycles.length, at(4).periods]).toEqual([5, 6])
  })

  test('looks back 183 days and names the cycles that began in them', () => {
    const { period, evidence } = one(steady, 'cycle-frequency')
    expect(period.to).toBe(steady.today)
    expect(daysBetween(period.from, period.to)).toBe(182)
    expect(evidence.cycles).toHaveLength(6)
    expect(evidence.cycles.every(({ start }) => start >= period.from)).toBe(true)
    expect(evidence.periods).toBe(7)
  })
})

describe('absence: none in 90 days', () => {
  /** Bleeding ends on the fifth day; logged on every day, or while bleeding only. */
  const since = (days: number, keepsLogging: boolean): InsightInput =>
    sampleDiary({
      lengths: times(28, 6),
      running: 5 + days,
      values: () => (keepsLogging ? note : undefined),
    })

  test.each([
    [89, true, 'normal'],
    [90, true, 'absent'],
    [90, false, 'absent-or-not-logged'],
  ] as const)('%i days without, logging goes on %s: %s', (days, keepsLogging, reason) => {
    const found = one(since(days, keepsLogging), 'cycle-frequency')
    expect(found.reason).toBe(reason)
    expect(found.evidence.daysWithout).toBe(days)
  })

  test.each([
    [14, 'absent'],
    [15, 'absent-or-not-logged'],
  ])('%i days in a row without any log: %s', (silent, reason) => {
    const input = sampleDiary({
      lengths: times(28, 6),
      running: 100,
      values: (cycle, day) => (cycle === 6 && day > 40 && day <= 40 + silent ? undefined : note),
    })
    expect(one(input, 'cycle-frequency').reason).toBe(reason)
  })

  test('is to be expected in perimenopause, and counted all the same', () => {
    const found = one(during(since(95, true), 'perimenopause'), 'cycle-frequency')
    expect(found).toMatchObject({ reason: 'absent', severity: 'info', notify: false })
    expect(found.evidence.daysWithout).toBe(95)
  })

  test('is told of, without a message of its own', () => {
    expect(one(since(95, true), 'cycle-frequency')).toMatchObject({
      severity: 'notice',
      notify: false,
    })
  })

  test('counts from the end of a time in which no bleeding was to be expected', () => {
    const input = since(120, true)
    const from = addDays(input.today, -110)
    const ended = (days: number): InsightInput => ({
      ...input,
      episodes: [{ kind: 'breastfeeding', from, to: addDays(input.today, -days) }],
    })
    expect(one(ended(89), 'cycle-frequency').evidence.daysWithout).toBe(89)
    expect(one(ended(89), 'cycle-frequency').reason).not.toBe('absent')
    expect(one(ended(90), 'cycle-frequency').reason).toBe('absent')
  })
})

describe('one or two periods in six months notify', () => {
  /** Two periods began in the six months, or three; all days are logged. */
  const few = (lengths: number[], running: number): InsightInput =>
    sampleDiary({ lengths, running, values: () => note })

  test.each([
    [[60, 70, 70], 60, 2, true],
    [[70, 70, 60, 60], 50, 3, false],
    [[28, 28, 95], 95, 1, true],
    [[28, 28], 200, 0, false],
  ] as const)('cycles of %j days, day %i of the last: %i, %s', (lengths, day, periods, notify) => {
    const found = one(few([...lengths], day), 'cycle-frequency')
    expect(found.evidence.periods).toBe(periods)
    expect(found.notify).toBe(notify)
    if (notify) expect(['infrequent', 'absent']).toContain(found.reason)
  })

  test('the diary must reach back that far', () => {
    expect(one(few([60], 100), 'cycle-frequency').notify).toBe(false)
    expect(one(few([83], 100), 'cycle-frequency').notify).toBe(true)
    expect(one(few([82], 100), 'cycle-frequency').notify).toBe(false)
  })

  test('a cycle that she did not log through could hide one', () => {
    const input = (silent: number): InsightInput =>
      sampleDiary({
        lengths: [60, 70, 70],
        running: 60,
        values: (cycle, day) => (cycle === 3 && day > 20 && day <= 20 + silent ? undefined : note),
      })
    expect(one(input(14), 'cycle-frequency').notify).toBe(true)
    expect(one(input(15), 'cycle-frequency').notify).toBe(false)
  })

  test('a period that was likely not logged stands against it, unless she logged all through', () => {
    const probability = (input: InsightInput, probability: number): InsightInput => ({
      ...input,
      missedLogs: input.cycles.map(({ start }) => ({ start, probability })),
    })
    const silent = sampleDiary({ lengths: [60, 75, 90], running: 20 })
    expect(one(probability(silent, 0.9), 'cycle-frequency').notify).toBe(false)
    expect(one(probability(silent, 0.1), 'cycle-frequency').notify).toBe(true)
    const logged = sampleDiary({ lengths: [60, 75, 90], running: 20, values: () => note })
    expect(one(probability(logged, 0.9), 'cycle-frequency')).toMatchObject({
      reason: 'infrequent',
      notify: true,
    })
  })

  test('a cycle that she left out by her own mark stands against it', () => {
    const input = sampleDiary({
      lengths: [60, 75, 90],
      running: 20,
      values: (cycle, day) => (cycle === 2 && day === 30 ? { 'cycle.exclude': true } : note),
    })
    expect(one(input, 'cycle-frequency')).toMatchObject({ notify: false })
    expect(one(input, 'cycle-frequency').evidence.leftOut[0]?.why).toBe('marked')
  })

  test('a time without cycles within the six months explains it', () => {
    const input = few([60, 75, 90], 20)
    const to = addDays(input.today, -150)
    const from = addDays(to, -10)
    expect(one(input, 'cycle-frequency').notify).toBe(true)
    const explained = { ...input, episodes: [{ kind: 'breastfeeding', from, to }] } as const
    expect(one(explained, 'cycle-frequency').notify).toBe(false)
    const before = { from: addDays(from, -60), to: addDays(to, -60) }
    const past = { ...input, episodes: [{ kind: 'breastfeeding', ...before }] } as const
    expect(one(past, 'cycle-frequency').notify).toBe(true)
  })
})

describe('duration: up to 8 days is normal, 10 days in two periods notify', () => {
  test.each([
    [[8, 8, 8], 'normal', false],
    [[5, 9, 5], 'prolonged', false],
    [[9, 10, 9], 'prolonged', false],
    [[10, 9, 10], 'prolonged', true],
    [[11, 12, 13], 'prolonged', true],
  ] as const)('periods of %j days: %s, %s', (bleeding, reason, notify) => {
    const input = sampleDiary({ lengths: [30, 30], bleeding: (i) => bleeding[i]!, running: 29 })
    const found = one(input, 'period-duration')
    expect(found).toMatchObject({ reason, notify })
    expect(found.severity).toBe(reason === 'normal' ? 'info' : 'notice')
    expect(found.evidence.periods.map(({ days }) => days)).toEqual(bleeding)
  })

  test('a period of seven months ago is past', () => {
    const bleeding = (cycle: number): number => (cycle < 2 ? 12 : 5)
    expect(one(sampleDiary({ lengths: times(28, 9), bleeding }), 'period-duration').reason).toBe(
      'normal',
    )
  })
})

describe('regularity by age', () => {
  const ranging = (range: number): InsightInput =>
    sampleDiary({ lengths: [28, 28 + range, 28, 28] })

  test.each([
    [17, 9, 'other'],
    [18, 9, '18-25'],
    [25, 9, '18-25'],
    [26, 7, '26-41'],
    [41, 7, '26-41'],
    [42, 9, '42-45'],
    [45, 9, '42-45'],
    [46, 9, 'other'],
    [undefined, 9, 'other'],
  ] as const)('at %s years up to %i days', (age, limit, ageGroup) => {
    const at = (range: number) =>
      one({ ...ranging(range), ...(age !== undefined && { age }) }, 'cycle-regularity')
    expect(at(limit)).toMatchObject({ reason: 'regular', severity: 'info', notify: false })
    expect(at(limit + 1)).toMatchObject({ reason: 'irregular', severity: 'notice', notify: false })
    expect(at(limit).evidence).toMatchObject({ limit, ageGroup, shortest: 28 })
  })

  test('17 days notify, 16 do not', () => {
    expect(one(ranging(16), 'cycle-regularity').notify).toBe(false)
    expect(one(ranging(17), 'cycle-regularity').notify).toBe(true)
  })

  test('two cycles are too few', () => {
    expect(one(sampleDiary({ lengths: [24, 50] }), 'cycle-regularity')).toMatchObject({
      reason: 'too-few-cycles',
      notify: false,
    })
  })

  test('a cycle in which a period was likely missed does not count, one that is just possible does', () => {
    const input = ranging(20)
    const { start } = input.cycles[1]!
    const given = (probability: number) =>
      one({ ...input, missedLogs: [{ start, probability }] }, 'cycle-regularity')
    expect(given(0.5).reason).toBe('irregular')
    expect(given(0.501)).toMatchObject({ reason: 'regular', notify: false })
    expect(given(0.501).evidence.leftOut).toEqual([{ start, why: 'possible-missed-log' }])
  })

  test('a marked cycle does not count', () => {
    const input = sampleDiary({
      lengths: [28, 50, 28, 28],
      values: (cycle, day) => (cycle === 1 && day === 9 ? { 'cycle.exclude': true } : undefined),
    })
    expect(one(input, 'cycle-regularity').reason).toBe('regular')
  })
})

describe('heaviness is her word', () => {
  const said = (value: boolean | undefined, bleedingDay: number): InsightInput =>
    sampleDiary({
      lengths: times(28, 5),
      values: (cycle, day) =>
        cycle === 3 && day === bleedingDay && value !== undefined
          ? { 'bleeding.interferes': value }
          : undefined,
    })

  test('interferes: heavy; does not: normal; not said: not said', () => {
    expect(one(said(true, 1), 'flow-heaviness')).toMatchObject({
      reason: 'heavy',
      severity: 'notice',
      notify: false,
    })
    expect(one(said(false, 1), 'flow-heaviness')).toMatchObject({
      reason: 'normal',
      severity: 'info',
    })
    expect(one(said(undefined, 1), 'flow-heaviness').reason).toBe('not-said')
  })

  test('names the days', () => {
    const input = said(true, 2)
    const { start } = input.cycles[3]!
    expect(one(input, 'flow-heaviness').evidence.heavy).toEqual([
      { start, days: [addDays(start, 2)] },
    ])
  })
})

describe('bleeding between periods', () => {
  /** Spotting on given days of given cycles, counted from 0; periods last 5 days, cycles 28. */
  const spotting = (on: Readonly<Record<number, readonly number[]>>): InsightInput =>
    sampleDiary({
      lengths: times(28, 5),
      running: 20,
      values: (cycle, day) => (on[cycle]?.includes(day) ? { 'bleeding.value': 0 } : undefined),
    })

  test('in one cycle it is present, in two it notifies', () => {
    expect(one(spotting({}), 'intermenstrual-bleeding')).toMatchObject({
      reason: 'none',
      severity: 'info',
      notify: false,
    })
    const once = one(spotting({ 2: [13, 14, 18] }), 'intermenstrual-bleeding')
    expect(once).toMatchObject({ reason: 'present', severity: 'notice', notify: false })
    expect(once.evidence.seen[0]?.days).toHaveLength(3)
    expect(one(spotting({ 2: [13], 4: [20] }), 'intermenstrual-bleeding').notify).toBe(true)
  })

  test('what trails from a period or leads up to one belongs to it, for three days', () => {
    const near = spotting({ 1: [5, 6, 7], 2: [6, 25, 27], 3: [25, 26, 27], 5: [19] })
    expect(one(near, 'intermenstrual-bleeding').reason).toBe('none')
    const far = one(spotting({ 1: [5, 6, 7, 8], 2: [24, 25, 26, 27] }), 'intermenstrual-bleeding')
    expect(far.evidence.seen.map(({ days }) => days.length)).toEqual([1, 1])
    expect(one(spotting({ 1: [7], 2: [25] }), 'intermenstrual-bleeding').notify).toBe(true)
  })

  test('a cycle of nothing but spotting is seen', () => {
    const all = Array.from({ length: 23 }, (_, i) => i + 5)
    const { evidence } = one(spotting({ 2: all, 3: all }), 'intermenstrual-bleeding')
    expect(evidence.seen.map(({ days }) => days.length)).toEqual([17, 17])
  })

  test('what she excluded is not seen', () => {
    const input = sampleDiary({
      lengths: times(28, 5),
      values: (_, day) =>
        day === 14 ? { 'bleeding.value': 0, 'bleeding.exclude': true } : undefined,
    })
    expect(one(input, 'intermenstrual-bleeding').reason).toBe('none')
  })
})

describe('declared times', () => {
  const wild = sampleDiary({ lengths: [20, 45, 22, 60], bleeding: () => 11, running: 15 })

  test.each(['pregnancy', 'breastfeeding', 'hormonal-contraception'] as const)(
    '%s: nothing is classified and nothing notifies',
    (kind) => {
      const input = during(wild, kind, addDays(wild.today, -3))
      const found = insights(input).slice(0, 5)
      expect(found.map(({ reason }) => reason)).toEqual(times(0, 5).map(() => 'episode'))
      expect(found.some(({ notify, severity }) => notify || severity === 'notice')).toBe(false)
      expect(one(input, 'cycle-frequency').evidence.episode).toBe(kind)
    },
  )

  test('perimenopause: irregularity is expected, and said so; long bleeding is still told', () => {
    const input = during(wild, 'perimenopause')
    expect(one(wild, 'cycle-regularity')).toMatchObject({ reason: 'irregular', notify: true })
    expect(one(input, 'cycle-regularity')).toMatchObject({
      reason: 'irregular-expected',
      severity: 'info',
      notify: false,
    })
    expect(one(input, 'cycle-frequency').severity).toBe('info')
    expect(one(input, 'period-duration')).toMatchObject({ reason: 'prolonged', notify: true })
  })

  test.each(['pregnancy', 'perimenopause'] as const)(
    '%s that is over before the six months changes nothing',
    (kind) => {
      const input = sampleDiary({ lengths: [...times(28, 12), 50, 28] })
      const { date: from } = input.days[0]!
      const episodes = [{ kind, from, to: addDays(from, 60) }]
      expect(insights({ ...input, episodes }).slice(0, 5)).toEqual(insights(input).slice(0, 5))
    },
  )
})

describe('a period that was likely not logged', () => {
  test('is asked about once for each such cycle of the six months', () => {
    const input = sampleDiary({ lengths: [28, 57, 28, 28] })
    const missedLogs = input.cycles.map(({ start }, i) => ({
      start,
      probability: i === 1 ? 0.8 : 0,
    }))
    expect(one({ ...input, missedLogs }, 'possible-missed-log')).toMatchObject({
      severity: 'notice',
      notify: false,
      evidence: { start: input.cycles[1]!.start, length: 57, probability: 0.8 },
    })
    const { period } = one({ ...input, missedLogs }, 'possible-missed-log')
    const [, second, third] = input.cycles
    expect(period).toEqual({ from: second!.start, to: addDays(third!.start, -1) })
    const earlier = sampleDiary({ lengths: [57, ...times(28, 7)] })
    const old = [{ start: earlier.cycles[0]!.start, probability: 0.8 }]
    const kinds = insights({ ...earlier, missedLogs: old }).map(({ kind }) => kind)
    expect(kinds).not.toContain('possible-missed-log')
  })
})
