/**
 * Reads bearer tokens (RFC 6750). Beside the token's own validity, session and device are looked up
 * at every request, so that ending a session or removing a device holds at once (W69).
 */
import { Problem } from '@selene/shapes'
import type { Authenticate } from '../core/claims.ts'
import type { Db } from '../db/db.ts'
import type { AccessTokens } from './access-token.ts'

interface Standing {
  ended: boolean
  removed: boolean
}

const standing = `SELECT s.revoked_at IS NOT NULL AS ended, d.removed_at IS NOT NULL AS removed
  FROM sessions s JOIN devices d ON d.vault_id = s.account_id AND d.device_id = s.device_id
  WHERE s.session_id = $1`

export function createAuthenticate(deps: { db: Db; accessTokens: AccessTokens }): Authenticate {
  return async (request) => {
    const token = /^Bearer ([\w.-]{1,2048})$/.exec(request.headers.get('authorization') ?? '')?.[1]
    if (token === undefined) throw new Problem('auth/required')
    const claims = await deps.accessTokens.verify(token)
    const [session] = await deps.db.query<Standing>(standing, [claims.session])
    if (session?.removed) throw new Problem('vault/member-removed')
    if (!session || session.ended) throw new Problem('auth/session-ended')
    return claims
  }
}
