import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hatchLines } from './hatch.ts'
import { bleedingMark, fertileDot, predictedMark } from './marks.ts'
import { paintColor } from './paint.ts'
import type { Paint, Rect, Shape } from './scene.ts'
import { mucusSign, testSign } from './temperature-bands.ts'
import { scaleFor, yOf, type Frame, type Scale } from './temperature-frame.ts'
import { fitText, textWidth, wrapText } from './text-width.ts'
import { civilDate } from '../calendar/civil-date.ts'

describe('hatches', () => {
  const box = fc.record({
    x: fc.double({ min: -500, max: 500, noNaN: true }),
    y: fc.double({ min: -500, max: 500, noNaN: true }),
    width: fc.double({ min: 0, max: 300, noNaN: true }),
    height: fc.double({ min: 0, max: 300, noNaN: true }),
    gap: fc.double({ min: 1, max: 40, noNaN: true }),
  })

  test('lines rise at 45° and stay within their rectangle', () => {
    fc.assert(
      fc.property(box, ({ gap, ...place }) => {
        const rect: Rect = { kind: 'rect', ...place, hatch: { paint: 'ink', gap, width: 1 } }
        for (const [from, to] of hatchLines(rect)) {
          expect(from.x + from.y).toBeCloseTo(to.x + to.y, 6)
          for (const { x, y } of [from, to]) {
            expect(x).toBeGreaterThanOrEqual(place.x - 1e-6)
            expect(x).toBeLessThanOrEqual(place.x + place.width + 1e-6)
            expect(y).toBeGreaterThanOrEqual(place.y - 1e-6)
            expect(y).toBeLessThanOrEqual(place.y + place.height + 1e-6)
          }
        }
      }),
    )
  })

  test('a square of 10 with a gap of 5 has the three inner lines', () => {
    const rect = { kind: 'rect', x: 0, y: 0, width: 10, height: 10 } as const
    expect(hatchLines({ ...rect, hatch: { paint: 'ink', gap: 5, width: 1 } })).toEqual([
      [
        { x: 0, y: 5 },
        { x: 5, y: 0 },
      ],
      [
        { x: 0, y: 10 },
        { x: 10, y: 0 },
      ],
      [
        { x: 5, y: 10 },
        { x: 10, y: 5 },
      ],
    ])
  })
})

describe('in black and white', () => {
  /** Shapes with every colour the same. */
  const withoutColour = (shapes: readonly Shape[]): string =>
    JSON.stringify(shapes, (key, value: unknown) => (key === 'paint' ? 'ink' : value))
  const cell = { middle: { x: 6, y: 6 }, width: 12, height: 16 }
  const box = { x: 0, y: 0, width: 8, height: 12 }

  test.each([
    ['bleeding', [0, 1, 2, 3].map((level) => bleedingMark(level as 0 | 1 | 2 | 3, box))],
    ['bleeding and its prediction', [bleedingMark(0, box), predictedMark(box)]],
    ['mucus', [0, 1, 2, 3, 4].map((quality) => mucusSign(quality, cell))],
    ['ovulation tests', [0, 1, 2].map((result) => testSign(result, cell))],
    ['fertile days', [fertileDot(0, 0, true), fertileDot(0, 0, false)]],
  ])('signs of %s differ from each other', (_, signs) => {
    expect(new Set(signs.map(withoutColour)).size).toBe(signs.length)
  })
})

describe('colours', () => {
  function luminance(colour: string): number {
    const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    const [red = 0, green = 0, blue = 0] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (a: string, b: string): number => {
    const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
    return (light + 0.05) / (dark + 0.05)
  }
  const onCard: readonly (readonly [Paint, number])[] = [
    ['ink', 4.5],
    ['soft', 4.5],
    ['accent', 4.5],
    ['mark', 3],
    ['edge', 3],
  ]

  test.each(['light', 'dark', 'print'] as const)(
    '%s: text and marks stand out (WCAG 2.2)',
    (theme) => {
      for (const [paint, least] of onCard)
        expect(
          contrast(paintColor(paint, theme), paintColor('card', theme)),
          paint,
        ).toBeGreaterThanOrEqual(least)
      expect(
        contrast(paintColor('on-mark', theme), paintColor('accent', theme)),
      ).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('css follows the page and has the light colour to fall back on', () => {
    expect(paintColor('ink', 'css')).toBe('var(--ink, #24212b)')
    expect(paintColor('on-mark', 'css')).toBe('var(--card, #ffffff)')
  })
})

describe('the scale of temperatures', () => {
  const date = civilDate('2026-01-01')!
  const days = (...values: number[]) =>
    values.map((celsius, index) => ({ day: index + 1, date, celsius }))

  test.each([
    ['nothing', [], undefined, [362, 370], [972, 986]],
    ['one reading', [36.5], undefined, [361, 369], [970, 984]],
    ['a usual cycle', [36.2, 36.8], 36.4, [361, 369], [970, 984]],
    ['a wide one', [36, 37.4], undefined, [359, 375], [967, 995]],
    ['one with a fever that was not left out', [36.4, 36.5, 40], undefined, [355, 375], [959, 995]],
  ])('for %s', (_, values, coverLine, ...ends) => {
    const scales = (['celsius', 'fahrenheit'] as const).map((unit) =>
      scaleFor(days(...values), coverLine, unit),
    )
    expect(scales.map(({ low, high }) => [low, high])).toEqual(ends)
  })

  test('does not reach for what is left out', () => {
    const [usual, fever] = days(36.5, 40)
    expect(scaleFor([usual!, { ...fever!, isLeftOut: true }], undefined, 'celsius')).toEqual({
      unit: 'celsius',
      low: 361,
      high: 369,
    })
  })

  test('places temperatures between its ends, and what is beyond on the edge', () => {
    const frame = (scale: Scale): Frame => ({
      left: 0,
      column: 10,
      days: 28,
      top: 10,
      height: 100,
      scale,
    })
    for (const scale of [
      { unit: 'celsius', low: 360, high: 370 },
      { unit: 'fahrenheit', low: 968, high: 986 },
    ] as const)
      expect([36, 36.5, 37, 35, 40].map((celsius) => yOf(frame(scale), celsius))).toEqual([
        110, 60, 10, 110, 10,
      ])
  })
})

describe('widths of text', () => {
  test('wrapping keeps every word in order and breaks only where it must', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zA-Z]{1,12}$/), { maxLength: 30 }),
        fc.integer({ min: 20, max: 400 }),
        (words, width) => {
          const lines = wrapText(words.join(' '), 10, width)
          expect(lines.join(' ')).toBe(words.join(' '))
          for (const line of lines)
            if (line.includes(' ')) expect(textWidth(line, 10)).toBeLessThanOrEqual(width)
        },
      ),
    )
  })

  test('what does not fit is shortened with an ellipsis', () => {
    expect(fitText('Headache', 10, 200)).toBe('Headache')
    const short = fitText('Headache', 10, 40)
    expect(short).toMatch(/^Head?a?…$/)
    expect(textWidth(short, 10)).toBeLessThanOrEqual(40)
  })
})
