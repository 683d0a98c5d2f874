/**
 * A report for a clinician as a PDF, made on the device. The same input gives the same bytes on the same
 * platform: dates come in, and nothing is random.
 */
import type { PDFDocument } from 'pdfkit'
import type { Chart } from '../charts/chart.ts'
import { dateText, fill } from '../charts/wording.ts'
import { writeCharts, writeDayTable, writeNotes } from './pdf-sections.ts'
import {
  contentWidth,
  createSheet,
  inks,
  margin,
  paper,
  writeHeading,
  writeParagraph,
  type Sheet,
} from './pdf-sheet.ts'
import { writeSummary } from './pdf-summary.ts'
import { writeTable } from './pdf-table.ts'
import { createTypefaces, type ReportFonts, type Typefaces } from './pdf-typefaces.ts'
import type { ReportInput } from './report-input.ts'

/** What may be in a report, in the order in which it is written. */
export const reportParts = ['summary', 'charts', 'table', 'notes'] as const
export type ReportPart = (typeof reportParts)[number]

export interface PdfReportInput extends ReportInput {
  readonly contents: readonly ReportPart[]
  /** As she wishes to be named; without it the report names nobody. */
  readonly name?: string
  /** Drawn for the width `reportChartWidth`. */
  readonly charts?: readonly Chart[]
  /** Files that the app ships, so that nothing is fetched from elsewhere; they are embedded in part. */
  readonly fonts: ReportFonts
}

/**
 * Makes the report. PDFKit is loaded when this is first called. Throws TypeError when a list of fonts is
 * empty, and what fontkit throws when a font cannot be read.
 */
export async function createPdfReport(input: PdfReportInput): Promise<Uint8Array> {
  const [{ PDFDocument }, { create }] = await Promise.all([import('pdfkit'), import('fontkit')])
  const { words, madeOn } = input
  const doc = new PDFDocument({
    size: [paper.width, paper.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    font: null,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: words.charts.language,
    info: {
      Title: words.pdf.title,
      Creator: 'Selene',
      CreationDate: new Date(`${madeOn}T00:00:00Z`),
    },
  })
  const bytes = collect(doc)
  const typefaces = createTypefaces(doc, input.fonts, create)
  const sheet = createSheet(doc, typefaces)
  writeHead(sheet, input)
  for (const part of reportParts) if (input.contents.includes(part)) write[part](sheet, input)
  writeMissing(sheet, input)
  writeFooters(doc, typefaces, input)
  doc.end()
  return bytes
}

const write: Readonly<Record<ReportPart, (sheet: Sheet, input: PdfReportInput) => void>> = {
  summary: writeSummary,
  charts: (sheet, { charts = [], words }) => writeCharts(sheet, charts, words),
  table: writeDayTable,
  notes: writeNotes,
}

/** Title, whom it is about, which days, and what it is not. */
function writeHead(sheet: Sheet, { words, name, range, madeOn }: PdfReportInput): void {
  const { pdf, charts } = words
  writeHeading(sheet, pdf.title, 'H1')
  writeTable(sheet, {
    columns: [],
    widths: [22, 78],
    size: 9.5,
    hasRowHeads: true,
    rows: [
      ...(name === undefined || name.trim() === '' ? [] : [[pdf.name, name]]),
      [
        pdf.period,
        fill(pdf.periodValue, {
          from: dateText(range.from, charts),
          to: dateText(range.to, charts),
        }),
      ],
      [pdf.made, fill(pdf.madeValue, { date: dateText(madeOn, charts) })],
    ],
  })
  writeParagraph(sheet, pdf.disclaimer, true)
}

/** Says that characters are missing, where there are any. */
function writeMissing(sheet: Sheet, { words }: PdfReportInput): void {
  const n = sheet.typefaces.missing()
  if (n === 0) return
  sheet.skip(12)
  writeParagraph(sheet, fill(words.pdf.missing, { n, placeholder: sheet.typefaces.placeholder }))
}

/** On every page: what this is and what it is not, and its number. Screen readers pass over it. */
function writeFooters(doc: PDFDocument, typefaces: Typefaces, { words }: PdfReportInput): void {
  const { start, count } = doc.bufferedPageRange()
  const style = { size: 8 }
  const y = paper.height - 34
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(start + index)
    doc.markContent('Artifact', { type: 'Pagination' })
    doc.save().fillColor(inks.soft, 1)
    typefaces.draw(`${words.pdf.title} · ${words.pdf.disclaimer}`, { x: margin.left, y }, style)
    const page = fill(words.pdf.page, { n: index + 1, count })
    const x = margin.left + contentWidth - typefaces.widthOf(page, style)
    typefaces.draw(page, { x, y }, style)
    doc.restore()
    doc.endMarkedContent()
  }
}

/** Everything that the document writes until it ends. */
function collect(doc: PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk) => chunks.push(chunk))
    doc.on('error', reject)
    doc.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
      let at = 0
      for (const chunk of chunks) {
        bytes.set(chunk, at)
        at += chunk.length
      }
      resolve(bytes)
    })
  })
}
