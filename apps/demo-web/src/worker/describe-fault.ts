/** What may be known of something thrown: of a problem what it says, of anything else only that it happened. */
import { Problem } from '@selene/client-sdk'
import { faultOf, type Fault } from './fault.ts'

export function describeFault(thrown: unknown): Fault {
  if (!(thrown instanceof Problem)) return faultOf(thrown)
  const { code, title, remedy, detail, faults, retryAfterSeconds } = thrown
  return {
    code,
    title,
    remedy,
    ...(detail !== undefined && { detail }),
    ...(faults !== undefined && { faults }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  }
}
