/**
 * On how many days of each phase of the cycle a symptom was noted: a table whose cells are darker the
 * larger the share. Each cell also says it in numbers, so that the shade only repeats them.
 */
import { drawingWidth, type Chart, type ChartOptions } from './chart.ts'
import type { Shape } from './scene.ts'
import { label, legend, smallPrint, stack, textSize } from './sheet.ts'
import { fitText, textWidth, wrapText } from './text-width.ts'
import { counted, fill, percent } from './wording.ts'
import type { ChartWords } from './words.ts'

export interface SymptomPhaseData {
  /** In the order of the cycle; `days` is how many days with entries there were in the phase. */
  readonly phases: readonly { readonly name: string; readonly days: number }[]
  /** `counts` are days with the symptom, one for each phase. */
  readonly symptoms: readonly { readonly name: string; readonly counts: readonly number[] }[]
}

interface Cell {
  readonly count: number
  readonly days: number
  /** 0 to 1. */
  readonly share: number
}

interface Row {
  readonly name: string
  readonly cells: readonly Cell[]
}

const rowHeight = 34
const headLine = 13
/** From this shade on, text is light on dark. */
const darkFrom = 0.5

const whole = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0

function rowsOf({ phases, symptoms }: SymptomPhaseData): Row[] {
  return symptoms.map(({ name, counts }) => ({
    name,
    cells: phases.map((phase, index) => {
      const days = whole(phase.days)
      const count = Math.min(days, whole(counts[index]))
      return { count, days, share: days === 0 ? 0 : count / days }
    }),
  }))
}

const ratio = ({ count, days }: Cell): string => `${count}/${days}`

/** Draws the table of shades. */
export function symptomPhaseChart(data: SymptomPhaseData, options: ChartOptions): Chart {
  const { words } = options
  const width = drawingWidth(options)
  const rows = rowsOf(data)
  const longest = Math.max(50, ...rows.map(({ name }) => textWidth(name, textSize.label) + 8))
  const left = Math.min(width * 0.34, longest)
  const column = (width - left) / Math.max(1, data.phases.length)
  const head = heads(data, { left, column }, words)
  const note = smallPrint(words.notContraception, width)
  const empty = rows.length === 0 ? [smallPrint(words.symptoms.none, width, 'soft')] : []
  const key = legend(rows.length === 0 ? [] : [shadeEntry(words)], width)
  const bottom = head.height + rows.length * rowHeight
  const below = stack([...empty, key, note], bottom)
  return {
    title: words.symptoms.title,
    summary: summaryOf(data, rows, words),
    tables: [
      {
        caption: words.symptoms.title,
        columns: [words.symptoms.symptom, ...data.phases.map(({ name }) => name)],
        rows: rows.map(({ name, cells }) => [
          name,
          ...cells.map((cell) => `${ratio(cell)} (${percent(cell.share, words)})`),
        ]),
      },
    ],
    warning: words.notContraception,
    scene: {
      width,
      height: Math.ceil(below.height + 2),
      shapes: [
        ...head.shapes,
        ...rows.flatMap((row, index) =>
          rowShapes(row, { left, column, top: head.height + index * rowHeight }, words),
        ),
        ...below.shapes,
      ],
    },
  }
}

interface Place {
  readonly left: number
  readonly column: number
}

/** Names of the phases, broken into lines, and on how many days there were entries. */
function heads({ phases }: SymptomPhaseData, { left, column }: Place, words: ChartWords) {
  const broken = phases.map(({ name }) =>
    wrapText(name, textSize.axis, column - 4).map((line) =>
      fitText(line, textSize.axis, column - 2),
    ),
  )
  const lines = Math.max(1, ...broken.map(({ length }) => length))
  const style = { size: textSize.axis, anchor: 'middle' } as const
  const shapes = phases.flatMap(({ days }, index): Shape[] => {
    const x = left + (index + 0.5) * column
    const name = broken[index] ?? []
    return [
      ...name.map((text, line) =>
        label(
          text,
          { x, y: headLine * (lines - name.length + line + 1) },
          { ...style, paint: 'ink' },
        ),
      ),
      label(counted(whole(days), words.days, words), { x, y: headLine * (lines + 1) }, style),
    ]
  })
  return { shapes, height: headLine * (lines + 1) + 6 }
}

function rowShapes(
  { name, cells }: Row,
  place: Place & { top: number },
  words: ChartWords,
): Shape[] {
  const { left, column, top } = place
  const lines = wrapText(name, textSize.label, left - 8).slice(0, 2)
  return [
    ...lines.map((line, index) =>
      label(
        fitText(line, textSize.label, left - 6),
        { x: 0, y: top + rowHeight / 2 + 4 - (lines.length - 1) * 6.5 + index * 13 },
        { paint: 'ink' },
      ),
    ),
    ...cells.flatMap((cell, index) =>
      cellShapes(cell, { x: left + index * column, y: top, width: column }, words),
    ),
  ]
}

function cellShapes(
  cell: Cell,
  { x, y, width }: { x: number; y: number; width: number },
  words: ChartWords,
): Shape[] {
  const isDark = cell.share >= darkFrom
  const middle = x + width / 2
  const box = {
    kind: 'rect',
    x: x + 1.5,
    y: y + 1.5,
    width: width - 3,
    height: rowHeight - 3,
    radius: 4,
  } as const
  const text = { anchor: 'middle', paint: isDark ? 'on-mark' : 'ink' } as const
  return [
    { ...box, fill: 'card', stroke: { paint: 'line', width: 1 } },
    // Dark cells are solid, so that the text on them keeps its contrast.
    ...(cell.count === 0
      ? []
      : [
          {
            ...box,
            fill: 'accent',
            opacity: isDark ? 0.8 + (cell.share - darkFrom) * 0.4 : cell.share * 0.7,
          } as const,
        ]),
    label(
      percent(cell.share, words),
      { x: middle, y: y + 15 },
      { ...text, size: textSize.label, isBold: true },
    ),
    label(ratio(cell), { x: middle, y: y + 27 }, { ...text, size: textSize.axis }),
  ]
}

/** From light to dark. */
function shadeEntry({ symptoms }: ChartWords) {
  const sign = [0.12, 0.3, 0.85].map((opacity, index): Shape => ({
    kind: 'rect',
    x: index * 11,
    y: 0,
    width: 11,
    height: 12,
    fill: 'accent',
    opacity,
    stroke: { paint: 'line', width: 0.5 },
  }))
  return { sign, signWidth: 33, text: symptoms.shade }
}

function summaryOf({ phases }: SymptomPhaseData, rows: readonly Row[], words: ChartWords): string {
  const { symptoms } = words
  const all = rows.flatMap(({ name, cells }) =>
    cells.map((cell, index) => ({ name, phase: phases[index]?.name ?? '', ...cell })),
  )
  const most = all.toSorted((a, b) => b.share - a.share || b.count - a.count)[0]
  const observed = phases
    .map(({ name, days }) => `${name}: ${counted(whole(days), words.days, words)}`)
    .join('; ')
  const first =
    !most || most.count === 0
      ? symptoms.none
      : fill(symptoms.summary, {
          symptom: most.name,
          phase: most.phase,
          count: most.count,
          days: counted(most.days, words.days, words),
        })
  return [first, observed === '' ? '' : `${observed}.`].filter((text) => text !== '').join(' ')
}
