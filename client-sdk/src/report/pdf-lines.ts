/** Breaks text into lines that fit, by the true widths of its characters. */
import type { TextStyle, Typefaces } from './pdf-typefaces.ts'

interface Room {
  readonly width: number
  readonly style: TextStyle
}

/**
 * The lines of a text; line breaks in it are kept, and a word that is wider than a line is broken where
 * it must be. No text has no lines.
 */
export function linesOf(text: string, { width, style }: Room, typefaces: Typefaces): string[] {
  const fits = (line: string): boolean => typefaces.widthOf(line, style) <= width
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .flatMap((paragraph) => breakParagraph(paragraph.trim(), fits))
}

function breakParagraph(paragraph: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/\s+/u)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, fits)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return line === '' ? lines : [...lines, line]
}

/** A word in pieces that fit; a single character is never broken. */
function breakWord(word: string, fits: (line: string) => boolean): string[] {
  if (fits(word)) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(
    word,
  )) {
    if (piece !== '' && !fits(piece + segment)) {
      pieces.push(piece)
      piece = segment
    } else piece += segment
  }
  return piece === '' ? pieces : [...pieces, piece]
}
