/**
 * The lies of a server, one at a time, each told to the tablet when everybody has the same. Each is either
 * noticed, and said in the words that the rules have for it, or does no harm at all.
 */
import type { LieReport, Scene } from './lie-checks.ts'
import { backDating, reordering, replaying, swapping, withholding } from './document-lies.ts'
import { forking, inventing, rollingBack } from './log-lies.ts'

/** By name; a seed tells one of them. */
export const lies = {
  withholdsTheTail: withholding('tail'),
  withholdsOne: withholding('hole'),
  replays: replaying,
  reorders: reordering,
  forks: forking,
  rollsBack: rollingBack,
  swapsAccounts: swapping,
  makesUpAGenesis: inventing,
  backDates: backDating,
} as const satisfies Record<string, (scene: Scene) => Promise<LieReport>>
