/** The vault as an app sees it: who can open it, and how another device joins. */
import {
  bytesToHex,
  currentEpoch,
  encode,
  headOf,
  isRecovery,
  linkCodeToText,
  Problem,
  stampUuid,
  vaultAppend,
  type MemberId,
  type OpId,
  type ProblemCode,
  type VaultId,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Signal } from '../core/signal.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Outbox } from '../sync/outbox.ts'
import type { Session } from '../sync/session.ts'
import type { Writes } from '../sync/write.ts'
import { signEntry } from '../vault/entry.ts'
import { makeReplacement } from '../vault/epoch-change.ts'
import { admit, newLinkCode, openMeeting } from '../vault/linking.ts'
import { readMemberTimes } from '../vault/member-times.ts'
import type { LocalVault, MemberInfo } from '../vault/vault.ts'
import { createDigitLinks, type DigitLinks } from './digit-links.ts'
import type { Ending } from './ending.ts'
import { joinVault } from './joining.ts'
import { lookedAtNews, readNews, type NewMember } from './member-news.ts'
import type { Replication } from './replication.ts'
import type { VaultChanges } from './vault-changes.ts'

export interface KnownMember extends MemberInfo {
  /** Milliseconds since 1970 at which this device learned of it; absent for who was there before this device. */
  readonly since?: number
}

export interface VaultState {
  readonly vaultId: VaultId
  readonly epoch: number
  readonly members: readonly KnownMember[]
  /** Hash of the log's head: the same on all devices that saw the same history. */
  readonly fingerprint: string
  readonly warnings: readonly ProblemCode[]
  /** Members that were added since {@link Vault.looked}, by others than this device. */
  readonly news: readonly NewMember[]
  /** New recovery words that a device has announced; anybody of the vault may cancel them (W16). */
  readonly reset?: { readonly by: MemberId }
  /** What has ended sync here for good; the diary stays. */
  readonly ending?: Ending
}

export interface Joining {
  /** To show as a QR code; whoever reads it can admit this device, so it is shown to nobody else. */
  readonly code: string
  /** Resolves once this device has joined. @throws {@link Problem} link/failed (cancelled too), link/expired. */
  readonly done: Promise<void>
  cancel(): void
}

export interface Vault extends DigitLinks {
  readonly state: Live<VaultState>
  /**
   * Asks to join another device's vault; what is in the diary here comes along.
   * @throws {@link Problem} account/exists when this device has an account, server/unreachable.
   */
  join(): Promise<Joining>
  /**
   * Admits the device that shows the code; resolves when it can join.
   * @throws {@link Problem} account/none, link/failed, link/expired, vault/head-moved.
   */
  admit(code: string, device: { label: string }): Promise<void>
  /**
   * Removes a device: it is refused from its next request on, and what it writes later counts nowhere. Resolves once
   * that is in the log; of one that was removed already, at once.
   * @throws {@link Problem} account/none, vault/not-member, vault/rank for passphrase and phrase, which are replaced,
   * vault/head-moved when others keep coming first, vault/forked, vault/rolled-back, server/unreachable.
   */
  removeMember(id: MemberId): Promise<void>
  /** The person has seen who is new. */
  looked(): Promise<void>
}

interface Deps {
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
  readonly committed: Signal
  /** Aborts when the client closes. */
  readonly closing: AbortSignal
}

export function createVaultApi(deps: Deps): Vault {
  const { store, http, crypto, vault, session, documents, outbox, writes, replication } = deps

  async function now(): Promise<VaultState> {
    const { warning, ending } = replication.facts()
    const { reset } = vault.view()
    const times = await readMemberTimes(store)
    return {
      vaultId: vault.view().vault,
      epoch: currentEpoch(vault.view()).number,
      members: vault.members().map((info) => {
        const since = times[info.id]
        return { ...info, ...(since !== undefined && { since }) }
      }),
      fingerprint: bytesToHex(headOf(vault.view()).hash),
      warnings: warning ? [warning] : [],
      news: await readNews(store, vault),
      ...(reset && { reset: { by: reset.author } }),
      ...(ending && { ending }),
    }
  }

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
    state: createLive(now, deps.committed),

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

    looked: () => store.write((tx) => lookedAtNews(tx, vault)),
  }
}
