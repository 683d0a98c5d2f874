/**
 * How wide a text is likely to be. Layout must not ask a browser, so widths are estimated, on the wide
 * side of common sans-serif fonts.
 */

const narrow = /[iljtfrI.,:;'’|!()[\]·\s-]/u
const wide = /[mwMW@%—…<>+=→]/u
const tall = /[A-ZÄÖÜÉÈØΩ0-9]/u
const fullWidth =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]|\p{Extended_Pictographic}/u

function emsOf(character: string): number {
  if (fullWidth.test(character)) return 1.1
  if (narrow.test(character)) return 0.38
  if (wide.test(character)) return 0.97
  return tall.test(character) ? 0.68 : 0.62
}

/** Estimated width of a line of text, in the unit of its size. */
export const textWidth = (text: string, size: number): number =>
  Array.from(text).reduce((sum, character) => sum + emsOf(character), 0) * size

/** The words of a text in lines no wider than `width`; a word that is wider has a line of its own. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer, size) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}

/** The text, shortened with an ellipsis until it is no wider than `width`. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text
  const characters = Array.from(text)
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width)
    characters.pop()
  return `${characters.join('').trimEnd()}…`
}
