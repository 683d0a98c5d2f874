/**
 * Stretching of secrets that people think up (Argon2id, RFC 9106): how much of it, found out once on the device, and
 * the bounds within which anything is derived at all.
 */
import { limits } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Primitives } from './primitives.ts'

export interface StretchCost {
  readonly ops: number
  readonly memoryBytes: number
}

export interface StretchInput {
  readonly secret: Uint8Array
  /** 16 bytes. */
  readonly salt: Uint8Array
  readonly cost: StretchCost
}

/** 32 bytes. A platform that can do it beside everything else gives its own. */
export type Argon2id = (input: StretchInput) => Promise<Uint8Array>

/** libsodium's, which holds up whatever else the thread has to do. */
export const sodiumArgon2id =
  (crypto: Primitives): Argon2id =>
  async ({ secret, salt, cost }) =>
    crypto.argon2id(secret, salt, cost.ops, cost.memoryBytes)

/** The least that is ever used. */
export const leastCost: StretchCost = {
  ops: limits.kdfMinOps,
  memoryBytes: limits.kdfMinMemoryBytes,
}

/** Whether to derive at all: less is cheap to guess, more hangs the device (W9). */
export const isSafeCost = ({ ops, memoryBytes }: StretchCost): boolean =>
  ops >= limits.kdfMinOps &&
  ops <= limits.kdfMaxOps &&
  memoryBytes >= limits.kdfMinMemoryBytes &&
  memoryBytes <= limits.kdfMaxMemoryBytes

/** Between half a second and one. */
const targetMs = 700
/** Passes first: memory that libsodium has taken once, a page keeps. */
const mostFolds = 4

/** What takes this device about 0.7 s; the least where the device is slow or its clock stands still. */
export async function calibrateCost(
  argon2id: Argon2id,
  clock: Pick<Clock, 'now'>,
): Promise<StretchCost> {
  const start = clock.now()
  await argon2id({ secret: new Uint8Array(8), salt: new Uint8Array(16), cost: leastCost })
  const tookMs = clock.now() - start
  const factor = tookMs > 0 ? targetMs / tookMs : 1
  const wanted = Math.floor(leastCost.ops * factor)
  const ops = Math.min(limits.kdfMaxOps, Math.max(leastCost.ops, wanted))
  const folds = Math.min(mostFolds, Math.max(1, Math.floor(wanted / ops)))
  return { ops, memoryBytes: leastCost.memoryBytes * folds }
}
