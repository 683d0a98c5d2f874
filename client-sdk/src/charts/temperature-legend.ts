/** What the signs of the temperature curve mean; only those that occur are listed. */
import { cervixSign, mucusSign, peakSign, testSign, type Cell } from './temperature-bands.ts'
import type { ChartDay } from './temperature-data.ts'
import { highDot, leftOutDot } from './temperature-plot.ts'
import { bleedingLegend } from './marks.ts'
import type { Line, Shape } from './scene.ts'
import type { LegendEntry } from './sheet.ts'
import type { ChartWords, TemperatureWords } from './words.ts'

const baseNumberSign: Shape = {
  kind: 'text',
  x: 4,
  y: 9.5,
  text: '1',
  size: 9,
  paint: 'ink',
  isBold: true,
  anchor: 'middle',
}

const entry = (text: string, sign: readonly Shape[], signWidth = 12): LegendEntry => ({
  sign,
  signWidth,
  text,
})

const dashes = (stroke: Line['stroke']): Shape[] => [
  { kind: 'line', from: { x: 0, y: 6 }, to: { x: 18, y: 6 }, stroke },
]

interface Shown {
  readonly days: readonly ChartDay[]
  readonly coverLine: number | undefined
  readonly fertile: { readonly isPredicted: boolean } | undefined
}

/** Shading of fertile days: light, between borders that are dashed when it is a prediction. */
export const fertileRect = (
  isPredicted: boolean,
): Pick<Shape & { kind: 'rect' }, 'kind' | 'fill' | 'opacity' | 'stroke'> => ({
  kind: 'rect',
  fill: 'accent',
  opacity: 0.13,
  stroke: { paint: 'accent', width: 0.8, ...(isPredicted && { dash: [3, 2.5] }) },
})

function curveEntries({ days, coverLine, fertile }: Shown, words: TemperatureWords): LegendEntry[] {
  const some = (test: (day: ChartDay) => boolean): boolean => days.some(test)
  const entries: LegendEntry[] = []
  if (some(({ isLeftOut }) => isLeftOut === true))
    entries.push(entry(words.leftOut, leftOutDot({ x: 6, y: 6 }, 3)))
  if (some(({ baseNumber }) => baseNumber !== undefined))
    entries.push(entry(words.baseReadings, [baseNumberSign], 8))
  if (some(({ highNumber }) => highNumber !== undefined))
    entries.push(entry(words.highReadings, highDot({ x: 6, y: 6 }, 2.6)))
  if (coverLine !== undefined)
    entries.push(entry(words.coverLine, dashes({ paint: 'ink', width: 1.2, dash: [6, 3] }), 18))
  if (some(({ highNumber }) => highNumber === 1))
    entries.push(entry(words.shift, dashes({ paint: 'accent', width: 1.2, dash: [1.5, 2.5] }), 18))
  if (fertile)
    entries.push(
      entry(
        fertile.isPredicted ? words.fertilePredicted : words.fertile,
        [{ ...fertileRect(fertile.isPredicted), x: 0, y: 0, width: 16, height: 12 }],
        16,
      ),
    )
  return entries
}

/** Signs side by side, from the least to the most. */
const scaleOf = (count: number, sign: (value: number, cell: Cell) => Shape[]): Shape[] =>
  Array.from({ length: count }, (_, value) =>
    sign(value, { middle: { x: 5 + value * 11, y: 6 }, width: 11, height: 16 }),
  ).flat()

const scaleEntry = (
  name: string,
  values: readonly string[],
  sign: (value: number, cell: Cell) => Shape[],
): LegendEntry =>
  entry(`${name}: ${values.join(', ')}`, scaleOf(values.length, sign), values.length * 11)

function bandEntries(days: readonly ChartDay[], words: ChartWords): LegendEntry[] {
  const { temperature } = words
  const some = (test: (day: ChartDay) => boolean): boolean => days.some(test)
  const entries: LegendEntry[] = []
  if (some(({ bleeding }) => bleeding !== undefined)) entries.push(bleedingLegend(words))
  if (some(({ mucus }) => mucus !== undefined))
    entries.push(scaleEntry(temperature.mucus, temperature.mucusSigns, mucusSign))
  if (some(({ isPeak }) => isPeak === true))
    entries.push(entry(temperature.peak, [peakSign({ x: 6, y: 8 })]))
  if (some(({ cervix }) => cervix !== undefined)) entries.push(cervixEntry(temperature))
  if (some(({ test }) => test !== undefined))
    entries.push(scaleEntry(temperature.ovulationTest, temperature.testResults, testSign))
  return entries
}

function cervixEntry(words: TemperatureWords): LegendEntry {
  const ends = [
    [0, 0],
    [2, 1],
  ] as const
  const text = ends.map(
    ([opening, firmness]) => `${words.cervixOpening[opening]} + ${words.cervixFirmness[firmness]}`,
  )
  return scaleEntry(words.cervix, text, (value, cell) => {
    const [opening, firmness] = ends[value] ?? ends[0]
    return cervixSign({ opening, firmness }, cell)
  })
}

/** The legend of what is shown. */
export const temperatureLegend = (shown: Shown, words: ChartWords): LegendEntry[] => [
  ...curveEntries(shown, words.temperature),
  ...bandEntries(shown.days, words),
]
