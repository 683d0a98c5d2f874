/** How devices come into the vault and leave it: by a code or digits that two of them exchange, or by removal. */
import {
  encode,
  isRecovery,
  linkCodeToText,
  Problem,
  stampUuid,
  vaultAppend,
  type OpId,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Outbox } from '../sync/outbox.ts'
import type { Session } from '../sync/session.ts'
import type { Writes } from '../sync/write.ts'
import { signEntry } from '../vault/entry.ts'
import { makeReplacement } from '../vault/epoch-change.ts'
import { admit, newLinkCode, openMeeting } from '../vault/linking.ts'
import type { LocalVault } from '../vault/vault.ts'
import { createDigitLinks } from './digit-links.ts'
import { joinVault } from './joining.ts'
import type { Replication } from './replication.ts'
import type { Vault } from './vault-api.ts'
import type { VaultChanges } from './vault-changes.ts'

export interface LinkingDeps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
  readonly outbox: Outbox
  readonly writes: Writes
  readonly replication: Replication
  readonly changes: VaultChanges
  /** Aborts when the client closes. */
  readonly closing: AbortSignal
}

export function createLinkingActs(deps: LinkingDeps): Omit<Vault, 'state' | 'looked'> {
  const { store, http, crypto, vault, session, documents, outbox, writes, replication } = deps

  const closed = Promise.withResolvers<never>()
  closed.promise.catch(() => {}) // Most clients close while nobody waits.
  deps.closing.addEventListener('abort', () => closed.reject(new Problem('store/closed')))

  async function append(entry: Uint8Array): Promise<void> {
    const opId = stampUuid<OpId>(crypto.random(16), 4)
    const write = writes.track(opId)
    const body = encode(vaultAppend, { entry, cards: [] })
    await replication.sayHeads()
    await documents.write((tx) => outbox.enqueue(tx, { opId, kind: 'vault.append', body }))
    replication.wake()
    const outcome = await Promise.race([write.stored, closed.promise])
    if (outcome.outcome === 'rejected') throw new Problem(outcome.code)
  }

  return {
    ...createDigitLinks({ ...deps, append }),
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
      if (session.current() === 'none') throw new Problem('account/none')
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
