/** What the cells of one column of a table seem to be, found by looking at each of them once. */
import { readClock, readFlag, readQuantity } from './cell-value.ts'
import { isFahrenheit } from './unit.ts'
import { dateOrders, readWrittenDate, type DateOrder } from './written-date.ts'

/** What all filled cells of a column are; `words` are few different ones, and short. */
export type CellKind = 'nothing' | 'date' | 'time' | 'flag' | 'number' | 'words' | 'text'

export interface CsvColumn {
  readonly name: string
  /** Cells that are not blank. */
  readonly filled: number
  readonly kind: CellKind
  /** The orders in which every filled cell is a date; empty unless the kind is `date`. */
  readonly dateOrders: readonly DateOrder[]
}

/** Different cells of a column of words, at most. */
export const maxWords = 40
/** Characters of a cell that is a word, at most. */
export const maxWordLength = 60

/** What is still possible for a column after the cells that were looked at. */
export interface Sight {
  filled: number
  orders: readonly DateOrder[]
  isTime: boolean
  isFlag: boolean
  isNumber: boolean
  /** Whether all cells are temperatures of a body in that unit. */
  isFahrenheit: boolean
  isCelsius: boolean
  isText: boolean
  readonly words: Set<string>
}

/** A column of which nothing was seen yet. */
export const unseen = (): Sight => ({
  filled: 0,
  orders: dateOrders,
  isTime: true,
  isFlag: true,
  isNumber: true,
  isFahrenheit: true,
  isCelsius: true,
  isText: false,
  words: new Set(),
})

/** Looks at one more cell, without blanks around. */
export function lookAt(sight: Sight, cell: string): void {
  if (cell === '') return
  const number = readQuantity(cell)?.number
  sight.filled += 1
  sight.orders = sight.orders.filter((order) => readWrittenDate(cell, order) !== undefined)
  sight.isTime &&= readClock(cell) !== undefined
  sight.isFlag &&= readFlag(cell) !== undefined
  sight.isNumber &&= number !== undefined
  sight.isFahrenheit &&= number !== undefined && isFahrenheit(number)
  sight.isCelsius &&= number !== undefined && number >= 30 && number <= 45
  sight.isText ||= cell.length > maxWordLength || sight.words.size > maxWords
  if (!sight.isText) sight.words.add(cell)
}

function kindOf(sight: Sight): CellKind {
  if (sight.filled === 0) return 'nothing'
  if (sight.orders.length > 0) return 'date'
  if (sight.isFlag) return 'flag'
  if (sight.isNumber) return 'number'
  if (sight.isTime) return 'time'
  return sight.isText ? 'text' : 'words'
}

/** What a column is, when all its cells were looked at. */
export function columnOf(name: string, sight: Sight): CsvColumn {
  const kind = kindOf(sight)
  const { filled, orders } = sight
  return { name, filled, kind, dateOrders: kind === 'date' ? orders : [] }
}
