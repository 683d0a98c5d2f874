/** The temperature curve in words: a summary, and a row for each day on which there is anything. */
import type { ChartOptions, ChartTable } from './chart.ts'
import {
  chartDays,
  dateOfDay,
  fertileDays,
  soundCoverLine,
  type ChartDay,
  type TemperatureChartData,
} from './temperature-data.ts'
import { temperatureText } from './temperature-unit.ts'
import { counted, dateText, fill } from './wording.ts'
import type { ChartWords } from './words.ts'

/** What the evaluation and her own marks say of a day. */
function marksOf(
  day: ChartDay,
  isFertile: 'no' | 'observed' | 'predicted',
  words: ChartWords,
): string {
  const { temperature } = words
  const { isLeftOut, baseNumber, highNumber, isPeak } = day
  return [
    isLeftOut ? temperature.leftOut : '',
    baseNumber === undefined ? '' : fill(temperature.baseReading, { n: baseNumber }),
    highNumber === undefined ? '' : fill(temperature.highReading, { n: highNumber }),
    isPeak ? temperature.peak : '',
    isFertile === 'observed' ? temperature.fertile : '',
    isFertile === 'predicted' ? temperature.fertilePredicted : '',
  ]
    .filter((text) => text !== '')
    .join(', ')
}

const word = (list: readonly string[], at: number | undefined): string =>
  at === undefined ? '' : (list[at] ?? '')

function cervixText({ cervix }: ChartDay, { temperature }: ChartWords): string {
  if (!cervix) return ''
  const { opening, firmness, position } = cervix
  return [
    word(temperature.cervixOpening, opening),
    word(temperature.cervixFirmness, firmness),
    word(temperature.cervixPosition, position),
  ]
    .filter((text) => text !== '')
    .join(', ')
}

function mucusText({ mucus }: ChartDay, { temperature }: ChartWords): string {
  if (mucus === undefined) return ''
  return `${temperature.mucusSigns[mucus] ?? ''} (${temperature.mucusMeanings[mucus] ?? ''})`
}

/** The rows; fertile days on which nothing was noted have one too. */
export function temperatureTable(data: TemperatureChartData, options: ChartOptions): ChartTable {
  const { words, temperatureUnit = 'celsius' } = options
  const { temperature } = words
  const window = fertileDays(data)
  const byDay = new Map(chartDays(data).days.map((day) => [day.day, day]))
  if (window)
    for (let day = window.from; day <= Math.min(window.to, window.from + 60); day += 1)
      if (!byDay.has(day)) byDay.set(day, { day, date: dateOfDay(data.start, day) })
  const isFertile = (day: number): 'no' | 'observed' | 'predicted' =>
    !window || day < window.from || day > window.to
      ? 'no'
      : window.isPredicted
        ? 'predicted'
        : 'observed'
  return {
    caption: fill(temperature.title, { date: dateText(data.start, words) }),
    columns: [
      temperature.day,
      temperature.date,
      temperature.temperature,
      temperature.bleeding,
      temperature.mucus,
      temperature.cervix,
      temperature.ovulationTest,
      temperature.marks,
    ],
    rows: [...byDay.values()]
      .toSorted((a, b) => a.day - b.day)
      .map((day) => [
        String(day.day),
        dateText(day.date, words),
        day.celsius === undefined ? '' : temperatureText(day.celsius, temperatureUnit, words),
        day.bleeding === undefined ? '' : (words.bleedingLevels[day.bleeding] ?? ''),
        mucusText(day, words),
        cervixText(day, words),
        day.test === undefined ? '' : (temperature.testResults[day.test] ?? ''),
        marksOf(day, isFertile(day.day), words),
      ]),
  }
}

/** Some sentences on what the curve shows. */
export function temperatureSummary(data: TemperatureChartData, options: ChartOptions): string {
  const { words, temperatureUnit = 'celsius' } = options
  const { temperature } = words
  const degrees = (celsius: number): string => temperatureText(celsius, temperatureUnit, words)
  const { days, drawn } = chartDays(data)
  const readings = days.filter((day) => day.celsius !== undefined)
  const counting = readings.filter(({ isLeftOut }) => !isLeftOut).map((day) => day.celsius!)
  const sentences = [
    fill(temperature.summaryStart, {
      date: dateText(data.start, words),
      days: counted(drawn, words.days, words),
    }),
    counting.length === 0
      ? temperature.summaryNoReadings
      : fill(temperature.summaryReadings, {
          n: counting.length,
          low: degrees(Math.min(...counting)),
          high: degrees(Math.max(...counting)),
        }),
  ]
  const leftOut = readings.length - counting.length
  if (leftOut > 0) sentences.push(fill(temperature.summaryLeftOut, { n: leftOut }))
  const coverLine = soundCoverLine(data)
  if (coverLine !== undefined)
    sentences.push(fill(temperature.summaryCoverLine, { degrees: degrees(coverLine) }))
  const rise = days.find(({ highNumber }) => highNumber === 1)
  if (rise)
    sentences.push(
      fill(temperature.summaryShift, { day: rise.day, date: dateText(rise.date, words) }),
    )
  const window = fertileDays(data)
  if (window)
    sentences.push(
      fill(window.isPredicted ? temperature.summaryFertilePredicted : temperature.summaryFertile, {
        from: window.from,
        to: window.to,
      }),
    )
  if (days.some(({ day }) => day > drawn))
    sentences.push(fill(temperature.summaryCut, { day: drawn }))
  return sentences.join(' ')
}
