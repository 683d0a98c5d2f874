/** The vault's log as the server holds it, read once with an answered session and verified from genesis. */
import { foldLog, Problem, type SessionAnswer, type VaultView } from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { readShapeOnce } from '../sync/shape-once.ts'

export interface RemoteLog {
  /** Raw entries, genesis first. */
  readonly entries: readonly [Uint8Array, ...Uint8Array[]]
  readonly view: VaultView
}

/** @throws {@link Problem} link/failed when the log does not verify; server/unreachable and the like. */
export async function fetchLog(
  { http, crypto }: { http: Http; crypto: Primitives },
  answer: SessionAnswer,
  signal?: AbortSignal,
): Promise<RemoteLog> {
  const rows = await readShapeOnce('vault_log', {
    server: http.server,
    fetch(request) {
      const authorized = new Request(request)
      authorized.headers.set('authorization', `Bearer ${answer.access_token}`)
      return http.send(authorized)
    },
    ...(signal && { signal }),
  })
  const [genesis, ...later] = rows.toSorted((a, b) => a.seq - b.seq).map((row) => row.entry)
  if (!genesis) throw new Problem('link/failed')
  const entries = [genesis, ...later] as const
  const folded = foldLog(entries, crypto)
  if (!folded.ok) throw new Problem('link/failed')
  return { entries, view: folded.view }
}
