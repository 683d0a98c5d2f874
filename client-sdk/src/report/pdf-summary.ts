/** The first page: whom and when the report is about, the numbers, what stands out, how to read it. */
import { fill, percent } from '../charts/wording.ts'
import { bleedingRows, cycleRows, temperatureRows, type FactRow } from './fact-rows.ts'
import { reportFacts, type ReportFacts } from './report-facts.ts'
import type { ReportInput } from './report-input.ts'
import { writeHeading, writeItem, writeParagraph, type Sheet } from './pdf-sheet.ts'
import { writeTable } from './pdf-table.ts'
import type { ReportWords } from './words.ts'

/** More symptoms would hide those that matter. */
const mostSymptoms = 12

function writeRows(sheet: Sheet, heading: string, rows: readonly FactRow[]): void {
  if (rows.length === 0) return
  writeHeading(sheet, heading, 'H3', 80)
  writeTable(sheet, { columns: [], widths: [45, 55], rows, hasRowHeads: true })
}

function writeSymptoms(
  sheet: Sheet,
  { symptoms, loggedDays }: ReportFacts,
  words: ReportWords,
): void {
  const { pdf, charts } = words
  writeHeading(sheet, pdf.symptoms, 'H3', 80)
  if (symptoms.length === 0) {
    writeParagraph(sheet, pdf.noSymptoms)
    return
  }
  writeTable(sheet, {
    columns: [pdf.symptom, pdf.days, pdf.share],
    widths: [45, 20, 35],
    hasRowHeads: true,
    rows: symptoms.slice(0, mostSymptoms).map((symptom) => [
      symptom.name,
      String(symptom.days),
      fill(pdf.shareOfDays, {
        share: percent(symptom.days / Math.max(1, loggedDays), charts),
        days: loggedDays,
      }),
    ]),
  })
}

/** Writes the summary. */
export function writeSummary(sheet: Sheet, input: ReportInput): void {
  const { words, insights = [] } = input
  const found = reportFacts(input)
  writeHeading(sheet, words.pdf.summary, 'H2')
  writeRows(sheet, words.pdf.cycles, cycleRows(found, words))
  writeRows(sheet, words.pdf.bleeding, bleedingRows(found, words))
  writeRows(sheet, words.pdf.temperature, temperatureRows(found, words))
  writeSymptoms(sheet, found, words)
  if (insights.length > 0) {
    writeHeading(sheet, words.pdf.insights, 'H3')
    for (const insight of insights) writeItem(sheet, insight)
  }
  writeHeading(sheet, words.pdf.howToRead, 'H3')
  for (const text of words.pdf.reading) writeParagraph(sheet, text)
}
