/** Who dies next: every so many awaits of the sync code, whoever is there. */
import type { Prng } from '../core/prng.ts'
import type { KillPlan } from '../kill/incarnation.ts'

export interface KillLottery extends KillPlan {
  arm(): void
  disarm(): void
  /** Places at which somebody died. */
  readonly struck: readonly string[]
}

/** Awaits between two deaths. */
const fewest = 200
const most = 2_500

export function createKillLottery(prng: Prng): KillLottery {
  const struck: string[] = []
  let armed = false
  let left = prng.int(fewest, most)
  return {
    struck,
    arm: () => void (armed = true),
    disarm: () => void (armed = false),
    strikes(point) {
      if (!armed || --left > 0) return false
      left = prng.int(fewest, most)
      struck.push(point)
      return true
    },
  }
}
