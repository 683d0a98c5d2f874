/** The account: attached to a vault that exists before it and without it. */
import {
  base64urlToBytes,
  Problem,
  saltAnswer,
  sessionAnswer,
  bytesToBase64url,
  type DeviceId,
  type VaultId,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Live } from '../core/live.ts'
import { createLive } from '../core/live.ts'
import { createSignal } from '../core/signal.ts'
import { passphraseKeys } from '../crypto/passphrase.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Session, SessionStatus } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Endings } from './ending.ts'
import { eraseVault } from './erasing.ts'
import { recover } from './recovery.ts'
import type { RecoverySecret } from './recovery-secret.ts'
import { register } from './registration.ts'
import type { VaultChanges } from './vault-changes.ts'
import { createWayBackApi, type WayBackApi } from './way-back-api.ts'

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

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
  readonly changes: VaultChanges
  readonly endings: Endings
  readonly call: AuthorizedCall
  /** Name of this device as her other devices show it. */
  readonly label: string
}

export function createAccount(deps: Deps): Account {
  const { store, http, crypto, vault, session, documents } = deps

  function now(): AccountState {
    const status = session.current()
    const accountId = status === 'none' ? undefined : { accountId: vault.view().vault }
    return { status, deviceId: vault.device, ...accountId }
  }

  let registering: Promise<unknown> = Promise.resolve()

  function assertNone(): void {
    if (session.current() !== 'none') throw new Problem('account/exists')
  }

  async function registerOnce(account: { identifier: string; passphrase: string }) {
    assertNone()
    const registered = await register(deps, account)
    const adopted = await documents.write(async (tx) => {
      assertNone()
      await registered.keep(tx)
      return session.adopt(tx, registered.answer)
    })
    adopted()
    return { recoveryPhrase: registered.phrase }
  }

  const changes = createSignal()
  session.status.subscribe(() => changes.emit())

  return {
    ...createWayBackApi(deps),
    state: createLive(async () => now(), changes),
    recover: (secret) => recover(deps, secret, deps.label),
    erase: (by) => eraseVault(deps, by),

    register(account) {
      // One after the other: two at once would send two different second entries of one log.
      const registered = registering.then(() => registerOnce(account))
      registering = registered.catch(() => {})
      return registered
    },

    async signIn({ identifier, passphrase }) {
      const { kdf } = await http.call({
        method: 'POST',
        path: '/v1/auth/salt',
        body: { identifier },
        answer: saltAnswer,
      })
      const keys = passphraseKeys(crypto, passphrase, {
        kind: 'argon2id',
        salt: base64urlToBytes(kdf.salt)!,
        ops: kdf.ops,
        memoryBytes: kdf.memory_bytes,
      })
      const answer = await http.call({
        method: 'POST',
        path: '/v1/auth/sessions',
        body: {
          kind: 'passphrase',
          identifier,
          login_secret: bytesToBase64url(keys.loginSecret),
          ...(await session.proof()),
        },
        answer: sessionAnswer,
      })
      if (answer.vault !== vault.view().vault) throw new Problem('vault/foreign')
      const adopted = await store.write((tx) => session.adopt(tx, answer))
      adopted()
    },
  }
}
