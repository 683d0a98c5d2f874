/**
 * Lengths of past cycles as bars, and beside them, on the same scale of days, how likely each length of
 * the running cycle is. Cycles that do not count are hatched.
 */
import { drawingWidth, type Chart, type ChartOptions } from './chart.ts'
import {
  figoFrequency,
  soundCycles,
  soundNext,
  type CycleLengthData,
  type NextLength,
  type PastCycle,
} from './cycle-length-data.ts'
import {
  bandStyle,
  barRoom,
  bars,
  barStyle,
  distribution,
  scaleLines,
  underPlot,
  usualStroke,
  type Plot,
} from './cycle-length-plot.ts'
import { lengthSummary, lengthTables } from './cycle-length-table.ts'
import { legend, stack, type LegendEntry } from './sheet.ts'
import { fill } from './wording.ts'
import type { ChartWords } from './words.ts'

const leftMargin = 26
const plotTop = 14
const plotHeight = 220
/** The scale reaches at least so far, and no farther than twice this: a forgotten period is cut off. */
const leastScale = 40

/** Draws the bars; as many of the latest cycles as there is room for. */
export function cycleLengthChart(data: CycleLengthData, options: ChartOptions): Chart {
  const { words } = options
  const width = drawingWidth(options)
  const cycles = soundCycles(data.cycles)
  const next = soundNext(data.next)
  const usual = data.usual === null ? [] : (data.usual ?? figoFrequency).filter(Number.isFinite)
  const right = next ? width - Math.min(130, width * 0.27) - 10 : width - 4
  const shown = cycles.slice(-Math.max(1, Math.floor((right - leftMargin) / barRoom)))
  const plot: Plot = {
    left: leftMargin,
    right,
    width,
    top: plotTop,
    height: plotHeight,
    most: scaleEnd(shown, next),
  }
  const key = legend(legendEntries({ shown, next, usual }, words), width)
  const below = stack([key], plotTop + plotHeight + underPlot)
  return {
    title: words.lengths.title,
    summary: lengthSummary({ cycles, next }, shown.length, words),
    tables: lengthTables({ cycles, next }, words),
    scene: {
      width,
      height: Math.ceil(below.height + 2),
      shapes: [
        ...scaleLines(plot, usual),
        ...bars(plot, shown, words),
        ...(next ? distribution(plot, next, words) : []),
        ...below.shapes,
      ],
    },
  }
}

/** What counts and what is expected is seen whole; the rest is cut where it would flatten that. */
function scaleEnd(shown: readonly PastCycle[], next: NextLength | undefined): number {
  const longest = Math.max(
    leastScale,
    ...shown.filter(({ isCounted }) => isCounted).map(({ length }) => length),
    ...(next?.likelihood.map(({ length }) => length) ?? []),
  )
  return Math.ceil((Math.min(leastScale * 2, longest) + 2) / 10) * 10
}

interface Shown {
  readonly shown: readonly PastCycle[]
  readonly next: NextLength | undefined
  readonly usual: readonly number[]
}

function legendEntries({ shown, next, usual }: Shown, { lengths }: ChartWords): LegendEntry[] {
  const box = { kind: 'rect', x: 1, y: 0, width: 10, height: 12 } as const
  const entries: LegendEntry[] = [true, false]
    .filter((isCounted) => shown.some((cycle) => cycle.isCounted === isCounted))
    .map((isCounted) => ({
      sign: [{ ...box, ...barStyle(isCounted) }],
      signWidth: 12,
      text: isCounted ? lengths.counted : lengths.notCounted,
    }))
  if (next)
    entries.push({ sign: [{ ...box, ...bandStyle, width: 14 }], signWidth: 16, text: lengths.band })
  const [from, to] = usual
  if (from !== undefined && to !== undefined)
    entries.push({
      sign: [{ kind: 'line', from: { x: 0, y: 6 }, to: { x: 16, y: 6 }, stroke: usualStroke }],
      signWidth: 16,
      text: fill(lengths.usual, { from, to }),
    })
  return entries
}
