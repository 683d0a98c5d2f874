/** What charts have in common below the plot: a legend whose entries flow in lines, and small print. */
import type { Paint, Shape, Text } from './scene.ts'
import { textWidth, wrapText } from './text-width.ts'

/** Sizes of text, CSS pixels. */
export const textSize = { label: 11, axis: 10, small: 9, tiny: 8 } as const

/** A line of text; soft and of label size unless said otherwise. */
export const label = (
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
  style: Partial<Pick<Text, 'size' | 'paint' | 'anchor' | 'isBold'>> = {},
): Text => ({ kind: 'text', x, y, text, size: textSize.label, paint: 'soft', ...style })

/** Shapes and the height that they take. */
export interface Block {
  readonly shapes: readonly Shape[]
  readonly height: number
}

/** A sign and what it means. The sign is drawn in a box of the given width, 12 high, from its top left. */
export interface LegendEntry {
  readonly sign: readonly Shape[]
  readonly signWidth: number
  readonly text: string
}

const lineHeight = 17
const signHeight = 12

/** Entries from left to right, on as many lines as they need. */
export function legend(entries: readonly LegendEntry[], width: number): Block {
  const shapes: Shape[] = []
  let x = 0
  let y = 0
  for (const { sign, signWidth, text } of entries) {
    const needed = signWidth + 5 + textWidth(text, textSize.axis)
    if (x > 0 && x + needed > width) {
      x = 0
      y += lineHeight
    }
    shapes.push(
      { kind: 'group', x, y: y + (lineHeight - signHeight) / 2, shapes: sign },
      label(text, { x: x + signWidth + 5, y: y + 12 }, { size: textSize.axis }),
    )
    x += needed + 12
  }
  return { shapes, height: entries.length === 0 ? 0 : y + lineHeight }
}

/** Bold letters are so much wider than the estimate. */
const boldness = 1.14

/** A paragraph of small, bold text. */
export function smallPrint(text: string, width: number, paint: Paint = 'ink'): Block {
  const lines = wrapText(text, textSize.axis, width / boldness)
  return {
    shapes: lines.map((line, index) =>
      label(line, { x: 0, y: 11 + index * 14 }, { size: textSize.axis, paint, isBold: true }),
    ),
    height: lines.length * 14 + 2,
  }
}

/** Blocks below each other, from `top`, and where they end. */
export function stack(blocks: readonly Block[], top: number, gap = 6): Block {
  const shapes: Shape[] = []
  let y = top
  for (const block of blocks) {
    if (block.shapes.length === 0) continue
    y += gap
    shapes.push({ kind: 'group', x: 0, y, shapes: block.shapes })
    y += block.height
  }
  return { shapes, height: y }
}
