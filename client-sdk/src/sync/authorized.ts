/** One JSON call with the session's token; a refused token is refreshed once (W40). */
import { Problem } from '@selene/shapes'
import type * as v from 'valibot'
import type { Call, Http } from '../core/http.ts'
import type { Session } from './session.ts'

export type AuthorizedCall = <S extends v.GenericSchema>(
  call: Omit<Call<S>, 'authorization'>,
) => Promise<v.InferOutput<S>>

/**
 * Calls that throw {@link Problem} account/none without an account, auth/session-ended, what the server
 * says, server/unreachable or server/unintelligible.
 */
export function createAuthorizedCall({
  http,
  session,
}: {
  readonly http: Http
  readonly session: Session
}): AuthorizedCall {
  return async (call) => {
    const token = await session.token()
    try {
      return await http.call({ ...call, authorization: `Bearer ${token}` })
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      session.refused(token)
      return http.call({ ...call, authorization: `Bearer ${await session.token()}` })
    }
  }
}
