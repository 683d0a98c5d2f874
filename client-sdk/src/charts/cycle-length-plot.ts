/** The scale of days, the bars of past cycles and the distribution of the running one, side by side. */
import type { NextLength, PastCycle } from './cycle-length-data.ts'
import type { Line, Rect, Shape } from './scene.ts'
import { label, textSize } from './sheet.ts'
import { decimal, monthName } from './wording.ts'
import type { ChartWords } from './words.ts'

export interface Plot {
  /** Where bars begin and end, and where the sheet ends. */
  readonly left: number
  readonly right: number
  readonly width: number
  readonly top: number
  readonly height: number
  /** Days at the upper end of the scale; longer cycles are cut off there. */
  readonly most: number
}

/** Width that a past cycle needs at least. */
export const barRoom = 19
/** Height that is needed under the plot for dates. */
export const underPlot = 40

const yOf = ({ top, height, most }: Plot, days: number): number =>
  top + height - (Math.min(most, Math.max(0, days)) / most) * height

/** How a range of likely days is shaded. */
export const bandStyle = {
  fill: 'accent',
  opacity: 0.13,
  stroke: { paint: 'accent', width: 0.8, dash: [3, 2.5] },
} as const satisfies Partial<Rect>

/** How the bounds of the usual range are drawn. */
export const usualStroke: Line['stroke'] = { paint: 'soft', width: 1, dash: [2, 3] }

/** How a past cycle is filled. */
export const barStyle = (isCounted: boolean): Pick<Rect, 'fill' | 'stroke' | 'hatch'> =>
  isCounted
    ? { fill: 'accent' }
    : {
        fill: 'card',
        stroke: { paint: 'edge', width: 1 },
        hatch: { paint: 'edge', gap: 5, width: 1 },
      }

const across = (plot: Plot, days: number, stroke: Line['stroke']): Line => ({
  kind: 'line',
  from: { x: plot.left, y: yOf(plot, days) },
  to: { x: plot.width, y: yOf(plot, days) },
  stroke,
})

/** A line and a number for every ten days, and the bounds of the usual range. */
export function scaleLines(plot: Plot, usual: readonly number[]): Shape[] {
  const shapes: Shape[] = []
  for (let days = 0; days <= plot.most; days += 10)
    shapes.push(
      across(plot, days, { paint: days === 0 ? 'edge' : 'line', width: 1 }),
      label(
        String(days),
        { x: plot.left - 5, y: yOf(plot, days) + 3.5 },
        { size: textSize.axis, anchor: 'end' },
      ),
    )
  return [...shapes, ...usual.map((days) => across(plot, days, usualStroke))]
}

/** Past cycles, each with its length above and its start below. */
export function bars(plot: Plot, shown: readonly PastCycle[], words: ChartWords): Shape[] {
  const room = Math.min(48, (plot.right - plot.left) / Math.max(1, shown.length))
  return shown.flatMap((cycle, index) => {
    const middle = plot.left + room * (index + 0.5)
    const isNewYear = shown[index - 1]?.start.slice(0, 4) !== cycle.start.slice(0, 4)
    return [
      ...bar(plot, cycle, { middle, width: Math.min(26, room * 0.68) }),
      ...dateUnder(plot, { cycle, middle, isNewYear }, words),
    ]
  })
}

function bar(
  plot: Plot,
  { length, isCounted }: PastCycle,
  { middle, width }: { middle: number; width: number },
): Shape[] {
  const y = yOf(plot, length)
  const x = middle - width / 2
  const isCut = length > plot.most
  return [
    { kind: 'rect', x, y, width, height: yOf(plot, 0) - y, ...barStyle(isCounted) },
    ...(isCut ? [cutMark({ x: x - 1, y: y + 12, width: width + 2 })] : []),
    label(
      String(Math.round(length)),
      { x: middle, y: y - 4 },
      { size: textSize.axis, anchor: 'middle', paint: 'ink' },
    ),
  ]
}

/** A gap across a bar that is longer than the scale. */
const cutMark = ({ x, y, width }: { x: number; y: number; width: number }): Shape => ({
  kind: 'polyline',
  points: [
    { x, y: y + 4 },
    { x: x + width, y: y - 4 },
    { x: x + width, y },
    { x, y: y + 8 },
  ],
  fill: 'card',
})

function dateUnder(
  plot: Plot,
  { cycle, middle, isNewYear }: { cycle: PastCycle; middle: number; isNewYear: boolean },
  words: ChartWords,
): Shape[] {
  const floor = yOf(plot, 0)
  const style = { size: textSize.small, anchor: 'middle' } as const
  const lines = [
    String(Number(cycle.start.slice(8))),
    monthName(cycle.start, words),
    ...(isNewYear ? [cycle.start.slice(0, 4)] : []),
  ]
  return lines.map((text, index) => label(text, { x: middle, y: floor + 13 + index * 11 }, style))
}

/** Bars that grow to the right: the longer, the likelier is that length; the band holds 8 in 10. */
export function distribution(plot: Plot, next: NextLength, words: ChartWords): Shape[] {
  const left = plot.right + 14
  const numbersAt = plot.width - 1
  const room = plot.width - left - 24
  const peak = Math.max(...next.likelihood.map(({ probability }) => probability))
  const thick = (plot.height / plot.most) * 0.76
  const lowY = yOf(plot, next.p10 - 0.5)
  const midY = yOf(plot, next.p50)
  const highY = yOf(plot, next.p90 + 0.5)
  const number = { size: textSize.axis, paint: 'ink', anchor: 'end', isBold: true } as const
  return [
    { kind: 'rect', x: left - 4, y: highY, width: room + 6, height: lowY - highY, ...bandStyle },
    ...next.likelihood.map(({ length, probability }): Shape => ({
      kind: 'rect',
      x: left,
      y: yOf(plot, length) - thick / 2,
      width: (probability / peak) * room,
      height: thick,
      fill: 'accent',
    })),
    {
      kind: 'line',
      from: { x: left - 4, y: midY },
      to: { x: left + room + 2, y: midY },
      stroke: { paint: 'ink', width: 1.6 },
    },
    label(decimal(next.p10, words), { x: numbersAt, y: Math.max(lowY + 3, midY + 15) }, number),
    label(decimal(next.p50, words), { x: numbersAt, y: midY + 3.5 }, number),
    label(decimal(next.p90, words), { x: numbersAt, y: Math.min(highY + 3, midY - 8) }, number),
    label(
      words.lengths.nextTitle,
      { x: left, y: yOf(plot, 0) + 13 },
      { size: textSize.axis, paint: 'ink' },
    ),
  ]
}
