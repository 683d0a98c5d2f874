/**
 * Seeded random numbers for simulations and demo data: the same seed gives the same numbers on every
 * machine, and a fork depends on seed and name only, so drawing more in one place changes no other.
 * Never for keys.
 */

export interface Prng {
  /** A number from 0 up to, but without, 1; 32 bits. */
  next(): number
  /** A whole number from `min` to `max`, both possible. */
  int(min: number, max: number): number
  /** One item of a list; throws TypeError when it is empty. */
  pick<T>(list: readonly T[]): T
  /** The items in another order. */
  shuffle<T>(list: readonly T[]): T[]
  /** True with a probability from 0 to 1. */
  chance(probability: number): boolean
  /** About normally distributed, never more than six standard deviations off. */
  normal(mean: number, deviation: number): number
  /** An independent generator for one part of the work. */
  fork(name: string): Prng
}

/** Four words from a text: 32-bit FNV-1a from four different starts. */
function words(seed: string): [number, number, number, number] {
  const from = (start: number): number => {
    let hash = start
    for (const byte of new TextEncoder().encode(seed)) hash = Math.imul(hash ^ byte, 0x01000193)
    return hash
  }
  return [from(0x811c9dc5), from(0x9e3779b9), from(0x6a09e667), from(0xbb67ae85)]
}

/** Makes a generator (sfc32 of PractRand) from a seed. */
export function createPrng(seed: string | number): Prng {
  let [a, b, c, counter] = words(String(seed))
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // The first numbers still show how alike two seeds are.
  for (let i = 0; i < 15; i++) next()

  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    pick(list) {
      if (list.length === 0) throw new TypeError('nothing to pick from')
      return list[int(0, list.length - 1)]!
    },
    // Fisher and Yates.
    shuffle<T>(list: readonly T[]) {
      const shuffled = Array.from(list)
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = int(0, i)
        ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
      }
      return shuffled
    },
    chance: (probability) => next() < probability,
    // Twelve uniform numbers have variance 1; unlike logarithms, sums are the same everywhere.
    normal(mean, deviation) {
      const sum = Array.from({ length: 12 }, next).reduce((total, value) => total + value, 0)
      return mean + (sum - 6) * deviation
    },
    fork: (name) => createPrng(`${seed}/${name}`),
  }
}
