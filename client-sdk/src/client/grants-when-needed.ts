/** Grants, loaded when an app asks for them, or when sync is up to date and pages are to be exchanged. */
import { lazily } from '../core/lazily.ts'
import { createLateLive } from '../core/live.ts'
import type { GrantsDeps, GrantsSide } from './grants-side.ts'
import { phaseOf } from './sync-state.ts'

export function openGrantsWhenNeeded(deps: GrantsDeps): GrantsSide {
  const { session, replication } = deps
  let isClosed = false
  let opened: GrantsSide | undefined
  const side = lazily(async () => {
    const { openGrantsSide } = await import('./grants-side.ts')
    opened = openGrantsSide(deps)
    if (isClosed) await opened.close()
    return opened
  })
  const grants = async () => (await side()).grants

  const end = replication.changed.subscribe(() => {
    if (opened || phaseOf(session.current(), replication.facts()).phase !== 'live') return
    // What cannot be loaded now is loaded after the next change.
    side().catch(() => {})
  })

  return {
    grants: {
      given: createLateLive(async () => (await grants()).given),
      received: createLateLive(async () => (await grants()).received),
      give: async (request) => (await grants()).give(request),
      revoke: async (id) => (await grants()).revoke(id),
      refresh: async () => (await grants()).refresh(),
    },
    async close() {
      isClosed = true
      end()
      await opened?.close()
    },
  }
}
