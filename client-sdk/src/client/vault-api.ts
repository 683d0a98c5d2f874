/** The vault as an app sees it: who can open it, and how another device joins. */
import {
  bytesToHex,
  currentEpoch,
  headOf,
  type MemberId,
  type ProblemCode,
  type VaultId,
} from '@selene/shapes'
import { lazily } from '../core/lazily.ts'
import { createLive, type Live } from '../core/live.ts'
import type { Signal } from '../core/signal.ts'
import { readMemberTimes } from '../vault/member-times.ts'
import { readResetTime, type KnownReset } from '../vault/reset-time.ts'
import type { MemberInfo } from '../vault/vault.ts'
import type { DigitLinks } from './digit-links.ts'
import type { Ending } from './ending.ts'
import type { LinkingDeps } from './linking-acts.ts'
import { lookedAtNews, readNews, type NewMember } from './member-news.ts'

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
  readonly reset?: { readonly by: MemberId } & Partial<KnownReset>
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
   * Admits the device that shows the code; resolves when it can join. Nothing of it waits to be sent later: when it is
   * refused the device is out, but for an answer that was lost, which `state` tells.
   * @throws {@link Problem} link/failed, link/expired, vault/head-moved, server/unreachable after a minute, and at once
   * why nothing is sent: account/none, auth/session-ended, vault/forked, vault/rolled-back, vault/member-removed,
   * vault/erased.
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

interface Deps extends LinkingDeps {
  readonly committed: Signal
}

export function createVaultApi(deps: Deps): Vault {
  const { store, vault, replication } = deps
  const acts = lazily(async () => {
    const { createLinkingActs } = await import('./linking-acts.ts')
    return createLinkingActs(deps)
  })

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
      ...(reset && {
        reset: { by: reset.author, ...(await readResetTime(store, reset.seq)) },
      }),
      ...(ending && { ending }),
    }
  }

  return {
    state: createLive(now, deps.committed),
    join: async () => (await acts()).join(),
    admit: async (code, device) => (await acts()).admit(code, device),
    joinByDigits: async () => (await acts()).joinByDigits(),
    admitByDigits: async (word, device) => (await acts()).admitByDigits(word, device),
    removeMember: async (id) => (await acts()).removeMember(id),
    looked: () => store.write((tx) => lookedAtNews(tx, vault)),
  }
}
