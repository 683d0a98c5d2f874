/** The parts of a report after its summary: charts, the days as a table, and the notes. */
import { daysBetween, type CivilDate } from '../calendar/civil-date.ts'
import type { Cycle } from '../calendar/cycle.ts'
import type { DayValues } from '../calendar/field.ts'
import type { LoggedDay } from '../calendar/logged-day.ts'
import type { Chart } from '../charts/chart.ts'
import { dateText } from '../charts/wording.ts'
import {
  bleedingWords,
  cervixWords,
  mucusWords,
  noteWords,
  otherWords,
  ovulationTestWords,
  symptomWords,
  temperatureWords,
} from './day-wording.ts'
import { drawShapes } from './pdf-scene.ts'
import {
  contentWidth,
  inks,
  margin,
  paper,
  writeHeading,
  writeParagraph,
  writeText,
  type Sheet,
} from './pdf-sheet.ts'
import { writeTable } from './pdf-table.ts'
import { reportedDays, type ReportInput } from './report-input.ts'
import type { ReportWords } from './words.ts'

/** Width at which charts for a report are best drawn: on paper their labels are then 8 points high. */
export const reportChartWidth = 660
/** A chart may take so much of the height of a page, and is made smaller if it is taller. */
const mostChartHeight = (paper.height - margin.top - margin.bottom) * 0.72

const summaryStyle = { size: 8.5 } as const

/** Writes the charts, each with its summary; what a chart's table says is in the table of days. */
export function writeCharts(sheet: Sheet, charts: readonly Chart[], words: ReportWords): void {
  writeHeading(sheet, words.pdf.charts, 'H2', 200)
  if (charts.length === 0) writeParagraph(sheet, words.pdf.noCharts)
  for (const chart of charts) writeChart(sheet, chart)
}

function writeChart(sheet: Sheet, { title, summary, warning, scene }: Chart): void {
  const scale = Math.min(contentWidth / scene.width, mostChartHeight / scene.height)
  const height = scene.height * scale
  writeHeading(sheet, title, 'H3', height + 44)
  const top = sheet.y()
  const alt = warning === undefined ? summary : `${summary} ${warning}`
  sheet.mark(
    'Figure',
    () => {
      sheet.doc.save().translate(margin.left, top).scale(scale)
      drawShapes(sheet, scene.shapes)
      sheet.doc.restore()
    },
    { alt, bbox: [margin.left, top, margin.left + scene.width * scale, top + height] },
  )
  sheet.moveTo(top + height + 4)
  writeText(sheet, summary, { type: 'P', style: summaryStyle, color: inks.soft, after: 8 })
}

/** The day of the cycle in which a date lies. */
function cycleDay(date: CivilDate, cycles: readonly Cycle[]): string {
  const cycle = cycles.findLast(({ start }) => start <= date)
  return cycle ? String(daysBetween(cycle.start, date) + 1) : ''
}

/** Writes a row for each day on which there is anything. */
export function writeDayTable(sheet: Sheet, input: ReportInput): void {
  const { words, cycles } = input
  const { charts, day, pdf } = words
  const days = reportedDays(input)
  writeHeading(sheet, pdf.table, 'H2', 80)
  if (days.length === 0) {
    writeParagraph(sheet, pdf.noEntries)
    return
  }
  const columns: readonly Column[] = [
    { head: charts.temperature.date, share: 12, of: ({ date }) => dateText(date, charts) },
    { head: day.cycleDay, share: 5, of: ({ date }) => cycleDay(date, cycles) },
    ...observed(words).filter(({ of }) => days.some((each) => of(each) !== '')),
  ]
  writeTable(sheet, {
    columns: columns.map(({ head }) => head),
    widths: columns.map(({ share }) => share),
    size: 7.5,
    hasRowHeads: true,
    rows: days.map((each) => columns.map(({ of }) => of(each))),
  })
}

interface Column {
  readonly head: string
  readonly share: number
  readonly of: (day: LoggedDay) => string
}

/** What may have been observed; a column in which nothing stands is left out. */
function observed(words: ReportWords): Column[] {
  const { charts, day } = words
  const column = (
    head: string,
    share: number,
    tell: (values: DayValues, words: ReportWords) => string,
  ): Column => ({ head, share, of: ({ values }) => tell(values, words) })
  return [
    column(charts.temperature.bleeding, 13, bleedingWords),
    column(day.temperature, 8, temperatureWords),
    column(charts.temperature.mucus, 8, mucusWords),
    column(charts.temperature.cervix, 13, cervixWords),
    column(charts.temperature.ovulationTest, 9, ovulationTestWords),
    column(day.symptoms, 26, symptomWords),
    column(day.other, 22, otherWords),
  ]
}

/** Writes the notes, each with its date and what it is about. */
export function writeNotes(sheet: Sheet, input: ReportInput): void {
  const { words } = input
  writeHeading(sheet, words.pdf.notes, 'H2', 60)
  const notes = reportedDays(input).flatMap(({ date, values }) =>
    noteWords(values, words).map((note) => ({ date, ...note })),
  )
  if (notes.length === 0) writeParagraph(sheet, words.pdf.noNotes)
  for (const { date, about, text } of notes) {
    writeHeading(sheet, `${dateText(date, words.charts)} · ${about}`, 'H3', 14)
    writeParagraph(sheet, text)
  }
}
