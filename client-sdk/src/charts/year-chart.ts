/**
 * A year at a glance: a row for each month, a cell for each day. Bleeding is a vessel that is fuller the
 * heavier it was; what is predicted is only outlined; fertile days have a dot.
 */
import { drawingWidth, type Chart, type ChartOptions } from './chart.ts'
import {
  bleedingLegend,
  bleedingMark,
  clampLevel,
  fertileDot,
  predictedMark,
  type BleedingLevel,
} from './marks.ts'
import type { Shape } from './scene.ts'
import { label, legend, smallPrint, stack, textSize, type LegendEntry } from './sheet.ts'
import { textWidth } from './text-width.ts'
import { monthsOf, type Month, type YearData, type YearDay } from './year-data.ts'
import { yearSummary, yearTable } from './year-table.ts'
import type { ChartWords } from './words.ts'

const rowHeight = 20
const top = 16

/** Draws the year; throws TypeError for one that no date lies in. */
export function yearChart(data: YearData, options: ChartOptions): Chart {
  const { words } = options
  const width = drawingWidth(options)
  const months = monthsOf(data)
  const left = Math.max(...words.months.map((name) => textWidth(name, textSize.axis))) + 6
  const column = (width - left) / 31
  const days = months.flatMap((month) => month.days)
  const isFertile = days.some(({ fertile }) => fertile !== undefined)
  const warning = isFertile ? words.notContraception : undefined
  const key = legend(legendEntries(days, words), width)
  const below = stack([key, ...(warning ? [smallPrint(warning, width)] : [])], top + 12 * rowHeight)
  return {
    title: words.year.title.replace('{year}', String(data.year)),
    summary: yearSummary(data.year, months, words),
    tables: [yearTable(months, words)],
    ...(warning && { warning }),
    scene: {
      width,
      height: Math.ceil(below.height + 2),
      shapes: [
        ...dayNumbers(left, column),
        ...months.flatMap((month) => monthRow(month, { left, column }, words)),
        ...below.shapes,
      ],
    },
  }
}

const dayNumbers = (left: number, column: number): Shape[] =>
  [1, 5, 10, 15, 20, 25, 30].map((day) =>
    label(
      String(day),
      { x: left + (day - 0.5) * column, y: 11 },
      { size: textSize.axis, anchor: 'middle' },
    ),
  )

function monthRow(
  { index, length, days }: Month,
  { left, column }: { left: number; column: number },
  words: ChartWords,
): Shape[] {
  const y = top + index * rowHeight
  const known = new Map(days.map((day) => [day.day, day]))
  const cells = Array.from({ length }, (_, at) => {
    const box = {
      x: left + at * column + 0.75,
      y: y + 2,
      width: column - 1.5,
      height: rowHeight - 4,
    }
    return dayCell(known.get(at + 1), box)
  })
  return [
    label(
      words.months[index] ?? '',
      { x: left - 6, y: y + 14 },
      { size: textSize.axis, anchor: 'end', paint: 'ink' },
    ),
    ...cells.flat(),
  ]
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function dayCell(day: YearDay | undefined, box: Box): Shape[] {
  const empty: Shape = { kind: 'rect', ...box, radius: 1, fill: 'sunken' }
  if (!day) return [empty]
  const vessel = { x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1 }
  const marks: Shape[] =
    day.bleeding !== undefined
      ? bleedingMark(clampLevel(day.bleeding, 3) as BleedingLevel, vessel)
      : day.isBleedingPredicted
        ? [empty, ...predictedMark(vessel)]
        : [empty]
  const { x, y, width, height } = box
  return day.fertile
    ? [...marks, ...fertileDot(x + width / 2, y + height / 2, day.fertile === 'predicted')]
    : marks
}

function legendEntries(days: readonly YearDay[], words: ChartWords): LegendEntry[] {
  const box = { x: 1, y: 0, width: 9, height: 12 }
  const entries: LegendEntry[] = days.some(({ bleeding }) => bleeding !== undefined)
    ? [bleedingLegend(words)]
    : []
  if (days.some(({ isBleedingPredicted }) => isBleedingPredicted))
    entries.push({ sign: predictedMark(box), signWidth: 11, text: words.year.predicted })
  for (const kind of ['observed', 'predicted'] as const)
    if (days.some(({ fertile }) => fertile === kind))
      entries.push({
        sign: fertileDot(5, 6, kind === 'predicted'),
        signWidth: 10,
        text: kind === 'predicted' ? words.year.fertilePredicted : words.year.fertile,
      })
  return entries
}
