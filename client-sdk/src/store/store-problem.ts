/** What Postgres and the pack say went wrong, as far as an app can do something about it. */
import { Problem, type ProblemCode } from '@selene/shapes'
import { faultOf, type Fault } from './sealed/fault.ts'

/** SQLSTATEs (PostgreSQL documentation, appendix A). */
const ofStates: Readonly<Record<string, ProblemCode>> = {
  '53100': 'store/full',
  // Reading a block that does not authenticate is this to Postgres (B5); a failed write ends the pack, and is told as that.
  '58030': 'store/damaged',
  XX001: 'store/damaged',
  XX002: 'store/damaged',
}
const ofFaults: { readonly [F in Fault]?: ProblemCode } = {
  full: 'store/full',
  io: 'store/failed',
  closed: 'store/failed',
  damaged: 'store/damaged',
}

/** The same error where an app cannot do anything about it; its cause is kept. */
export function storeProblem(error: unknown): unknown {
  if (error instanceof Problem) return error
  const fault = faultOf(error)
  const state = (error as { code?: unknown } | null)?.code
  const code = fault ? ofFaults[fault] : ofStates[String(state)]
  return code ? new Problem(code, { cause: error }) : error
}
