/** Signs that several charts share. Each is told from the others by shape, in black and white too. */
import type { Shape } from './scene.ts'
import type { LegendEntry } from './sheet.ts'
import type { ChartWords } from './words.ts'

/** 0 spotting, 1 light, 2 medium, 3 heavy. */
export type BleedingLevel = 0 | 1 | 2 | 3

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A whole number from 0 to `most`, whatever was given. */
export const clampLevel = (value: number, most: number): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(0, Math.round(value))) : 0

const shares = [0, 0.34, 0.67, 1] as const
const shades = [0, 0.45, 0.7, 1] as const

/** A vessel that is fuller and darker the heavier the bleeding; spotting is an empty one with a dotted rim. */
export function bleedingMark(level: BleedingLevel, { x, y, width, height }: Box): Shape[] {
  const filled = height * shares[level]
  const rim: Shape = {
    kind: 'rect',
    x,
    y,
    width,
    height,
    radius: 1,
    fill: 'card',
    stroke: { paint: 'mark', width: 1, ...(level === 0 && { dash: [1.5, 1.5] }) },
  }
  if (level === 0) return [rim]
  return [
    rim,
    {
      kind: 'rect',
      x,
      y: y + height - filled,
      width,
      height: filled,
      radius: 1,
      fill: 'mark',
      opacity: shades[level],
    },
  ]
}

/** A bleeding that is expected: an empty vessel with a dashed rim. */
export const predictedMark = ({ x, y, width, height }: Box): Shape[] => [
  {
    kind: 'rect',
    x,
    y,
    width,
    height,
    radius: 1,
    stroke: { paint: 'mark', width: 1, dash: [3, 2] },
  },
]

/** A fertile day: a dot; hollow when it is a prediction. Its light rim keeps it visible on a mark. */
export const fertileDot = (x: number, y: number, isPredicted: boolean): Shape[] => [
  { kind: 'circle', center: { x, y }, radius: 3.1, fill: 'card' },
  {
    kind: 'circle',
    center: { x, y },
    radius: 1.9,
    ...(isPredicted ? { stroke: { paint: 'accent', width: 1 } } : { fill: 'accent' }),
  },
]

/** The four vessels and what they stand for. */
export const bleedingLegend = (words: ChartWords): LegendEntry => ({
  sign: ([0, 1, 2, 3] as const).flatMap((level) =>
    bleedingMark(level, { x: 0.5 + level * 11, y: 0, width: 8, height: 12 }),
  ),
  signWidth: 42,
  text: `${words.temperature.bleeding}: ${words.bleedingLevels.join(', ')}`,
})
