/**
 * Text in the typefaces of a report. Each character is set in the first face that has it; one that no
 * face has becomes a visible placeholder and is counted, so that nothing disappears unnoticed.
 */
import type { Font } from 'fontkit'
import type { PDFDocument } from 'pdfkit'

/** Files of fonts (TrueType, OpenType, WOFF, WOFF2), the preferred one first. */
export interface ReportFonts {
  readonly regular: readonly Uint8Array[]
  readonly bold: readonly Uint8Array[]
}

/** A stretch of text in one font. */
interface Run {
  readonly font: string
  readonly text: string
}

export interface TextStyle {
  readonly size: number
  readonly isBold?: boolean
}

export interface Typefaces {
  /** Width of a line, points. */
  readonly widthOf: (text: string, style: TextStyle) => number
  /** Sets a line from `x` on the baseline `y`; placeholders in it are counted. */
  readonly draw: (
    text: string,
    at: { readonly x: number; readonly y: number },
    style: TextStyle,
  ) => void
  /** Characters that were replaced so far. */
  readonly missing: () => number
  readonly placeholder: string
}

interface Face {
  readonly name: string
  readonly font: Font
}

const placeholders = ['\u25AF', '\u25A1', '\uFFFD', '?'] as const
/** Characters without a look of their own: a face need not have them. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu

type Create = (bytes: Uint8Array) => Font

function facesOf(files: readonly Uint8Array[], prefix: string, create: Create): Face[] {
  if (files.length === 0) throw new TypeError('a report needs a regular and a bold font')
  return files.map((bytes, index) => ({ name: `${prefix}${index}`, font: create(bytes) }))
}

const hasAll = ({ font }: Face, text: string): boolean =>
  Array.from(text).every((character) => font.hasGlyphForCodePoint(character.codePointAt(0)!))

/** Splits text into runs; remembers where each character is found. */
function createRuns(faces: readonly Face[], placeholder: string) {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const found = new Map<string, { face: Face; text: string; isMissing: boolean }>()
  const first = faces[0]!
  const place = (grapheme: string) => {
    const known = found.get(grapheme)
    if (known) return known
    const text = grapheme.replaceAll(/\s/gu, ' ').replaceAll(unseen, '')
    const face = faces.find((each) => hasAll(each, text))
    const placed = face
      ? { face, text, isMissing: false }
      : {
          face: faces.find((each) => hasAll(each, placeholder)) ?? first,
          text: placeholder,
          isMissing: true,
        }
    found.set(grapheme, placed)
    return placed
  }
  return (text: string): { runs: Run[]; missing: number } => {
    const runs: { font: string; text: string }[] = []
    let missing = 0
    for (const { segment } of segmenter.segment(text.toWellFormed().normalize('NFC'))) {
      const { face, text: set, isMissing } = place(segment)
      if (isMissing) missing += 1
      const last = runs.at(-1)
      if (last?.font === face.name) last.text += set
      else runs.push({ font: face.name, text: set })
    }
    return { runs, missing }
  }
}

/** Reads the fonts and gives them to the document; throws TypeError when one list is empty. */
export function createTypefaces(
  doc: PDFDocument,
  { regular, bold }: ReportFonts,
  create: Create,
): Typefaces {
  const plain = facesOf(regular, 'regular', create)
  const strong = facesOf(bold, 'bold', create)
  for (const { name, font } of [...plain, ...strong]) doc.registerFont(name, font)
  const placeholder =
    placeholders.find((sign) =>
      [plain, strong].every((faces) => faces.some((face) => hasAll(face, sign))),
    ) ?? '?'
  const runsOf = { plain: createRuns(plain, placeholder), strong: createRuns(strong, placeholder) }
  let count = 0

  const split = (text: string, { isBold }: TextStyle) =>
    (isBold ? runsOf.strong : runsOf.plain)(text)
  const widthOfRun = ({ font, text }: Run, size: number): number =>
    doc.font(font).fontSize(size).widthOfString(text)

  return {
    placeholder,
    missing: () => count,
    widthOf: (text, style) =>
      split(text, style).runs.reduce((sum, run) => sum + widthOfRun(run, style.size), 0),
    draw(text, { x, y }, style) {
      const { runs, missing } = split(text, style)
      count += missing
      let left = x
      for (const run of runs) {
        if (run.text === '') continue
        doc.font(run.font).fontSize(style.size)
        doc.text(run.text, left, y, { lineBreak: false, baseline: 'alphabetic' })
        left += widthOfRun(run, style.size)
      }
    },
  }
}
