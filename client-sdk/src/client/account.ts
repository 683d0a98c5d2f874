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
import { register } from './registration.ts'

export interface AccountState {
  readonly status: SessionStatus
  readonly accountId?: VaultId
  readonly deviceId: DeviceId
}

export interface Account {
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
}

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
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
    state: createLive(async () => now(), changes),

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
