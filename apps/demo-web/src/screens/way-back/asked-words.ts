/** Which words of a phrase are asked for, to see that it was written down; and whether they are right. Pure. */

const asked = 3

/** Different positions in rising order, from 0. @param random One number for each position, from 0 up to 1. */
export function askedPositions(length: number, random: readonly number[]): readonly number[] {
  const left = Array.from({ length }, (_, position) => position)
  return random
    .slice(0, asked)
    .flatMap((number) => left.splice(Math.floor(number * left.length), 1))
    .toSorted((a, b) => a - b)
}

/** Chosen by chance. */
export const choosePositions = (length: number): readonly number[] =>
  askedPositions(
    length,
    Array.from(crypto.getRandomValues(new Uint32Array(asked)), (number) => number / 2 ** 32),
  )

export const isWord = (typed: string, word: string | undefined): boolean =>
  typed.trim().toLowerCase() === word
