/**
 * The one error class; what can go wrong is the closed table of `problem-table.ts`. On the wire a problem is
 * `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, with `code` and `remedy`
 * as extension members. `detail` is for people and never holds a key, token, plaintext or position.
 */
import { problems, type ProblemEntry, type Remedy } from './problem-table.ts'

export type ProblemCode = keyof typeof problems

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(problems, code)

interface ProblemOptions {
  /** What to do, for a person; no secrets. */
  readonly detail?: string
  readonly retryAfterSeconds?: number
  /** What the request got wrong, one line each; no values. */
  readonly faults?: readonly string[]
  /** Kept for the log's stack, never serialised. */
  readonly cause?: unknown
}

/** The one error class. `switch (problem.code)` is exhaustive; `remedy` drives the one retry policy. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number | undefined
  readonly title: string
  readonly remedy: Remedy
  readonly detail: string | undefined
  readonly faults: readonly string[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const entry: ProblemEntry = problems[code]
    super(options.detail ? `${entry.title}: ${options.detail}` : entry.title, {
      cause: options.cause,
    })
    this.name = 'Problem'
    this.code = code
    this.status = entry.status
    this.title = entry.title
    this.remedy = entry.remedy
    this.detail = options.detail
    this.faults = options.faults
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly remedy: Remedy
  readonly detail?: string
  readonly faults?: readonly string[]
  readonly retry_after_seconds?: number
}

export function problemToBody(problem: Problem): ProblemBody {
  return {
    type: `urn:selene:problem:${problem.code}`,
    title: problem.title,
    status: problem.status ?? 500,
    code: problem.code,
    remedy: problem.remedy,
    ...(problem.detail !== undefined && { detail: problem.detail }),
    ...(problem.faults !== undefined && { faults: problem.faults }),
    ...(problem.retryAfterSeconds !== undefined && {
      retry_after_seconds: problem.retryAfterSeconds,
    }),
  }
}

/** Reads a problem from a response body; what is not one of ours is `server/unintelligible`. */
export function problemFromBody(body: unknown): Problem {
  if (typeof body !== 'object' || body === null || !('code' in body) || !isProblemCode(body.code))
    return new Problem('server/unintelligible')
  const { detail, retry_after_seconds: retryAfter, faults } = body as Partial<ProblemBody>
  return new Problem(body.code, {
    ...(typeof detail === 'string' && { detail }),
    ...(typeof retryAfter === 'number' && { retryAfterSeconds: retryAfter }),
    ...(Array.isArray(faults) && { faults: faults.filter((fault) => typeof fault === 'string') }),
  })
}
