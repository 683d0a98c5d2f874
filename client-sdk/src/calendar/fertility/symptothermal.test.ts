import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDate, daysBetween, type CivilDate } from '../civil-date.ts'
import type { DayValues } from '../field.ts'
import type { LoggedDay } from '../logged-day.ts'
import { cervixQuality, mucusQuality } from './signs.ts'
import { fertilityOn, symptothermal, type SymptothermalInput } from './symptothermal.ts'

const start = civilDate('2026-03-01')!

interface Row {
  readonly t?: number | undefined
  readonly m?: number | undefined
  readonly c?: number | undefined
}

const valuesOf = ({ t, m, c }: Row): DayValues => ({
  ...(t !== undefined && { 'temperature.value': t }),
  ...(m !== undefined && { 'mucus.value': m }),
  ...(c !== undefined && { 'cervix.opening': c, 'cervix.firmness': c }),
})

const chart = (rows: readonly Row[], first = start): LoggedDay[] =>
  rows.map((row, i) => ({ date: addDays(first, i), values: valuesOf(row) }))

const evaluate = (rows: readonly Row[], more: Partial<SymptothermalInput> = {}) =>
  symptothermal({
    start,
    end: addDays(start, rows.length - 1),
    days: chart(rows),
    previous: [{ firstHigherDay: 15 }],
    ...more,
  })

/** A cycle of 28 days whose shift is complete on day 18 and whose mucus peaks on the given day. */
const plain = (peakDay: number): Row[] =>
  Array.from({ length: 28 }, (_, i) => ({
    t: i < 15 ? 36.4 : 36.7,
    m: i + 1 < 9 || i + 1 > peakDay ? 1 : i + 1 === peakDay ? 4 : 2,
    c: i + 1 < 9 || i + 1 > peakDay ? 0 : 1,
  }))

const date = (cycleDay: number): CivilDate => addDays(start, cycleDay - 1)
const statuses = (evaluation: ReturnType<typeof symptothermal>) =>
  evaluation.phases.map(({ status, from, to }) => [
    status,
    daysBetween(evaluation.start, from) + 1,
    daysBetween(evaluation.start, to) + 1,
  ])

describe('reading the signs', () => {
  test.each([
    [{ 'mucus.feeling': 0 }, 0],
    [{ 'mucus.feeling': 1 }, 1],
    [{ 'mucus.feeling': 2 }, 2],
    [{ 'mucus.feeling': 3 }, 4],
    [{ 'mucus.texture': 0 }, 0],
    [{ 'mucus.texture': 1 }, 3],
    [{ 'mucus.texture': 2 }, 4],
    [{ 'mucus.feeling': 2, 'mucus.texture': 1 }, 3],
    [{ 'mucus.feeling': 3, 'mucus.texture': 1 }, 4],
    [{ 'mucus.feeling': 1, 'mucus.texture': 0 }, 1],
    [{ 'mucus.value': 3 }, 3],
    [{ 'mucus.value': 4, 'mucus.feeling': 0 }, 0],
    [{ 'mucus.feeling': 3, 'mucus.exclude': true }, undefined],
    [{ 'mucus.value': 3, 'mucus.exclude': true }, undefined],
    [{}, undefined],
  ] as const)('mucus %o is of quality %s', (values, quality) => {
    expect(mucusQuality(values)).toBe(quality)
  })

  test.each([
    [{ 'cervix.opening': 0, 'cervix.firmness': 0 }, 0],
    [{ 'cervix.opening': 1, 'cervix.firmness': 0 }, 1],
    [{ 'cervix.opening': 0, 'cervix.firmness': 1 }, 1],
    [{ 'cervix.opening': 2 }, 1],
    [{ 'cervix.firmness': 1 }, 1],
    [{ 'cervix.opening': 0 }, undefined],
    [{ 'cervix.firmness': 0 }, undefined],
    [{ 'cervix.position': 2 }, undefined],
    [{ 'cervix.opening': 2, 'cervix.firmness': 1, 'cervix.exclude': true }, undefined],
  ] as const)('cervix %o is %s', (values, quality) => {
    expect(cervixQuality(values)).toBe(quality)
  })
})

describe('the double check', () => {
  test.each([
    [13, 18, 'temperature'],
    [15, 18, 'both'],
    [17, 20, 'mucus'],
  ] as const)('a mucus peak on day %i: infertile from day %i, by %s', (peak, day, laterSign) => {
    const evaluation = evaluate(plain(peak))
    expect(evaluation.after).toEqual({
      code: 'after/double-check',
      date: date(day),
      time: '18:00',
      laterSign,
    })
    expect(statuses(evaluation)).toEqual([
      ['infertile-before', 1, 5],
      ['fertile', 6, day],
      ['infertile-after', day + 1, 28],
    ])
    expect(evaluation.firstHigherDay).toBe(16)
  })

  test('needs both signs', () => {
    const noMucus = plain(15).map(({ t }) => ({ t }))
    const noTemperature = plain(15).map(({ m }) => ({ m }))
    for (const rows of [noMucus, noTemperature]) {
      const evaluation = evaluate(rows)
      expect(evaluation.after).toBeUndefined()
      expect(statuses(evaluation).at(-1)).toEqual(['fertile', expect.any(Number), 28])
    }
  })

  test('the cervix serves where the mucus was never fertile, or when she chooses it', () => {
    const dry = plain(15).map((row) => ({ ...row, m: 1 }))
    expect(evaluate(dry)).toMatchObject({ secondarySign: 'cervix', after: { date: date(18) } })
    const open = plain(15).map((row, i) => ({ ...row, m: i % 3 === 0 ? 4 : 1 }))
    expect(evaluate(open)).toMatchObject({ secondarySign: 'mucus' })
    expect(evaluate(open).after).toBeUndefined()
    expect(evaluate(open, { secondarySign: 'cervix' })).toMatchObject({ after: { date: date(18) } })
  })

  test('mucus that turns fertile after the cervix completed the check takes nothing back', () => {
    const late = plain(15).map((row, i) => ({ ...row, m: i === 20 ? 3 : 1 }))
    expect(evaluate(late)).toMatchObject({ secondarySign: 'cervix', after: { date: date(18) } })
  })

  test('mucus that comes back before the shift is complete delays it, later it does not', () => {
    const back = (cycleDay: number) =>
      plain(12).map((row, i) => (i + 1 === cycleDay ? { ...row, m: 4 } : row))
    expect(evaluate(back(17))).toMatchObject({
      after: { date: date(20), laterSign: 'mucus' },
      mucus: { moved: [{ date: date(12) }] },
    })
    expect(evaluate(back(18)).after).toMatchObject({ date: date(21) })
    expect(evaluate(back(19)).after).toMatchObject({ date: date(18), laterSign: 'temperature' })
  })

  test('a cycle that ends on the day of the completion has no infertile day after it', () => {
    const evaluation = evaluate(plain(15).slice(0, 18))
    expect(evaluation.after).toMatchObject({ date: date(18) })
    expect(statuses(evaluation).at(-1)).toEqual(['fertile', 6, 18])
  })
})

describe('the days', () => {
  test('a fertile day says which rule ended the days before, and what the signs show', () => {
    const evaluation = evaluate(plain(15).slice(0, 10))
    expect(fertilityOn(evaluation, date(8))).toEqual({
      notContraception: true,
      status: 'fertile',
      from: date(6),
      to: date(10),
      reasons: [
        { code: 'before/first-five-days', days: 5 },
        { code: 'temperature/no-shift' },
        expect.objectContaining({
          code: 'sign/open',
          peak: expect.objectContaining({ quality: 2 }),
        }),
      ],
    })
    expect(fertilityOn(evaluation, date(11))).toBeUndefined()
  })

  test('where nothing was observed the days are unknown, not infertile', () => {
    const rows = Array.from({ length: 20 }, () => ({}))
    expect(statuses(evaluate(rows))).toEqual([
      ['infertile-before', 1, 5],
      ['unknown', 6, 20],
    ])
    expect(statuses(evaluate(rows, { previous: [] }))).toEqual([['unknown', 1, 20]])
  })

  test('a gap in the temperatures is named, and the days stay fertile', () => {
    const rows = plain(15).map((row, i) => (i === 16 ? { ...row, t: undefined } : row))
    const last = fertilityOn(evaluate(rows), date(28))
    expect(last).toMatchObject({ status: 'fertile' })
    expect(last?.reasons).toContainEqual(
      expect.objectContaining({ code: 'temperature/day-missing', missing: date(17) }),
    )
  })

  test('days outside the cycle play no part, nor does the order of the days', () => {
    const before = chart(plain(15), addDays(start, -28))
    const after = chart(plain(15), addDays(start, 28))
    const evaluation = evaluate(plain(15))
    const days = [...after, ...chart(plain(15)).toReversed(), ...before]
    expect(evaluate(plain(15), { days })).toEqual(evaluation)
  })

  test('a cycle that ends before it starts is misuse', () => {
    expect(() => evaluate([], { end: addDays(start, -1) })).toThrow(TypeError)
  })

  test('the first and the last days of the calendar can be evaluated', () => {
    for (const first of ['0001-01-01', '9999-12-04'].map((text) => civilDate(text)!)) {
      const end = addDays(first, 27)
      const evaluation = symptothermal({
        start: first,
        end,
        days: chart(plain(15), first),
        previous: [],
      })
      expect(statuses(evaluation)).toEqual([
        ['fertile', 1, 18],
        ['infertile-after', 19, 28],
      ])
    }
  })
})

describe('laws', () => {
  const present = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 8 })
  const row = (low: number, high: number) =>
    fc.record({
      t: present(fc.integer({ min: low, max: high }).map((hundredths) => hundredths / 100)),
      m: present(fc.integer({ min: 0, max: 4 })),
      c: present(fc.integer({ min: 0, max: 1 })),
    })
  const rows = fc
    .tuple(
      fc.array(row(3635, 3655), { minLength: 1, maxLength: 20 }),
      fc.array(row(3650, 3690), { maxLength: 18 }),
    )
    .map(([low, high]) => [...low, ...high])
  const previous = fc.array(
    fc.oneof(
      fc.constant({}),
      fc.integer({ min: 7, max: 30 }).map((firstHigherDay) => ({ firstHigherDay })),
    ),
    { maxLength: 14 },
  )

  /** Every date in a value, however deep, as days from a date; `null` for what is none. */
  const relative = (value: unknown, from: CivilDate): unknown =>
    JSON.parse(
      JSON.stringify(value).replaceAll(/"(\d{4}-\d\d-\d\d)"/g, (_, text: string) =>
        String(daysBetween(from, civilDate(text)!)),
      ),
    )

  // Month ends, leap days, a year's end, a century that is no leap year, and the nights on which
  // clocks change in Europe and the Americas.
  const starts = [
    '2026-01-15',
    '2028-02-10',
    '2027-12-20',
    '2100-02-14',
    '2026-03-14',
    '2026-10-12',
  ]

  test.each(starts)('a chart that begins on %s is evaluated as on any other day', (text) => {
    const first = civilDate(text)!
    fc.assert(
      fc.property(rows, previous, (rows, previous) => {
        const moved = symptothermal({
          start: first,
          end: addDays(first, rows.length - 1),
          days: chart(rows, first),
          previous,
        })
        expect(relative(moved, first)).toEqual(relative(evaluate(rows, { previous }), start))
      }),
      { numRuns: 50 },
    )
  })

  test('what is excluded is as good as not logged', () => {
    const excluded = fc.record({ t: fc.boolean(), m: fc.boolean(), c: fc.boolean() })
    const marks = rows.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.array(excluded, { minLength: rows.length, maxLength: rows.length }),
      ),
    )
    fc.assert(
      fc.property(marks, ([rows, marks]) => {
        const days = chart(rows).map(({ date, values }, i) => ({
          date,
          values: {
            ...values,
            ...(marks[i]!.t && { 'temperature.exclude': true }),
            ...(marks[i]!.m && { 'mucus.exclude': true }),
            ...(marks[i]!.c && { 'cervix.exclude': true }),
          },
        }))
        const absent = rows.map(({ t, m, c }, i) => ({
          t: marks[i]!.t ? undefined : t,
          m: marks[i]!.m ? undefined : m,
          c: marks[i]!.c ? undefined : c,
        }))
        expect(evaluate(rows, { days })).toEqual(evaluate(absent))
      }),
    )
  })

  test('days after the completion change nothing that is complete', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const found = evaluate(before)
        const longer = evaluate([...before, ...after])
        if (found.temperature.code === 'temperature/shift')
          expect(longer.temperature).toEqual(found.temperature)
        if (found.after) expect(longer.after).toEqual(found.after)
      }),
    )
  })

  test('any days: the phases cover the cycle once, all dates lie in it, twice is the same', () => {
    fc.assert(
      fc.property(rows, previous, (rows, previous) => {
        const evaluation = evaluate(rows, { previous })
        expect(evaluate(rows, { previous })).toEqual(evaluation)
        let next = 1
        for (const [, from, to] of statuses(evaluation)) {
          expect(from).toBe(next)
          next = Number(to) + 1
        }
        expect(next).toBe(rows.length + 1)
        const dates = JSON.stringify(evaluation).match(/\d{4}-\d\d-\d\d/g) ?? []
        for (const one of dates) expect(start <= one && one <= evaluation.end).toBe(true)
        for (const one of [evaluation, ...evaluation.phases])
          expect(one.notContraception).toBe(true)
      }),
    )
  })

  test('a day is infertile after ovulation only when both signs were complete before it', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const { phases, temperature, mucus, cervix, secondarySign } = evaluate(rows)
        const after = phases.find(({ status }) => status === 'infertile-after')
        if (!after) return
        const sign = secondarySign === 'mucus' ? mucus : cervix
        expect(temperature.code).toBe('temperature/shift')
        expect(sign.code).toBe('sign/peak')
        if (temperature.code !== 'temperature/shift' || sign.code !== 'sign/peak') return
        expect(temperature.high.at(-1)!.date < after.from).toBe(true)
        expect(sign.lower.at(-1)!.date < after.from).toBe(true)
      }),
    )
  })
})
