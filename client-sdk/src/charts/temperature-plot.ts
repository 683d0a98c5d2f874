/** The curve itself: grid, readings, cover line and the numbers of the evaluation. */
import type { Line, Point, Shape } from './scene.ts'
import { label, textSize } from './sheet.ts'
import type { ChartDay } from './temperature-data.ts'
import { beyond, rightOf, xOf, yOf, yOfTenths, type Frame } from './temperature-frame.ts'
import { unitSign } from './temperature-unit.ts'
import { decimal } from './wording.ts'
import type { ChartWords } from './words.ts'

const line = (from: Point, to: Point, stroke: Line['stroke']): Line => ({
  kind: 'line',
  from,
  to,
  stroke,
})

/** Radius of a reading's dot. */
const dotOf = ({ column }: Frame): number => Math.min(3.4, Math.max(1.6, column * 0.28))

/**
 * A line for every tenth of a degree, a label for every second, the unit above them, and one line up for
 * every fifth day.
 */
export function grid(frame: Frame, words: ChartWords): Shape[] {
  const { left, top, height, scale, days } = frame
  const right = rightOf(frame)
  const style = { size: textSize.axis, anchor: 'end' } as const
  const shapes: Shape[] = [label(unitSign(scale.unit, words), { x: left - 5, y: top - 12 }, style)]
  for (let tenth = scale.low; tenth <= scale.high; tenth += 1) {
    const y = yOfTenths(frame, tenth)
    const isLabelled = tenth % 2 === 0
    shapes.push(
      line({ x: left, y }, { x: right, y }, { paint: 'line', width: isLabelled ? 1 : 0.5 }),
    )
    if (isLabelled)
      shapes.push(label(decimal(tenth / 10, words, 1, 1), { x: left - 5, y: y + 3.5 }, style))
  }
  for (let day = 5; day < days; day += 5) {
    const x = left + day * frame.column
    shapes.push(line({ x, y: top }, { x, y: top + height }, { paint: 'line', width: 0.5 }))
  }
  return shapes
}

/** Lines between readings that count; dashed where days are missing between them. */
function connections(frame: Frame, readings: readonly Plotted[]): Shape[] {
  return readings.slice(1).map((reading, index) => {
    const before = readings[index]!
    const isGap = reading.day - before.day > 1
    return line(pointOf(frame, before), pointOf(frame, reading), {
      paint: 'ink',
      width: isGap ? 0.8 : 1.3,
      ...(isGap && { dash: [2, 3] }),
    })
  })
}

type Plotted = ChartDay & { readonly celsius: number }

const isPlotted = (day: ChartDay): day is Plotted => day.celsius !== undefined

const pointOf = (frame: Frame, { day, celsius }: Plotted): Point => ({
  x: xOf(frame, day),
  y: yOf(frame, celsius),
})

/** A hollow dot, struck through: measured, but left out. */
export function leftOutDot({ x, y }: Point, radius: number): Shape[] {
  const arm = radius + 1
  const stroke = { paint: 'soft', width: 1 } as const
  return [
    { kind: 'circle', center: { x, y }, radius, fill: 'card', stroke },
    line({ x: x - arm, y: y + arm }, { x: x + arm, y: y - arm }, stroke),
    line({ x: x - arm, y: y - arm }, { x: x + arm, y: y + arm }, stroke),
  ]
}

/** A dot with a ring around it: one of the high readings. */
export const highDot = (center: Point, radius: number): Shape[] => [
  {
    kind: 'circle',
    center,
    radius: radius + 2.4,
    fill: 'card',
    stroke: { paint: 'accent', width: 1.4 },
  },
  { kind: 'circle', center, radius, fill: 'accent' },
]

function readingShapes(frame: Frame, reading: Plotted): Shape[] {
  const center = pointOf(frame, reading)
  const radius = dotOf(frame)
  const dot: Shape[] = reading.isLeftOut
    ? leftOutDot(center, radius)
    : reading.highNumber !== undefined
      ? highDot(center, radius)
      : [{ kind: 'circle', center, radius, fill: 'ink' }]
  return [...dot, ...offScale(frame, reading, center), ...numberOf(reading, center, radius)]
}

/** A small arrow where the true reading lies beyond the edge. */
function offScale(frame: Frame, { celsius }: Plotted, { x, y }: Point): Shape[] {
  const way = beyond(frame, celsius)
  if (way === 0) return []
  const foot = y - way * 5
  const points = [
    { x: x - 3, y: foot },
    { x, y: foot - way * 4 },
    { x: x + 3, y: foot },
  ]
  return [{ kind: 'polyline', points, stroke: { paint: 'ink', width: 1 } }]
}

function numberOf({ baseNumber, highNumber }: Plotted, { x, y }: Point, radius: number): Shape[] {
  const style = { size: textSize.small, anchor: 'middle', isBold: true } as const
  if (highNumber !== undefined)
    return [label(String(highNumber), { x, y: y - radius - 5 }, { ...style, paint: 'accent' })]
  if (baseNumber !== undefined)
    return [label(String(baseNumber), { x, y: y + radius + 9.5 }, { ...style, paint: 'ink' })]
  return []
}

/** Readings, in order of their days. */
export function curve(frame: Frame, days: readonly ChartDay[]): Shape[] {
  const readings = days.filter(isPlotted).filter(({ day }) => day <= frame.days)
  return [
    ...connections(
      frame,
      readings.filter(({ isLeftOut }) => !isLeftOut),
    ),
    ...readings.flatMap((reading) => readingShapes(frame, reading)),
  ]
}

/** The cover line, from the first base reading to the end, and the border between low and high. */
export function shiftLines(
  frame: Frame,
  {
    days,
    coverLine,
  }: { readonly days: readonly ChartDay[]; readonly coverLine: number | undefined },
): Shape[] {
  const shapes: Shape[] = []
  const first = days.find(({ baseNumber }) => baseNumber !== undefined)?.day ?? 1
  if (coverLine !== undefined && first <= frame.days) {
    const y = yOf(frame, coverLine)
    shapes.push(
      line(
        { x: xOf(frame, first) - frame.column / 2, y },
        { x: rightOf(frame), y },
        { paint: 'ink', width: 1.2, dash: [6, 3] },
      ),
    )
  }
  const rise = days.find(({ highNumber }) => highNumber === 1)?.day
  if (rise !== undefined && rise <= frame.days) {
    const x = xOf(frame, rise) - frame.column / 2
    shapes.push(
      line(
        { x, y: frame.top },
        { x, y: frame.top + frame.height },
        { paint: 'accent', width: 1.2, dash: [1.5, 2.5] },
      ),
    )
  }
  return shapes
}
