/** What every chart is: a drawing, and the same in words for whoever cannot see it. */
import type { Scene } from './scene.ts'
import type { TemperatureUnit } from './temperature-unit.ts'
import type { ChartWords } from './words.ts'

/** Rows of plain text; each has as many cells as there are columns. */
export interface ChartTable {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface Chart {
  readonly title: string
  /** Some short sentences that say what the drawing shows. */
  readonly summary: string
  /** Every number of the drawing. */
  readonly tables: readonly ChartTable[]
  /** On charts that show fertile days: that this is not contraception. It is part of the drawing too. */
  readonly warning?: string
  readonly scene: Scene
}

export interface ChartOptions {
  readonly words: ChartWords
  /** Width of the drawing in CSS pixels: 360, a phone's, unless given; 280 to 4000. */
  readonly width?: number
  /** In which temperatures are shown, wherever there are any: °C unless given. */
  readonly temperatureUnit?: TemperatureUnit
}

const phoneWidth = 360
const leastWidth = 280
const mostWidth = 4000

/** The width to draw at. */
export const drawingWidth = ({ width = phoneWidth }: ChartOptions): number =>
  Number.isFinite(width) ? Math.min(mostWidth, Math.max(leastWidth, width)) : phoneWidth
