import { describe, expect, test } from 'vitest'
import { figure, table } from './report.ts'

describe('figure', () => {
  test('compares with another and judges the ratio', () => {
    const made = figure({
      name: 'MAE',
      value: 4,
      unit: 'days',
      against: 5,
      bar: { of: 'ratio', most: 0.8 },
    })
    expect(made).toEqual({
      name: 'MAE',
      value: 4,
      unit: 'days',
      against: 5,
      ratio: 0.8,
      bar: 'ratio ≤ 0.8',
      ok: true,
    })
  })

  test.each([
    [0.77, false],
    [0.78, true],
    [0.88, true],
    [0.89, false],
  ])('judges %f by a bar with two ends: %s', (value, ok) => {
    const bar = { of: 'value', least: 0.78, most: 0.88 } as const
    const made = figure({ name: 'coverage', value, unit: 'share', bar })
    expect([made.ok, made.bar]).toEqual([ok, 'value ≥ 0.78 ≤ 0.88'])
  })

  test('leaves what does not apply empty', () => {
    const { against, ratio, bar, ok } = figure({ name: 'bytes', value: 1, unit: 'bytes' })
    expect([against, ratio, bar, ok]).toEqual([null, null, null, null])
  })
})

test('a table aligns, and says what is missing', () => {
  expect(
    table(
      ['', 'MAE'],
      [
        ['ours', 5.25],
        ['another', undefined],
      ],
    ),
  ).toBe(['           MAE', 'ours     5.250', 'another      –', ''].join('\n'))
})
