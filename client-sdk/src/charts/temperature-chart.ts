/**
 * The temperature curve of one cycle, with what else was observed: readings, those left out struck
 * through, the cover line, the base readings numbered and the high ones ringed, and rows for bleeding,
 * mucus, cervix and ovulation tests. Evaluation comes in as data; nothing is concluded here.
 */
import { drawingWidth, type Chart, type ChartOptions } from './chart.ts'
import type { Shape } from './scene.ts'
import { label, legend, smallPrint, stack, textSize, type Block } from './sheet.ts'
import { bandName, bands, type Band } from './temperature-bands.ts'
import {
  chartDays,
  dateOfDay,
  fertileDays,
  soundCoverLine,
  type ChartDay,
  type TemperatureChartData,
} from './temperature-data.ts'
import { plotHeight, rightOf, scaleFor, xOf, type Frame, type Scale } from './temperature-frame.ts'
import { fertileRect, temperatureLegend } from './temperature-legend.ts'
import { curve, grid, shiftLines } from './temperature-plot.ts'
import { temperatureSummary, temperatureTable } from './temperature-table.ts'
import { textWidth } from './text-width.ts'
import { dateText, fill, monthName } from './wording.ts'
import type { ChartWords } from './words.ts'

const topMargin = 22
const rightMargin = 6

/** Draws the curve; the width decides how wide a day is. */
export function temperatureChart(data: TemperatureChartData, options: ChartOptions): Chart {
  const { words, temperatureUnit = 'celsius' } = options
  const width = drawingWidth(options)
  const { days, drawn } = chartDays(data)
  const window = fertileDays(data)
  const coverLine = soundCoverLine(data)
  const seen = days.filter(({ day }) => day <= drawn)
  const rows = bands.filter((band) => seen.some(band.has))
  const scale = scaleFor(seen, coverLine, temperatureUnit)
  const frame = frameFor({ width, drawn, rows, scale }, words)

  const axis = dayAxis(frame, words)
  const table = bandRows(frame, { rows, seen, top: frame.top + frame.height + axis.height }, words)
  const dates = dateAxis(frame, { data, top: table.height }, words)
  const key = legend(temperatureLegend({ days: seen, coverLine, fertile: window }, words), width)
  const warning = window ? words.notContraception : undefined
  const below = stack([key, ...(warning ? [smallPrint(warning, width)] : [])], dates.height, 8)
  return {
    title: fill(words.temperature.title, { date: dateText(data.start, words) }),
    summary: temperatureSummary(data, options),
    tables: [temperatureTable(data, options)],
    ...(warning && { warning }),
    scene: {
      width,
      height: Math.ceil(below.height + 2),
      shapes: [
        ...fertileZone(frame, window, table.height),
        ...grid(frame, words),
        ...axis.shapes,
        ...shiftLines(frame, { days, coverLine }),
        ...curve(frame, days),
        ...table.shapes,
        ...dates.shapes,
        ...below.shapes,
      ],
    },
  }
}

interface FrameInput {
  readonly width: number
  readonly drawn: number
  readonly rows: readonly Band[]
  readonly scale: Scale
}

function frameFor({ width, drawn, rows, scale }: FrameInput, words: ChartWords): Frame {
  const { temperature } = words
  const names = [
    ...rows.map((band) => bandName(band, temperature)),
    temperature.day,
    temperature.date,
  ]
  const left = Math.max(30, ...names.map((name) => textWidth(name, textSize.axis))) + 6
  return {
    left,
    column: (width - left - rightMargin) / drawn,
    days: drawn,
    top: topMargin,
    height: plotHeight(scale),
    scale,
  }
}

function fertileZone(
  frame: Frame,
  window: ReturnType<typeof fertileDays>,
  bottom: number,
): Shape[] {
  if (!window || window.from > frame.days) return []
  const x = frame.left + (window.from - 1) * frame.column
  const end = frame.left + Math.min(window.to, frame.days) * frame.column
  const y = frame.top - 6
  return [{ ...fertileRect(window.isPredicted), x, y, width: end - x, height: bottom - y }]
}

/** Every how many days a number has room. */
const stepFor = ({ column }: Frame): number =>
  [1, 2, 5, 10].find((step) => step * column >= 15) ?? 20

/** The first day, and then 3, 5, 7 … or 5, 10, 15 … */
const isNumbered = (day: number, step: number): boolean =>
  step <= 2 ? (day - 1) % step === 0 : day === 1 || day % step === 0

/** Days of the cycle, under the curve. */
function dayAxis(frame: Frame, { temperature }: ChartWords): Block {
  const y = frame.top + frame.height + 14
  const step = stepFor(frame)
  const style = { size: textSize.axis, anchor: 'middle', paint: 'ink' } as const
  const shapes: Shape[] = [rowName(frame, temperature.day, y)]
  for (let day = 1; day <= frame.days; day += 1)
    if (isNumbered(day, step)) shapes.push(label(String(day), { x: xOf(frame, day), y }, style))
  return { shapes, height: 20 }
}

const rowName = (frame: Frame, text: string, y: number): Shape =>
  label(text, { x: frame.left - 5, y }, { size: textSize.axis, anchor: 'end' })

/** The rows of signs; `height` of the result is where they end. */
function bandRows(
  frame: Frame,
  { rows, seen, top }: { rows: readonly Band[]; seen: readonly ChartDay[]; top: number },
  { temperature }: ChartWords,
): Block {
  const shapes: Shape[] = []
  let y = top
  for (const band of rows) {
    const middle = y + band.height / 2
    shapes.push(
      {
        kind: 'line',
        from: { x: frame.left, y },
        to: { x: rightOf(frame), y },
        stroke: { paint: 'line', width: 1 },
      },
      rowName(frame, bandName(band, temperature), middle + 3.5),
      ...seen.filter(band.has).flatMap((day) =>
        band.sign(day, {
          middle: { x: xOf(frame, day.day), y: middle },
          width: frame.column,
          height: band.height,
        }),
      ),
    )
    y += band.height
  }
  return { shapes, height: y }
}

/** Day of the month for the days that have a number, and the month where it begins. */
function dateAxis(
  frame: Frame,
  { data, top }: { data: TemperatureChartData; top: number },
  words: ChartWords,
): Block {
  const step = stepFor(frame)
  const style = { size: textSize.axis, anchor: 'middle' } as const
  const shapes: Shape[] = [rowName(frame, words.temperature.date, top + 14)]
  let month = ''
  let freeFrom = 0
  for (let day = 1; day <= frame.days; day += 1) {
    if (!isNumbered(day, step)) continue
    const date = dateOfDay(data.start, day)
    const x = xOf(frame, day)
    shapes.push(label(String(Number(date.slice(8))), { x, y: top + 14 }, style))
    const name = monthName(date, words)
    if (name !== month && x >= freeFrom) {
      shapes.push(label(name, { x, y: top + 26 }, style))
      month = name
      freeFrom = x + textWidth(name, textSize.axis) + 4
    }
  }
  return { shapes, height: top + 30 }
}
