/** Tables that run over pages: rows are never split unless they are taller than a page, and each page repeats the header. */
import type { StructureElement } from 'pdfkit'
import { linesOf } from './pdf-lines.ts'
import { contentWidth, inks, margin, paper, type Sheet } from './pdf-sheet.ts'
import type { TextStyle } from './pdf-typefaces.ts'

export interface PdfTable {
  /** None for a table without a header. */
  readonly columns: readonly string[]
  /** Shares of the width that remains once each column has room for its longest word. */
  readonly widths: readonly number[]
  readonly rows: readonly (readonly string[])[]
  readonly size?: number
  /** Whether the first cell of a row names it. */
  readonly hasRowHeads?: boolean
}

interface Layout {
  /** Left edge and width of each column, points. */
  readonly places: readonly { readonly x: number; readonly width: number }[]
  readonly style: TextStyle
  readonly leading: number
  readonly hasRowHeads: boolean
}

const padding = 3
const mostHeight = paper.height - margin.top - margin.bottom

function layoutOf(sheet: Sheet, table: PdfTable): Layout {
  const { size = 8.5, hasRowHeads = false } = table
  const style = { size }
  let x: number = margin.left
  const places = columnWidths(longestWords(sheet, table, style), table.widths).map((width) => {
    const place = { x, width }
    x += width
    return place
  })
  return { places, style, leading: size * 1.3, hasRowHeads }
}

/** Room that the longest word of each column needs, or the longest name of a row; very long ones are broken. */
function longestWords(
  sheet: Sheet,
  { columns, widths, rows, hasRowHeads }: PdfTable,
  style: TextStyle,
): number[] {
  const widest = (texts: Iterable<string>, isBold: boolean): number =>
    Math.max(0, ...Array.from(texts, (text) => sheet.typefaces.widthOf(text, { ...style, isBold })))
  return widths.map((_, index) => {
    const isWhole = hasRowHeads === true && index === 0
    const texts = rows.map((row) => row[index] ?? '')
    const pieces = new Set(isWhole ? texts : texts.flatMap((text) => text.split(/\s+/u)))
    const head = widest((columns[index] ?? '').split(/\s+/u), true)
    const most = contentWidth / (isWhole ? 3 : Math.max(4, widths.length))
    return Math.min(Math.max(head, widest(pieces, false)), most) + 2 * padding + 1
  })
}

/** Shares of the width, but nowhere less than is needed. */
function columnWidths(needed: readonly number[], shares: readonly number[]): number[] {
  const fixed = new Set<number>()
  for (;;) {
    const free = shares.filter((_, index) => !fixed.has(index))
    const room = contentWidth - [...fixed].reduce((total, index) => total + (needed[index] ?? 0), 0)
    const sum = free.reduce((total, share) => total + share, 0)
    const widthOf = (index: number): number =>
      fixed.has(index) ? (needed[index] ?? 0) : ((shares[index] ?? 0) / sum) * room
    const tight = shares.findIndex(
      (_, index) => !fixed.has(index) && widthOf(index) < (needed[index] ?? 0),
    )
    if (tight < 0 || fixed.size === shares.length - 1)
      return shares.map((_, index) => widthOf(index))
    fixed.add(tight)
  }
}

/** Lines of each cell. */
type Cells = readonly (readonly string[])[]

function cellsOf(sheet: Sheet, texts: readonly string[], layout: Layout, isBold: boolean): Cells {
  return layout.places.map(({ width }, index) =>
    linesOf(
      texts[index] ?? '',
      { width: width - 2 * padding, style: { ...layout.style, isBold } },
      sheet.typefaces,
    ),
  )
}

const linesIn = (cells: Cells): number => Math.max(1, ...cells.map((lines) => lines.length))

const heightOf = (cells: Cells, { leading }: Layout): number =>
  linesIn(cells) * leading + 2 * padding

/** Writes the table from where the sheet is. */
export function writeTable(sheet: Sheet, table: PdfTable): void {
  const layout = layoutOf(sheet, table)
  const head = table.columns.length === 0 ? undefined : cellsOf(sheet, table.columns, layout, true)
  const headHeight = head ? heightOf(head, layout) : 0
  const mostLines = Math.floor((mostHeight - headHeight - 2 * padding) / layout.leading)
  sheet.part('Table', (element) => {
    sheet.ensure(headHeight + 3 * layout.leading)
    if (head) writeRow(sheet, head, { layout, isHead: true, within: element })
    for (const texts of table.rows)
      for (const cells of pieces(cellsOf(sheet, texts, layout, false), mostLines)) {
        if (sheet.ensure(heightOf(cells, layout)) && head)
          sheet.decorate(() => drawRow(sheet, head, { layout, isHead: true }))
        writeRow(sheet, cells, { layout, isHead: false, within: element })
      }
  })
  sheet.skip(6)
}

/** A row that is taller than a page, as several rows. */
function pieces(cells: Cells, mostLines: number): Cells[] {
  const count = Math.ceil(linesIn(cells) / mostLines)
  return Array.from({ length: count }, (_, index) =>
    cells.map((lines) => lines.slice(index * mostLines, (index + 1) * mostLines)),
  )
}

interface RowStyle {
  readonly layout: Layout
  readonly isHead: boolean
}

/** A row of the structure: each cell is an element of its own. */
function writeRow(
  sheet: Sheet,
  cells: Cells,
  { layout, isHead, within }: RowStyle & { within: StructureElement },
): void {
  const top = sheet.y()
  const height = heightOf(cells, layout)
  sheet.decorate(() => drawGround(sheet, top, { height, isHead }))
  sheet.part(
    'TR',
    (row) => {
      for (const [index, lines] of cells.entries()) {
        const isRowHead = layout.hasRowHeads && index === 0
        sheet.mark(
          isHead || isRowHead ? 'TH' : 'TD',
          () => drawCell(sheet, lines, { layout, index, top, isHead }),
          {
            within: row,
            ...(isHead && { scope: 'Column' }),
            ...(!isHead && isRowHead && { scope: 'Row' }),
          },
        )
      }
    },
    within,
  )
  sheet.moveTo(top + height)
}

/** The header once more, on a further page. */
function drawRow(sheet: Sheet, cells: Cells, { layout, isHead }: RowStyle): void {
  const top = sheet.y()
  const height = heightOf(cells, layout)
  drawGround(sheet, top, { height, isHead })
  for (const [index, lines] of cells.entries())
    drawCell(sheet, lines, { layout, index, top, isHead })
  sheet.moveTo(top + height)
}

function drawGround(
  { doc }: Sheet,
  top: number,
  { height, isHead }: { height: number; isHead: boolean },
): void {
  doc.save()
  if (isHead) doc.rect(margin.left, top, contentWidth, height).fillColor(inks.fill, 1).fill()
  const y = top + height
  doc
    .moveTo(margin.left, y)
    .lineTo(margin.left + contentWidth, y)
    .strokeColor(isHead ? inks.soft : inks.line)
    .lineWidth(isHead ? 0.8 : 0.5)
    .stroke()
    .restore()
}

interface CellPlace {
  readonly layout: Layout
  readonly index: number
  readonly top: number
  readonly isHead: boolean
}

function drawCell(sheet: Sheet, lines: readonly string[], place: CellPlace): void {
  const { layout, index, top, isHead } = place
  const x = (layout.places[index]?.x ?? margin.left) + padding
  const style = { ...layout.style, isBold: isHead }
  sheet.doc.fillColor(inks.text, 1)
  for (const [line, text] of lines.entries())
    sheet.typefaces.draw(
      text,
      { x, y: top + padding + layout.style.size * 0.95 + line * layout.leading },
      style,
    )
}
