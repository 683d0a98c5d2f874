/** Content bytes of one edit; with what Yjs adds it fits one envelope (W32). */
const pieceBytes = 100_000

/** The items, in order, in pieces of at most 100,000 bytes; an item larger than that stands alone. */
export function cutIntoPieces<T>(items: readonly T[], bytesOf: (item: T) => number): T[][] {
  const pieces: T[][] = []
  let bytes = 0
  for (const item of items) {
    const size = bytesOf(item)
    bytes += size
    const last = pieces.at(-1)
    if (last && bytes <= pieceBytes) last.push(item)
    else {
      pieces.push([item])
      bytes = size
    }
  }
  return pieces
}
