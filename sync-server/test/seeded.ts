/** Random numbers that a failure can be replayed with: `SEED=… npx vitest …`. */

export interface Seeded {
  readonly seed: number
  /** From 0 up to 1. */
  readonly next: () => number
}

/** A generator for one test, whose seed is printed; `SEED` in the environment fixes it. */
export function seeded(name: string): Seeded {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 32))
  process.stderr.write(`${name}: SEED=${seed}\n`)
  let state = seed >>> 0
  const next = (): number => {
    // xorshift32 (Marsaglia 2003, p. 4), kept off its fixed point at zero.
    state = (state || 1) >>> 0
    state = (state ^ (state << 13)) >>> 0
    state = (state ^ (state >>> 17)) >>> 0
    state = (state ^ (state << 5)) >>> 0
    return state / 2 ** 32
  }
  return { seed, next }
}
