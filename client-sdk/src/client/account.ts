/** The account: attached to a vault that exists before it and without it. */
import type { DeviceId, VaultId } from '@selene/shapes'
import { lazily } from '../core/lazily.ts'
import { createLive, type Live } from '../core/live.ts'
import { createSignal } from '../core/signal.ts'
import type { SessionStatus } from '../sync/session.ts'
import type { AccountActsDeps } from './account-acts.ts'
import type { RecoverySecret } from './recovery-secret.ts'
import type { WayBackApi } from './way-back-api.ts'

export interface AccountState {
  readonly status: SessionStatus
  readonly accountId?: VaultId
  readonly deviceId: DeviceId
}

export interface Account extends WayBackApi {
  readonly state: Live<AccountState>
  /**
   * Creates an account for what is already on this device.
   * @throws {@link Problem} account/identifier-taken, account/exists, server/unreachable …; the same
   * call can then be made again.
   */
  register(a: { identifier: string; passphrase: string }): Promise<{ recoveryPhrase: string }>
  /**
   * Starts a new session for this device, which is a member already.
   * @throws {@link Problem} auth/refused, vault/not-member, auth/weak-parameters, server/unreachable.
   */
  signIn(a: { identifier: string; passphrase: string }): Promise<void>
  /**
   * Brings this new device into the vault of the secret, with everything in it; what is in the diary here comes along.
   * @throws {@link Problem} account/exists when this device has an account; auth/refused, auth/phrase-unreadable,
   * auth/weak-parameters, vault/forked when the server shows another history than the secret knows,
   * server/unreachable; the same call can then be made again.
   */
  recover(secret: RecoverySecret): Promise<void>
  /**
   * Ends the vault and deletes everything that the server has of it. Her other devices lock and ask; nothing is wiped
   * there or here.
   * @throws {@link Problem} as `rehearse`, vault/head-moved.
   */
  erase(by: RecoverySecret): Promise<void>
}

/** Its state; what is done with it is done seldom, and loaded then. */
export function createAccount(deps: AccountActsDeps): Account {
  const { vault, session } = deps
  const acts = lazily(async () => {
    const { createAccountActs } = await import('./account-acts.ts')
    return createAccountActs(deps)
  })

  function now(): AccountState {
    const status = session.current()
    const accountId = status === 'none' ? undefined : { accountId: vault.view().vault }
    return { status, deviceId: vault.device, ...accountId }
  }

  const changes = createSignal()
  session.status.subscribe(() => changes.emit())

  return {
    state: createLive(async () => now(), changes),
    register: async (account) => (await acts()).register(account),
    signIn: async (account) => (await acts()).signIn(account),
    recover: async (secret) => (await acts()).recover(secret),
    erase: async (by) => (await acts()).erase(by),
    rehearse: async (secret) => (await acts()).rehearse(secret),
    newPhrase: async () => (await acts()).newPhrase(),
    changePassphrase: async (change) => (await acts()).changePassphrase(change),
    replacePhrase: async (change) => (await acts()).replacePhrase(change),
    announceReset: async (next) => (await acts()).announceReset(next),
    cancelReset: async () => (await acts()).cancelReset(),
    completeReset: async () => (await acts()).completeReset(),
  }
}
