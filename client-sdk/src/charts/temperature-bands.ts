/** The rows below the curve, a column for each day: bleeding, mucus, cervix, ovulation tests. */
import { bleedingMark } from './marks.ts'
import type { Point, Shape } from './scene.ts'
import type { ChartDay } from './temperature-data.ts'
import type { TemperatureWords } from './words.ts'

/** A row: its name, its height, and the sign of a day around the middle of its cell. */
export interface Band {
  readonly key: 'bleeding' | 'mucus' | 'cervix' | 'ovulationTest'
  readonly height: number
  readonly has: (day: ChartDay) => boolean
  readonly sign: (day: ChartDay, cell: Cell) => Shape[]
}

export interface Cell {
  readonly middle: Point
  readonly width: number
  readonly height: number
}

const box = ({ middle, width, height }: Cell, share: number, most: number) => {
  const wide = Math.max(1.5, Math.min(most, width * share))
  const high = height - 5
  return { x: middle.x - wide / 2, y: middle.y - high / 2, width: wide, height: high }
}

/** Bars that grow with the quality: fluid that is wetter and clearer. */
export function mucusSign(quality: number, cell: Cell): Shape[] {
  const { x, y, width, height } = box(cell, 0.62, 9)
  const tall = quality === 0 ? 1.2 : (height * quality) / 4
  const bar = { kind: 'rect', x, y: y + height - tall, width, height: tall } as const
  if (quality <= 1) return [{ ...bar, fill: 'edge' }]
  if (quality === 4) return [{ ...bar, fill: 'accent' }]
  return [
    {
      ...bar,
      stroke: { paint: 'accent', width: 0.8 },
      hatch: { paint: 'accent', gap: quality === 2 ? 4 : 2.4, width: 0.8 },
    },
  ]
}

/** A filled triangle that points down: the peak of the mucus. */
export const peakSign = ({ x, y }: Point): Shape => ({
  kind: 'polyline',
  points: [
    { x: x - 3, y: y - 4 },
    { x: x + 3, y: y - 4 },
    { x, y: y + 0.5 },
  ],
  fill: 'ink',
})

/** Larger is more open, hollow is soft, and it lies as high as the cervix does. */
export function cervixSign(
  { opening = 1, firmness, position = 1 }: CervixParts,
  cell: Cell,
): Shape[] {
  const radius = Math.min([1.7, 2.6, 3.6][opening] ?? 2.6, cell.width * 0.46)
  const center = { x: cell.middle.x, y: cell.middle.y + (1 - position) * 4 }
  const stroke = { paint: 'ink', width: 1.2 } as const
  return [{ kind: 'circle', center, radius, fill: firmness === 1 ? 'card' : 'ink', stroke }]
}

interface CervixParts {
  readonly opening?: number
  readonly firmness?: number
  readonly position?: number
}

/** A dash, a half and a full square: low, high, peak. */
export function testSign(result: number, { middle, width }: Cell): Shape[] {
  const side = Math.min(8, width * 0.72)
  const { x, y } = { x: middle.x - side / 2, y: middle.y - side / 2 }
  const stroke = { paint: 'ink', width: 1 } as const
  if (result === 0)
    return [
      {
        kind: 'line',
        from: { x, y: middle.y },
        to: { x: x + side, y: middle.y },
        stroke: { paint: 'ink', width: 1.4 },
      },
    ]
  const square = { kind: 'rect', x, y, width: side, height: side, stroke } as const
  if (result >= 2) return [{ ...square, fill: 'ink' }]
  return [
    { ...square, fill: 'card' },
    { kind: 'rect', x, y: middle.y, width: side, height: side / 2, fill: 'ink' },
  ]
}

/** Every row that there can be, from top to bottom. */
export const bands: readonly Band[] = [
  {
    key: 'bleeding',
    height: 18,
    has: ({ bleeding }) => bleeding !== undefined,
    sign: ({ bleeding = 0 }, cell) => bleedingMark(bleeding, box(cell, 0.72, 9)),
  },
  {
    key: 'mucus',
    height: 24,
    has: ({ mucus }) => mucus !== undefined,
    sign: ({ mucus = 0, isPeak }, cell) => [
      ...mucusSign(mucus, {
        ...cell,
        height: cell.height - 3,
        middle: { ...cell.middle, y: cell.middle.y + 2 },
      }),
      ...(isPeak ? [peakSign({ x: cell.middle.x, y: cell.middle.y - cell.height / 2 + 4 })] : []),
    ],
  },
  {
    key: 'cervix',
    height: 20,
    has: ({ cervix }) => cervix !== undefined,
    sign: ({ cervix = {} }, cell) => cervixSign(cervix, cell),
  },
  {
    key: 'ovulationTest',
    height: 16,
    has: ({ test }) => test !== undefined,
    sign: ({ test = 0 }, cell) => testSign(test, cell),
  },
]

/** The name of a row. */
export const bandName = ({ key }: Band, words: TemperatureWords): string => words[key]
