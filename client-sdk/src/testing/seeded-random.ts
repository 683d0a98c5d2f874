import type { Random } from '../core/random.ts'

/** Repeatable bytes for tests and simulations (splitmix32 over a hashed seed); not for keys of anyone real. */
export function seededRandom(seed: string): Random {
  let state = 0x9e3779b9
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0)!, 0x85ebca6b) >>> 0
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  return {
    bytes(length) {
      const bytes = new Uint8Array(length)
      for (let i = 0; i < length; i++) bytes[i] = next() >>> 24
      return bytes
    },
  }
}
