/** What a benchmark found: lines for people, and one line for machines. */
import { arch, cpus, platform, totalmem } from 'node:os'

/** What every benchmark is given. */
export interface BenchOptions {
  /** Writes to standard output. */
  readonly say: (text: string) => void
  /** Whatever is random follows from it. */
  readonly seed: string
  /** A file to measure with, where the benchmark takes one. */
  readonly data?: string | undefined
  /** Measure with much data, where the benchmark knows how. */
  readonly large: boolean
  /** Measure in a browser, where the benchmark knows how. */
  readonly browser: boolean
}

/** One figure. What does not apply is null. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The figure of what it is compared with, from the same run. */
  readonly against: number | null
  /** `value / against`. */
  readonly ratio: number | null
  /** What it should be, in words. */
  readonly bar: string | null
  readonly ok: boolean | null
}

interface Bar {
  readonly of: 'value' | 'ratio'
  readonly least?: number
  readonly most?: number
}

interface Judged {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly against?: number
  readonly bar?: Bar
}

/** Compares a value with another and with its bar. */
export function figure({ name, value, unit, against, bar }: Judged): Figure {
  const ratio = against === undefined ? null : value / against
  const judged = bar?.of === 'ratio' ? ratio : value
  const { least = -Infinity, most = Infinity } = bar ?? {}
  return {
    name,
    value,
    unit,
    against: against ?? null,
    ratio,
    bar: bar ? sayBar(bar) : null,
    ok: bar && judged !== null ? least <= judged && judged <= most : null,
  }
}

const sayBar = ({ of, least, most }: Bar): string =>
  [of, least !== undefined && `≥ ${least}`, most !== undefined && `≤ ${most}`]
    .filter(Boolean)
    .join(' ')

/** What the figures were measured on. */
export const machine = (): object => ({
  platform: platform(),
  arch: arch(),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryBytes: totalmem(),
  node: process.version,
})

/** Rows under a heading, in columns; numbers to three places. */
export function table(heading: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [heading, ...rows.map((row) => row.map(sayCell))]
  const widths = heading.map((_, i) => Math.max(...texts.map((row) => row[i]!.length)))
  const lines = texts.map((row) =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}

type Cell = string | number | null | undefined

function sayCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '–'
  if (typeof cell === 'string') return cell
  return Number.isInteger(cell) ? String(cell) : cell.toFixed(3)
}
