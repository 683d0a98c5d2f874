/** How devices come into the vault and leave it: by a code or digits that two of them exchange, or by removal. */
import { isRecovery, linkCodeToText, Problem } from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Session } from '../sync/session.ts'
import { signEntry } from '../vault/entry.ts'
import { makeReplacement } from '../vault/epoch-change.ts'
import { admit, newLinkCode, openMeeting } from '../vault/linking.ts'
import type { LocalVault } from '../vault/vault.ts'
import { createDigitLinks } from './digit-links.ts'
import { joinVault } from './joining.ts'
import type { Replication } from './replication.ts'
import { whyStopped } from './sync-state.ts'
import type { Vault } from './vault-api.ts'
import type { VaultChanges } from './vault-changes.ts'

export interface LinkingDeps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
  readonly replication: Replication
  readonly changes: VaultChanges
  /** Aborts when the client closes. */
  readonly closing: AbortSignal
}

export function createLinkingActs(deps: LinkingDeps): Omit<Vault, 'state' | 'looked'> {
  const { store, http, crypto, vault, session, replication } = deps

  /** A device that nobody admits any more must not be let in later: what could not be sent now is refused. */
  function refuseWhileStopped(): void {
    const stopped = whyStopped(session.current(), replication.facts())
    if (stopped) throw new Problem(stopped)
  }

  async function append(entry: Uint8Array): Promise<void> {
    refuseWhileStopped()
    await replication.sayHeads()
    await deps.changes.append(entry)
  }

  return {
    ...createDigitLinks({ ...deps, append, refuseWhileStopped }),
    async join() {
      if (session.current() !== 'none') throw new Problem('account/exists')
      const stop = new AbortController()
      const code = newLinkCode(crypto, vault.keys)
      await openMeeting({ http, crypto }, code)
      const signal = AbortSignal.any([stop.signal, deps.closing])
      const done = joinVault(deps, { code, signal }).catch((error: unknown) => {
        if (!signal.aborted || error instanceof Problem) throw error
        throw new Problem('link/failed', { detail: 'it was cancelled', cause: error })
      })
      done.catch(() => {}) // Whoever shows the code may look at the outcome later.
      return { code: linkCodeToText(code), done, cancel: () => stop.abort() }
    },

    async admit(text, { label }) {
      refuseWhileStopped()
      const log = await vault.entries(store)
      await admit({ http, crypto }, { text, label, vault, log, append, signal: deps.closing })
    },

    async removeMember(id) {
      if (session.current() === 'none') throw new Problem('account/none')
      await deps.changes.apply((log) => {
        if (log.view.removed.has(id)) return undefined
        const member = log.view.members.get(id)
        if (!member) throw new Problem('vault/not-member')
        if (isRecovery(member)) throw new Problem('vault/rank')
        const place = { ...log, author: vault.device }
        const entry = makeReplacement(crypto, place, { removed: [id], added: [] })
        return { entry: signEntry(crypto, entry, [vault.keys.sign.secretKey]) }
      })
    },
  }
}
