/**
 * Registering: the account attaches to the vault that is already here. What is sent is stored first, so
 * that after a lost answer the very same registration is sent again and the phrase is not lost.
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  Problem,
  sameBytes,
  sessionAnswer,
  type KdfParameters,
  type RegisterRequest,
  type SessionAnswer,
} from '@selene/shapes'
import type { Http } from '../core/http.ts'
import { newPassphraseParameters, passphraseKeys, type Stretching } from '../crypto/passphrase.ts'
import { newPhrase } from '../crypto/phrase.ts'
import { deleteMeta, readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import type { Session } from '../sync/session.ts'
import { makeMemberAdded, signEntry } from '../vault/entry.ts'
import { makeRecoveryMember } from '../vault/recovery-members.ts'
import type { LocalVault } from '../vault/vault.ts'
import { fetchLog } from './remote-log.ts'

interface Draft {
  readonly request: RegisterRequest
  /** The entry that adds passphrase and phrase, appended here once the server has it. */
  readonly entry: string
  readonly phrase: string
}

export interface Registered {
  readonly answer: SessionAnswer
  readonly phrase: string
  /** Makes the registration this device's own; part of the caller's transaction. */
  keep(tx: StoreTx): Promise<void>
}

interface Deps extends Stretching {
  readonly store: Store
  readonly http: Http
  readonly vault: LocalVault
  readonly session: Session
}

/** Attempts whose outcome is not known: any of them may have made the account. */
const draftsKey = 'registrations'

async function makeDraft(
  { store, crypto, vault }: Deps,
  account: { identifier: string; loginSecret: Uint8Array; cardKey: Uint8Array; kdf: KdfParameters },
): Promise<Draft> {
  const { loginSecret, cardKey, kdf } = account
  const phrase = newPhrase(crypto)
  const log = { view: vault.view(), epoch: vault.epoch(), author: vault.device }
  const members = [
    makeRecoveryMember(crypto, log, { kind: 'passphrase', cardKey, kdf }),
    makeRecoveryMember(crypto, log, { kind: 'phrase', cardKey: phrase.cardKey }),
  ]
  const added = makeMemberAdded(
    crypto,
    log,
    members.map(({ member }) => member),
  )
  const secretKeys = [vault.keys, ...members.map(({ keys }) => keys)].map((k) => k.sign.secretKey)
  const entry = signEntry(crypto, added, secretKeys)
  const log0 = await vault.entries(store)
  return {
    phrase: phrase.words,
    entry: bytesToBase64url(entry),
    request: {
      identifier: account.identifier,
      login_secret: bytesToBase64url(loginSecret),
      kdf: { salt: bytesToBase64url(kdf.salt), ops: kdf.ops, memory_bytes: kdf.memoryBytes },
      entries: [...log0, entry].map(bytesToBase64url),
      cards: members.map(({ card }) => bytesToBase64url(card)),
      phrase_key: bytesToBase64url(phrase.signIn.publicKey),
    },
  }
}

const readDrafts = async (store: Reader): Promise<readonly Draft[]> =>
  (await readMeta<readonly Draft[]>(store, draftsKey)) ?? []

/** The draft of an attempt whose answer was lost, if this is the same attempt again. */
async function earlierDraft(
  deps: Deps,
  account: { identifier: string; passphrase: string },
): Promise<Draft | undefined> {
  for (const draft of await readDrafts(deps.store)) {
    const { identifier, kdf, login_secret: loginSecret } = draft.request
    if (identifier !== account.identifier) continue
    const keys = await passphraseKeys(deps, account.passphrase, {
      kind: 'argon2id',
      ops: kdf.ops,
      memoryBytes: kdf.memory_bytes,
      salt: base64urlToBytes(kdf.salt)!,
    })
    if (bytesToBase64url(keys.loginSecret) === loginSecret) return draft
  }
  return undefined
}

/** The session of an account that exists already, if it is the draft that made it. */
async function resume(deps: Deps, draft: Draft): Promise<SessionAnswer> {
  const answer = await deps.session.signInDevice(deps.vault.view().vault)
  const { entries } = await fetchLog(deps, answer)
  const entry = base64urlToBytes(draft.entry)!
  if (entries.some((stored) => sameBytes(stored, entry))) return answer
  // Taking this draft's entry would fork the log, and its phrase would open nothing.
  throw new Problem('account/exists', {
    detail: 'an earlier attempt has made the account: register with what was entered then',
  })
}

/** The server has refused the draft for good: it need not be kept for a lost answer. */
const forget = ({ store }: Deps, draft: Draft): Promise<void> =>
  store.write(async (tx) => {
    const drafts = await readDrafts(tx)
    await writeMeta(
      tx,
      draftsKey,
      drafts.filter(({ entry }) => entry !== draft.entry),
    )
  })

async function send(deps: Deps, draft: Draft): Promise<SessionAnswer> {
  try {
    return await deps.http.call({
      method: 'POST',
      path: '/v1/accounts',
      body: draft.request,
      answer: sessionAnswer,
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // An earlier attempt reached the server and only its answer was lost.
    if (error.code === 'account/exists') return resume(deps, draft)
    if (error.status !== undefined && error.remedy !== 'retry') await forget(deps, draft)
    throw error
  }
}

/**
 * Creates the account.
 * @throws {@link Problem} account/identifier-taken, server/unreachable and the like: the same call can be
 * made again. account/exists: an attempt with other entries has made the account.
 */
export async function register(
  deps: Deps,
  account: { identifier: string; passphrase: string },
): Promise<Registered> {
  const { store, crypto, vault } = deps
  let draft = await earlierDraft(deps, account)
  if (!draft) {
    const kdf = newPassphraseParameters(crypto)
    const keys = await passphraseKeys(deps, account.passphrase, kdf)
    const made = await makeDraft(deps, { identifier: account.identifier, kdf, ...keys })
    await store.write(async (tx) => writeMeta(tx, draftsKey, [...(await readDrafts(tx)), made]))
    draft = made
  }
  const { phrase, entry } = draft
  const answer = await send(deps, draft)
  return {
    answer,
    phrase,
    async keep(tx) {
      const code = await vault.append(tx, base64urlToBytes(entry)!)
      if (code) throw new Problem(code)
      await deleteMeta(tx, draftsKey)
    },
  }
}
