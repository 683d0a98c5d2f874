/** What went wrong, in a form that can cross from the worker to the page and to other tabs; no secrets, no values. */
import type { ProblemCode, Remedy } from '@selene/client-sdk'

export interface Fault {
  readonly code: ProblemCode
  readonly title: string
  readonly remedy: Remedy
  readonly detail?: string
  /** One line for each thing that a request got wrong. */
  readonly faults?: readonly string[]
  /** Until it may be tried again. */
  readonly retryAfterSeconds?: number
}

/** What the page shows when it does not know better. */
export const unexpected: Fault = {
  code: 'server/unexpected',
  title: 'Unexpected error',
  remedy: 'retry',
}

const carries = (error: unknown): error is { fault: Fault } =>
  error instanceof Error && 'fault' in error

/** The fault that a rejected call carries; anything else is unexpected. */
export const faultOf = (error: unknown): Fault => (carries(error) ? error.fault : unexpected)

/** An error that carries a fault. */
export const errorOf = (fault: Fault): Error =>
  Object.assign(new Error(fault.title), { name: 'Fault', fault })
