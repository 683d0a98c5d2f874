/**
 * Challenges that a device signs to start a session. The server keeps none of them: a challenge is
 * `expiry u64 milliseconds ‖ random 16 ‖ HMAC 24` = 48 bytes, and a unique column sees to it that
 * each starts one session at most.
 */
import { concat } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import { sameSecret, type ServerKey } from '../core/server-key.ts'

export interface Challenges {
  issue(): Uint8Array
  /** Whether this server issued the bytes and they have not expired. */
  accepts(challenge: Uint8Array): boolean
}

const challengeSeconds = 120
const signedBytes = 24

export function createChallenges(deps: {
  clock: Clock
  random: Random
  serverKey: ServerKey
}): Challenges {
  const tag = (signed: Uint8Array): Uint8Array =>
    deps.serverKey.mac('challenge', signed).subarray(0, 24)
  return {
    issue() {
      const expiry = new Uint8Array(8)
      new DataView(expiry.buffer).setBigUint64(
        0,
        BigInt(deps.clock.now() + challengeSeconds * 1000),
      )
      const signed = concat(expiry, deps.random.bytes(16))
      return concat(signed, tag(signed))
    },
    accepts(challenge) {
      const signed = challenge.subarray(0, signedBytes)
      if (!sameSecret(challenge.subarray(signedBytes), tag(signed))) return false
      const view = new DataView(signed.buffer, signed.byteOffset)
      return view.getBigUint64(0) > BigInt(deps.clock.now())
    },
  }
}
