/** From what is asked to an answer: what the words mean now, for a new reader or one who comes back. */
import { Problem } from '@selene/shapes'
import { invalidAnswer } from './answer.ts'
import { keyOf, type Known, type KnownShape } from './known.ts'
import type { ProtocolQuery } from './query.ts'
import { resolve, type Asked, type Question, type ResolveDeps } from './question.ts'
import type { Stream } from './stream.ts'

interface Deps extends ResolveDeps {
  readonly known: Known
  readonly stream: Stream
}

/** How often a table may change its form while one request is answered. */
const mostForms = 5

/** The shape that a reader comes back to. */
function followed(
  known: Known,
  { offset, handle, subset }: ProtocolQuery,
  key: string,
): KnownShape | undefined {
  const isNew = offset.kind === 'start' || offset.kind === 'now'
  return isNew || subset || handle === undefined ? undefined : known.find(handle, key)
}

export type Ask = (asked: Asked, query: ProtocolQuery, over: AbortSignal) => Promise<Response>

/** The answer is a refusal where the words mean nothing. */
export function createAsking(deps: Deps): Ask {
  const { known, stream } = deps
  return async (asked, query, over) => {
    const key = keyOf(asked, query)
    const resolveNow = () => resolve(deps, asked, query)
    const renew = async (): Promise<Question | undefined> => {
      const resolved = await resolveNow()
      return resolved.ok ? resolved.question : undefined
    }
    const found = followed(known, query, key)
    if (found) {
      const { question, definition } = found
      const answer = await stream.resume({ ...query, key, question, renew }, definition, over)
      if (answer) return answer
    }
    for (let attempt = 0; attempt < mostForms; attempt++) {
      const resolved = await resolveNow()
      if (!resolved.ok) return invalidAnswer(resolved.faults)
      const { question } = resolved
      const answer = await stream.answer({ ...query, key, question, renew }, over)
      if (answer) return answer
    }
    throw new Problem('server/unavailable', { detail: 'the table keeps changing its form' })
  }
}
