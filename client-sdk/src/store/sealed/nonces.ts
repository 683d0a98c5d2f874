/** Random bytes for nonces, taken from the platform in large pieces: a call for each block would cost more than its cipher. */
import type { Random } from '../../core/random.ts'

const poolBytes = 4096

/** Fills the array with random bytes. */
export type FillRandom = (into: Uint8Array) => void

export function pooledRandom(random: Random): FillRandom {
  let pool = new Uint8Array(0)
  let at = 0
  return (into) => {
    if (at + into.length > pool.length) {
      pool = random.bytes(Math.max(poolBytes, into.length))
      at = 0
    }
    into.set(pool.subarray(at, at + into.length))
    // What was handed out does not stay around.
    pool.fill(0, at, at + into.length)
    at += into.length
  }
}
