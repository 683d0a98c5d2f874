/**
 * The paper that a report is written on: pages of A4, a place that moves down them, and the tags that
 * tell a screen reader what is a heading, a paragraph, a table or a figure (PDF 1.7, section 14.8).
 */
import type { PDFDocument, StructureElement, StructureOptions } from 'pdfkit'
import { linesOf } from './pdf-lines.ts'
import type { TextStyle, Typefaces } from './pdf-typefaces.ts'

/** A4, points. */
export const paper = { width: 595.28, height: 841.89 } as const
export const margin = { left: 48, right: 48, top: 52, bottom: 62 } as const
export const contentWidth = paper.width - margin.left - margin.right
const bottom = paper.height - margin.bottom

export const inks = { text: '#000000', soft: '#404040', line: '#c4c4c4', fill: '#f0f0f0' } as const

export interface Sheet {
  readonly doc: PDFDocument
  readonly typefaces: Typefaces
  /** Where the next thing begins, from the top of the page. */
  readonly y: () => number
  readonly moveTo: (y: number) => void
  readonly skip: (height: number) => void
  /** Begins a page unless so much room is left on this one; says whether it did. */
  readonly ensure: (height: number) => boolean
  readonly newPage: () => void
  /** A part of the document for what `write` adds to it. */
  readonly part: (
    type: string,
    write: (parent: StructureElement) => void,
    within?: StructureElement,
  ) => void
  /** Marks what `draw` puts on this page as an element of that type. */
  readonly mark: (type: string, draw: () => void, options?: MarkOptions) => void
  /** Marks what `draw` puts on this page as decoration, which is not read out. */
  readonly decorate: (draw: () => void) => void
}

export interface MarkOptions extends StructureOptions {
  readonly within?: StructureElement | undefined
}

/** Begins a document with an empty first page. */
export function createSheet(doc: PDFDocument, typefaces: Typefaces): Sheet {
  const root = doc.struct('Document')
  doc.addStructure(root)
  doc.addPage()
  let y: number = margin.top
  const newPage = (): void => {
    doc.addPage()
    y = margin.top
  }
  return {
    doc,
    typefaces,
    y: () => y,
    moveTo(to) {
      y = to
    },
    skip(height) {
      y += height
    },
    ensure(height) {
      if (y + height <= bottom || y === margin.top) return false
      newPage()
      return true
    },
    newPage,
    part(type, write, within = root) {
      const element = doc.struct(type)
      within.add(element)
      write(element)
      element.end()
    },
    mark(type, draw, { within = root, ...options } = {}) {
      const element = doc.struct(type, options)
      within.add(element)
      element.add(doc.markStructureContent(type))
      draw()
      doc.endMarkedContent()
      element.end()
    },
    decorate(draw) {
      doc.markContent('Artifact')
      draw()
      doc.endMarkedContent()
    },
  }
}

interface Paragraph {
  readonly type: 'H1' | 'H2' | 'H3' | 'P' | 'LI'
  readonly style: TextStyle
  readonly color?: string
  readonly leading?: number
  /** Points from the left margin. */
  readonly indent?: number
  /** Points of room after it. */
  readonly after?: number
  /** A mark before the first line, such as a bullet. */
  readonly bullet?: string
  /** Points that must follow on the same page, so that a heading does not stand alone. */
  readonly keep?: number
}

/** Writes text down the sheet, over pages where it must. */
export function writeText(sheet: Sheet, text: string, paragraph: Paragraph): void {
  const { type, style, color = inks.text, leading = style.size * 1.38, indent = 0 } = paragraph
  const lines = linesOf(text, { width: contentWidth - indent, style }, sheet.typefaces)
  if (lines.length === 0) return
  sheet.ensure(leading * Math.min(lines.length, 2) + (paragraph.keep ?? 0))
  let rest = lines
  while (rest.length > 0) {
    const room = Math.max(1, Math.floor((bottom - sheet.y()) / leading))
    const now = rest.slice(0, room)
    sheet.mark(type, () => {
      sheet.doc.fillColor(color, 1)
      if (paragraph.bullet !== undefined && rest === lines)
        sheet.typefaces.draw(
          paragraph.bullet,
          { x: margin.left + indent - 11, y: sheet.y() + style.size },
          style,
        )
      for (const line of now) {
        sheet.typefaces.draw(line, { x: margin.left + indent, y: sheet.y() + style.size }, style)
        sheet.skip(leading)
      }
    })
    rest = rest.slice(room)
    if (rest.length > 0) sheet.newPage()
  }
  sheet.skip(paragraph.after ?? 0)
}

const headings = {
  H1: { size: 20, before: 0, after: 8 },
  H2: { size: 13.5, before: 14, after: 5 },
  H3: { size: 10.5, before: 9, after: 3 },
} as const

/** A heading; `keep` points of what it heads are kept with it. */
export function writeHeading(
  sheet: Sheet,
  text: string,
  type: 'H1' | 'H2' | 'H3',
  keep = 60,
): void {
  const { size, before, after } = headings[type]
  if (sheet.y() > margin.top) sheet.skip(before)
  writeText(sheet, text, { type, style: { size, isBold: true }, after, keep })
}

const body: TextStyle = { size: 9.5 }

/** A paragraph of plain text, or of bold text. */
export const writeParagraph = (sheet: Sheet, text: string, isBold = false): void =>
  writeText(sheet, text, { type: 'P', style: { ...body, isBold }, after: 5 })

/** An item of a list. */
export const writeItem = (sheet: Sheet, text: string): void =>
  writeText(sheet, text, { type: 'P', style: body, indent: 12, bullet: '•', after: 3 })
