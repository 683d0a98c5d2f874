/**
 * When this device learned of the reset that is pending (W16). The log has no times and the server alone knows when it
 * stored the reset, which was no later: seven days from here on are the longest that it can still take.
 */
import { limits } from '@selene/shapes'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, StoreTx } from '../store/store.ts'

interface ResetTime {
  /** Sequence of the reset's entry. */
  readonly seq: number
  /** Milliseconds since 1970 by this device's clock. */
  readonly at: number
}

const timeKey = 'reset-time'

export const noteReset = (tx: StoreTx, time: ResetTime): Promise<void> =>
  writeMeta(tx, timeKey, time)

/** By this device's clock, milliseconds since 1970. */
export interface KnownReset {
  readonly since: number
  /** When its seven days are over at the latest. */
  readonly overBy: number
}

/** `undefined` for one that this device took before it kept times. */
export async function readResetTime(reader: Reader, seq: number): Promise<KnownReset | undefined> {
  const time = await readMeta<ResetTime>(reader, timeKey)
  if (time?.seq !== seq) return undefined
  return { since: time.at, overBy: time.at + limits.resetSeconds * 1000 }
}
