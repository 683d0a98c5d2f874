/** What is done with an account, and seldom: making it, entering it, the way back to it, ending it. */
import {
  base64urlToBytes,
  bytesToBase64url,
  Problem,
  saltAnswer,
  sessionAnswer,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import { passphraseKeys, type Stretching } from '../crypto/passphrase.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Account } from './account.ts'
import type { Endings } from './ending.ts'
import { eraseVault } from './erasing.ts'
import { recover } from './recovery.ts'
import { register } from './registration.ts'
import type { VaultChanges } from './vault-changes.ts'
import { createWayBackApi } from './way-back-api.ts'

export interface AccountActsDeps extends Stretching {
  readonly store: Store
  readonly http: Http
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
  readonly changes: VaultChanges
  readonly endings: Endings
  readonly call: AuthorizedCall
  /** Name of this device as her other devices show it. */
  readonly label: string
}

type Named = Parameters<Account['signIn']>[0]

/** Starts a session of this device, which is a member already. */
async function signIn(deps: AccountActsDeps, account: Named) {
  const { store, http, vault, session } = deps
  const { identifier, passphrase } = account
  const { kdf } = await http.call({
    method: 'POST',
    path: '/v1/auth/salt',
    body: { identifier },
    answer: saltAnswer,
  })
  const keys = await passphraseKeys(deps, passphrase, {
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
}

export function createAccountActs(deps: AccountActsDeps): Omit<Account, 'state'> {
  const { session, documents } = deps
  let registering: Promise<unknown> = Promise.resolve()

  function assertNone(): void {
    if (session.current() !== 'none') throw new Problem('account/exists')
  }

  async function registerOnce(account: Named) {
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

  return {
    ...createWayBackApi(deps),
    signIn: (account) => signIn(deps, account),
    recover: (secret) => recover(deps, secret, deps.label),
    erase: (by) => eraseVault(deps, by),

    register(account) {
      // One after the other: two at once would send two different second entries of one log.
      const registered = registering.then(() => registerOnce(account))
      registering = registered.catch(() => {})
      return registered
    },
  }
}
