/**
 * Lengths from a CSV file with a row for each cycle, in order, and columns for the person, the length of
 * the cycle and, if there is one, the day of ovulation from 1. Names of columns may vary, and so may the
 * separator; a person who is left blank is that of the row above.
 */

export interface ChartedCycle {
  readonly length: number
  readonly ovulationDay: number | undefined
}

/** Names of columns in lower case and without other signs, the first that is found. */
const columns = {
  person: [/^(user|client|woman|person|patient|subject|participant)/, /^id/],
  length: [/^(cyclelength|lengthofcycle)/, /^length$/],
  ovulation: [/ovulationday|dayofovulation/, /ovulation/],
} as const

/**
 * Reads the cycles of each person.
 *
 * @throws Error when there is no column for the person or the length.
 */
export function parseLengthFile(text: string): ChartedCycle[][] {
  const [heading = [], ...rows] = cellsOf(text)
  const names = heading.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const [person, length, ovulation] = Object.values(columns).map((patterns) =>
    columnOf(names, patterns),
  )
  if (person! < 0 || length! < 0)
    throw new Error('the file needs a column for the person and one for the length of the cycle')
  const people = new Map<string, ChartedCycle[]>()
  let key = ''
  for (const row of rows) {
    const days = dayOf(row[length!])
    key = row[person!] || key
    if (days === undefined) continue
    if (!people.has(key)) people.set(key, [])
    people.get(key)!.push({ length: days, ovulationDay: dayOf(row[ovulation!]) })
  }
  return [...people.values()]
}

function columnOf(names: readonly string[], patterns: readonly RegExp[]): number {
  const columns = patterns.map((pattern) => names.findIndex((name) => pattern.test(name)))
  return columns.find((at) => at >= 0) ?? -1
}

function cellsOf(text: string): string[][] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const separator = ['\t', ';', ','].find((mark) => lines[0]?.includes(mark)) ?? ','
  return lines.map((line) =>
    line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
  )
}

/** A whole number of days, at least one. */
function dayOf(cell: string | undefined): number | undefined {
  const days = Number(cell === '' ? undefined : cell)
  return Number.isInteger(days) && days > 0 ? days : undefined
}
