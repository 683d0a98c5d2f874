/** Randomness as the server uses it. Passed in, so that tests own it. */
import { randomBytes } from 'node:crypto'

export interface Random {
  /** Unpredictable bytes. */
  bytes(length: number): Uint8Array
}

export const systemRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) }
