/** Where a block changes: the log's last block is written again with each commit, and most of it stays as it was. */

/** From the first byte to behind the last. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

type Numbers = Uint8Array | Int32Array

function differing(before: Numbers, after: Numbers): ByteRange | undefined {
  let from = 0
  let to = before.length
  while (from < to && before[from] === after[from]) from += 1
  if (from === to) return undefined
  while (before[to - 1] === after[to - 1]) to -= 1
  return { from, to }
}

const wordBytes = 4
const areWords = ({ byteOffset, length }: Uint8Array): boolean =>
  byteOffset % wordBytes === 0 && length % wordBytes === 0
const wordsOf = ({ buffer, byteOffset, length }: Uint8Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length / wordBytes)

/** A range outside of which two arrays of one length are the same, in words where they lie at words; `undefined` when they are equal. */
export function difference(before: Uint8Array, after: Uint8Array): ByteRange | undefined {
  if (!areWords(before) || !areWords(after)) return differing(before, after)
  const words = differing(wordsOf(before), wordsOf(after))
  return words && { from: words.from * wordBytes, to: words.to * wordBytes }
}
