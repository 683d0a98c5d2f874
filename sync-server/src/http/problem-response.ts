/** Errors out: every fault leaves as problem+json (RFC 9457), and nothing of a foreign error's text with it. */
import { Problem, problemToBody } from '@selene/shapes'

export function problemResponse(error: unknown): Response {
  const problem = error instanceof Problem ? error : new Problem('server/unexpected')
  const body = problemToBody(problem)
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  if (body.status === 401) headers.set('www-authenticate', 'Bearer')
  if (problem.retryAfterSeconds !== undefined)
    headers.set('retry-after', String(problem.retryAfterSeconds))
  return new Response(JSON.stringify(body), { status: body.status, headers })
}

/** Whether the log should say more than the access line: faults of the server, not of a request. */
export const isServerFault = (error: unknown): boolean =>
  !(error instanceof Problem) || error.code === 'server/unexpected' || error.status === undefined
