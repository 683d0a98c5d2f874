import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, type CivilDate } from '../civil-date.ts'
import type { UpcomingPeriod } from './due.ts'
import { isQuiet } from './quiet-hours.ts'
import { reminders, type Reminder, type ReminderInput } from './reminders.ts'
import { isExactReminder, reminderKinds, type ReminderRule } from './rule.ts'

const on = (text: string): CivilDate => civilDate(text)!
const utc = (text: string): number => Date.parse(`${text}Z`)
const minutes = (count: number): number => count * 60_000

type Loose = { [K in ReminderRule['kind']]: Omit<Extract<ReminderRule, { kind: K }>, 'id' | 'on'> }
const rule = <K extends ReminderRule['kind']>(given: Loose[K]): ReminderRule =>
  ({ id: given.kind, on: true, ...given }) as ReminderRule

interface Asked {
  readonly rules: readonly ReminderRule[]
  readonly now: string
  readonly zone?: string
}

const ask = ({ rules, now, zone = 'UTC' }: Asked, rest: Partial<ReminderInput> = {}): Reminder[] =>
  reminders({ settings: { rules }, now: utc(now), zone, ...rest })

/** Local date and time of each. */
const wall = (found: readonly Reminder[]): string[] =>
  found.map(({ localDate, localTime }) => `${localDate} ${localTime}`)

const period = (p50: string, p90: string, fertileFrom?: string): UpcomingPeriod => ({
  p50: on(p50),
  p90: on(p90),
  ...(fertileFrom && { fertileFrom: on(fertileFrom) }),
})

describe('period due', () => {
  const rules = [rule<'period-due'>({ kind: 'period-due', daysBefore: 2, time: '09:00' })]
  const upcoming = [period('2026-03-01', '2026-03-05'), period('2026-03-29', '2026-04-03')]

  test('comes so many days before the likely first day, over a month’s end', () => {
    const [found] = ask({ rules, now: '2026-02-20T10:00' }, { upcoming })
    expect(found).toEqual({
      id: 'period-due',
      kind: 'period-due',
      at: utc('2026-02-27T09:00'),
      localDate: '2026-02-27',
      localTime: '09:00',
      because: { code: 'period-expected', date: '2026-02-27', expected: '2026-03-01' },
    })
  })

  test('comes at the very instant, and later is about the next period', () => {
    const at = (now: string) => wall(ask({ rules, now }, { upcoming }))
    expect(at('2026-02-27T09:00')).toEqual(['2026-02-27 09:00'])
    expect(at('2026-02-27T09:00:00.001')).toEqual(['2026-03-27 09:00'])
    expect(at('2026-03-27T09:01')).toEqual([])
  })

  test('not without a forecast, nor beyond the horizon', () => {
    expect(ask({ rules, now: '2026-02-20T10:00' })).toEqual([])
    const horizon = (horizonDays: number) =>
      ask({ rules, now: '2026-02-20T09:00' }, { upcoming, horizonDays }).length
    expect([horizon(6), horizon(7)]).toEqual([0, 1])
  })
})

describe('period late', () => {
  const rules = [rule<'period-late'>({ kind: 'period-late', time: '18:00' })]
  const upcoming = [period('2026-02-24', '2026-02-28'), period('2026-03-24', '2026-03-28')]

  test('comes once, on the day after, and never about the period after the next', () => {
    const at = (now: string) => ask({ rules, now }, { upcoming, perRule: 9 })
    expect(wall(at('2026-02-20T00:00'))).toEqual(['2026-03-01 18:00'])
    expect(at('2026-02-20T00:00')[0]!.because).toEqual({
      code: 'period-overdue',
      date: '2026-03-01',
      expectedBy: '2026-02-28',
    })
    expect(at('2026-03-01T18:01')).toEqual([])
    expect(at('2026-03-20T18:01')).toEqual([])
  })
})

describe('fertile window', () => {
  const upcoming = [
    period('2026-03-01', '2026-03-05', '2026-02-10'),
    period('2026-03-29', '2026-04-03', '2026-03-10'),
  ]
  const fertile = rule<'fertile-window'>({ kind: 'fertile-window', time: '07:30' })

  test('comes on its first day, if she turned it on', () => {
    const asked = { now: '2026-02-11T00:00' }
    expect(wall(ask({ rules: [fertile], ...asked }, { upcoming }))).toEqual(['2026-03-10 07:30'])
    expect(ask({ rules: [{ ...fertile, on: false }], ...asked }, { upcoming })).toEqual([])
    expect(ask({ rules: [], ...asked }, { upcoming })).toEqual([])
  })
})

describe('pills, rings and patches', () => {
  const from = on('2026-02-01')
  /** Days after the start on which it comes within eight weeks, and what is said. */
  function daysOf(given: ReminderRule): [number, string][] {
    const found = ask({ rules: [given], now: '2026-02-01T00:00' }, { perRule: 60, horizonDays: 56 })
    return found.map(({ localDate, because }) => [
      Math.round((utc(localDate) - utc(from)) / 86_400_000),
      'packDay' in because ? `${because.packDay}` : because.code,
    ])
  }
  const pill = (pack: 'daily' | '21-7' | '24-4') =>
    daysOf(rule<'pill'>({ kind: 'pill', pack, from, time: '20:00' }))
  const pack = (active: number, first: number): [number, string][] =>
    Array.from({ length: active }, (_, i) => [first + i, `${i + 1}`])

  test('a pill on every day of the pack, and none in the break', () => {
    expect(pill('21-7')).toEqual([...pack(21, 0), ...pack(21, 28)])
    expect(pill('24-4')).toEqual([...pack(24, 0), ...pack(24, 28)])
    expect(pill('daily')).toEqual(Array.from({ length: 56 }, (_, i) => [i, 'pill-day']))
  })

  test('a ring three weeks in and one out; a patch for three weeks, changed twice', () => {
    expect(daysOf(rule<'ring'>({ kind: 'ring', from, time: '08:00' }))).toEqual([
      [0, 'ring-in'],
      [21, 'ring-out'],
      [28, 'ring-in'],
      [49, 'ring-out'],
    ])
    expect(daysOf(rule<'patch'>({ kind: 'patch', from, time: '08:00' }))).toEqual([
      [0, 'patch-on'],
      [7, 'patch-change'],
      [14, 'patch-change'],
      [21, 'patch-off'],
      [28, 'patch-on'],
      [35, 'patch-change'],
      [42, 'patch-change'],
      [49, 'patch-off'],
    ])
  })

  test('not before the first day, and by the same count years later', () => {
    const given = rule<'ring'>({ kind: 'ring', from, time: '08:00' })
    expect(wall(ask({ rules: [given], now: '2026-01-01T00:00' }))).toEqual(['2026-02-01 08:00'])
    const later = addDays(from, 28 * 100 + 20)
    expect(wall(ask({ rules: [given], now: `${later}T00:00` }))).toEqual([
      `${addDays(later, 1)} 08:00`,
    ])
  })
})

describe('check-ups and own reminders', () => {
  const checkUp = (everyMonths: number, from = '2026-01-31') =>
    rule<'check-up'>({ kind: 'check-up', from: on(from), everyMonths, time: '10:00' })

  test('the 31st is the last of shorter months and comes back after them', () => {
    const found = ask(
      { rules: [checkUp(1)], now: '2026-01-31T11:00' },
      { horizonDays: 160, perRule: 5 },
    )
    expect(found.map(({ localDate }) => localDate)).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ])
    const [leap] = ask({ rules: [checkUp(1, '2024-01-31')], now: '2024-02-01T00:00' })
    expect(leap!.localDate).toBe('2024-02-29')
    const [year] = ask({ rules: [checkUp(12, '2024-02-29')], now: '2025-01-15T00:00' })
    expect(year!.localDate).toBe('2025-02-28')
    const [fourth] = ask({ rules: [checkUp(12, '2024-02-29')], now: '2028-01-15T00:00' })
    expect(fourth!.localDate).toBe('2028-02-29')
  })

  test('every six months from long ago', () => {
    const [found] = ask({ rules: [checkUp(6, '2019-08-31')], now: '2026-02-01T00:00' })
    expect(found!.because).toEqual({ code: 'check-up-due', date: '2026-02-28' })
    const [next] = ask({ rules: [checkUp(6, '2019-08-31')], now: '2026-07-15T00:00' })
    expect(next!.localDate).toBe('2026-08-31')
  })

  const own = (repeat?: { every: number; unit: 'day' | 'week' | 'month' }) =>
    rule<'own'>({ kind: 'own', from: on('2026-02-26'), time: '12:00', ...(repeat && { repeat }) })
  const next = (given: ReminderRule, now: string) => wall(ask({ rules: [given], now }))

  test('once, or every so many days, weeks and months', () => {
    expect(next(own(), '2026-02-20T00:00')).toEqual(['2026-02-26 12:00'])
    expect(next(own(), '2026-02-26T12:01')).toEqual([])
    expect(next(own({ every: 3, unit: 'day' }), '2026-02-26T12:01')).toEqual(['2026-03-01 12:00'])
    expect(next(own({ every: 2, unit: 'week' }), '2026-02-26T12:01')).toEqual(['2026-03-12 12:00'])
    expect(next(own({ every: 1, unit: 'month' }), '2026-03-27T00:00')).toEqual(['2026-04-26 12:00'])
  })
})

describe('clock changes', () => {
  const daily = (time: string) => rule<'temperature'>({ kind: 'temperature', time })
  const days = (zone: string, time: string, now: string): Reminder[] =>
    ask({ rules: [daily(time)], now, zone }, { perRule: 3 })

  test('a time left out comes later, a time that comes twice comes once', () => {
    const spring = days('Europe/Berlin', '02:30', '2026-03-28T00:00')
    expect(wall(spring)).toEqual(['2026-03-28 02:30', '2026-03-29 03:30', '2026-03-30 02:30'])
    expect(spring.map(({ because }) => because.moved)).toEqual([
      undefined,
      'clock-change',
      undefined,
    ])
    const autumn = days('Europe/Berlin', '02:30', '2026-10-24T00:00')
    expect(wall(autumn)).toEqual(['2026-10-24 02:30', '2026-10-25 02:30', '2026-10-26 02:30'])
    expect(autumn.map(({ at }) => at)).toEqual(
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'].map(utc),
    )
    const between = days('Europe/Berlin', '02:30', '2026-10-25T00:45')
    expect(wall(between)[0]).toBe('2026-10-26 02:30')
  })

  test.each([
    ['America/New_York', '2026-03-08T00:00', ['2026-03-08 03:30', '2026-03-09 02:30']],
    ['Pacific/Apia', '2011-12-29T20:00', ['2011-12-31 02:30', '2012-01-01 02:30']],
    ['Asia/Kathmandu', '2026-03-08T00:00', ['2026-03-09 02:30', '2026-03-10 02:30']],
  ])('%s', (zone, now, expected) => {
    expect(wall(days(zone, '02:30', now)).slice(0, 2)).toEqual(expected)
  })

  test('half an hour at Lord Howe', () => {
    expect(wall(days('Australia/Lord_Howe', '02:10', '2026-10-03T10:00'))).toEqual([
      '2026-10-04 02:40',
      '2026-10-05 02:10',
      '2026-10-06 02:10',
    ])
    const autumn = days('Australia/Lord_Howe', '01:45', '2026-04-04T00:00')
    expect(autumn.map(({ at }) => at)).toEqual(
      ['2026-04-04T14:45', '2026-04-05T15:15', '2026-04-06T15:15'].map(utc),
    )
  })

  test('a day that was left out is not said twice on the next', () => {
    const pill = rule<'pill'>({ kind: 'pill', pack: '21-7', from: on('2011-12-20'), time: '08:00' })
    const asked = { rules: [pill], now: '2011-12-29T12:00', zone: 'Pacific/Apia' }
    const found = ask(asked, { perRule: 3 })
    expect(wall(found)).toEqual(['2011-12-29 08:00', '2011-12-31 08:00', '2012-01-01 08:00'])
    const once = rule<'own'>({ kind: 'own', from: on('2011-12-30'), time: '08:00' })
    expect(wall(ask({ ...asked, rules: [once] }))).toEqual(['2011-12-31 08:00'])
  })

  test('one who travels gets the same wall time there', () => {
    const asked = { rules: [daily('06:30')], now: '2026-05-05T12:00' }
    const berlin = ask({ ...asked, zone: 'Europe/Berlin' })[0]!
    const york = ask({ ...asked, zone: 'America/New_York' })[0]!
    const kathmandu = ask({ ...asked, zone: 'Asia/Kathmandu' })[0]!
    expect([berlin, york, kathmandu].map(({ localTime }) => localTime)).toEqual(
      Array.from({ length: 3 }, () => '06:30'),
    )
    expect(york.at - berlin.at).toBe(minutes(6 * 60))
    expect(berlin.at - kathmandu.at).toBe(minutes(3 * 60 + 45))
  })
})

describe('quiet hours', () => {
  const quietHours = { from: '22:00', to: '07:00' }
  const settings = (...rules: ReminderRule[]) => ({ settings: { rules, quietHours } })
  const own = (time: string, date = '2026-02-28') =>
    rule<'own'>({ kind: 'own', from: on(date), time })
  const asked = { rules: [], now: '2026-02-28T00:00' }

  test.each([
    ['21:59', '2026-02-28 21:59', undefined],
    ['22:00', '2026-03-01 07:00', 'quiet-hours'],
    ['06:59', '2026-02-28 07:00', 'quiet-hours'],
    ['07:00', '2026-02-28 07:00', undefined],
  ])('%s comes at %s', (time, expected, moved) => {
    const found = ask(asked, settings(own(time)))
    expect(wall(found)).toEqual([expected])
    expect(found[0]!.because.moved).toBe(moved)
    expect(found[0]!.because.date).toBe('2026-02-28')
  })

  test('what waits is still to come when its own time has passed', () => {
    const late = { ...asked, now: '2026-03-01T02:00' }
    expect(wall(ask(late, settings(own('23:30'))))).toEqual(['2026-03-01 07:00'])
    expect(ask({ ...asked, now: '2026-03-01T07:01' }, settings(own('23:30')))).toEqual([])
  })

  test('a pill and a waking temperature come nonetheless', () => {
    const pill = rule<'pill'>({
      kind: 'pill',
      pack: 'daily',
      from: on('2026-01-01'),
      time: '23:00',
    })
    const waking = rule<'temperature'>({ kind: 'temperature', time: '05:45' })
    expect(wall(ask(asked, settings(pill, waking)))).toEqual([
      '2026-02-28 05:45',
      '2026-02-28 23:00',
    ])
  })

  test('by day, and over an end that a clock change leaves out', () => {
    const byDay = {
      settings: { rules: [own('13:00')], quietHours: { from: '12:30', to: '14:00' } },
    }
    expect(wall(ask(asked, byDay))).toEqual(['2026-02-28 14:00'])
    const toGap = {
      settings: { rules: [own('01:00', '2026-03-29')], quietHours: { from: '23:00', to: '02:30' } },
    }
    expect(wall(ask({ ...asked, now: '2026-03-28T00:00', zone: 'Europe/Berlin' }, toGap))).toEqual([
      '2026-03-29 03:30',
    ])
    const nearlyAll = {
      settings: { rules: [own('01:00', '2026-03-29')], quietHours: { from: '03:00', to: '02:30' } },
    }
    expect(
      wall(ask({ ...asked, now: '2026-03-28T12:00', zone: 'Europe/Berlin' }, nearlyAll)),
    ).toEqual(['2026-03-30 02:30'])
  })
})

describe('misuse', () => {
  const good = { settings: { rules: [] }, now: 0, zone: 'UTC' }
  test.each([
    [{ ...good, zone: 'Nowhere' }],
    [{ ...good, now: Number.NaN }],
    [{ ...good, now: 0.5 }],
    [{ ...good, horizonDays: 0 }],
    [{ ...good, horizonDays: 801 }],
    [{ ...good, perRule: 65 }],
    [{ ...good, settings: { rules: [{}] } as never }],
  ])('%j is a TypeError', (input) => {
    expect(reminders(good)).toEqual([])
    expect(() => reminders(input)).toThrow(TypeError)
  })
})

describe('whatever is asked', () => {
  const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => {
    const [hours, rest] = [Math.floor(minute / 60), minute % 60]
    return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
  })
  const start = on('2011-11-01')
  const date = fc.integer({ min: 0, max: 400 }).map((days) => addDays(start, days))
  const anyRule = fc
    .record({
      kind: fc.constantFrom(...reminderKinds),
      time: clock,
      from: date,
      pack: fc.constantFrom('daily', '21-7', '24-4'),
      count: fc.integer({ min: 1, max: 14 }),
      unit: fc.constantFrom('day', 'week', 'month'),
      on: fc.boolean(),
    })
    .map(({ kind, time, from, pack, count, unit, on }): object => {
      const extra: Readonly<Record<ReminderRule['kind'], object>> = {
        'period-due': { daysBefore: count },
        'period-late': {},
        'fertile-window': {},
        pill: { pack, from },
        ring: { from },
        patch: { from },
        temperature: {},
        'check-up': { from, everyMonths: count },
        own: { from, repeat: { every: count, unit } },
      }
      return { kind, time, on, ...extra[kind] }
    })
  const anyInput = fc
    .record({
      rules: fc.array(anyRule, { maxLength: 6 }),
      quiet: fc.option(
        fc.tuple(clock, clock).filter(([a, b]) => a !== b),
        { nil: undefined },
      ),
      now: fc.integer({ min: utc('2011-12-01'), max: utc('2012-12-01') }),
      zone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Pacific/Apia',
        'Asia/Kathmandu',
      ),
      p50: date,
      perRule: fc.integer({ min: 1, max: 5 }),
      horizonDays: fc.integer({ min: 1, max: 90 }),
    })
    .map(({ rules, quiet, p50, ...rest }): ReminderInput => ({
      ...rest,
      settings: {
        rules: rules.map((one, i) => ({ ...one, id: `${i}` })) as ReminderRule[],
        ...(quiet && { quietHours: { from: quiet[0], to: quiet[1] } }),
      },
      upcoming: [{ p50, p90: addDays(p50, 4), fertileFrom: addDays(p50, -19) }],
    }))

  test('comes from now on, within the horizon, sorted, and never in quiet hours unless exact', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const found = reminders(input)
        const { now, horizonDays = 60, settings, perRule = 1 } = input
        expect(found.map(({ at }) => at)).toEqual(
          found.map(({ at }) => at).toSorted((a, b) => a - b),
        )
        for (const { at, id, kind, localTime } of found) {
          expect(at).toBeGreaterThanOrEqual(now)
          expect(at).toBeLessThanOrEqual(now + horizonDays * 86_400_000)
          if (settings.quietHours && !isExactReminder(kind))
            expect(isQuiet(localTime, settings.quietHours)).toBe(false)
          const same = found.filter((one) => one.id === id)
          expect(same.length).toBeLessThanOrEqual(perRule)
          expect(new Set(same.map((one) => one.at)).size).toBe(same.length)
          expect(settings.rules.find((one) => one.id === id)?.on).toBe(true)
        }
        expect(reminders(input)).toEqual(found)
      }),
    )
  })

  test('a rule comes next when all before it have passed: no occurrence is lost', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const ahead = reminders({ ...input, perRule: 5, horizonDays: 90 })
        for (const { id, at } of ahead) {
          const [again] = reminders({ ...input, now: at, perRule: 1, horizonDays: 1 }).filter(
            (one) => one.id === id,
          )
          expect(again?.at).toBe(at)
        }
      }),
      { numRuns: 40 },
    )
  })

  const isMonthly = (one: ReminderRule): boolean =>
    one.kind === 'check-up' || (one.kind === 'own' && one.repeat?.unit === 'month')

  test('dates that move by days move what comes, where no clock changes', () => {
    const byDays = fc.integer({ min: -900, max: 900 })
    fc.assert(
      fc.property(anyInput, byDays, (input, by) => {
        const rules = input.settings.rules.filter((one) => !isMonthly(one))
        const given = { ...input, zone: 'Asia/Kathmandu', settings: { ...input.settings, rules } }
        const move = (when: CivilDate): CivilDate => addDays(when, by)
        const moved = {
          ...given,
          now: given.now + by * 86_400_000,
          settings: {
            ...given.settings,
            rules: rules.map((one) => ('from' in one ? { ...one, from: move(one.from) } : one)),
          },
          upcoming: (given.upcoming ?? []).map(({ p50, p90, fertileFrom }) => ({
            p50: move(p50),
            p90: move(p90),
            fertileFrom: move(fertileFrom!),
          })),
        }
        expect(reminders(moved).map(({ at, localTime }) => [at, localTime])).toEqual(
          reminders(given).map(({ at, localTime }) => [at + by * 86_400_000, localTime]),
        )
      }),
    )
  })
})
