/**
 * The session with the server: who is signed in, tokens, and requests that carry them. An access token
 * lives in memory; the refresh token and a refresh under way are stored, so that a lost answer is asked
 * for again and not mistaken for theft (W69).
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  challengeAnswer,
  Problem,
  refreshSigningBytes,
  sessionAnswer,
  sessionSigningBytes,
  stampUuid,
  type SessionAnswer,
  type VaultId,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { createLiveValue, type Live } from '../core/live.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { deleteMeta, readMeta, writeMeta } from '../store/meta.ts'
import type { Store, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'

export type SessionStatus = 'none' | 'signed-in' | 'session-ended'

export interface Session {
  readonly status: Live<SessionStatus>
  current(): SessionStatus
  /** Proof that this device holds its key, over a fresh challenge of the server. */
  proof(): Promise<{ device: string; challenge: string; signature: string }>
  /** Stores the session that the server answered with; what it returns runs after the commit. */
  adopt(tx: StoreTx, answer: SessionAnswer): Promise<() => void>
  /** Starts a session for a device that the vault's log names. */
  signInDevice(vault: VaultId): Promise<SessionAnswer>
  /** Sends a request with a valid token; a refused token is refreshed once. */
  fetch(request: Request): Promise<Response>
  token(): Promise<string>
  /** Forgets an access token that the server refused. */
  refused(token: string): void
}

interface Stored {
  readonly refreshToken: string
  /** A refresh under way: asked again with the same id until it is answered. */
  readonly asking?: { readonly requestId: string; readonly nonce: string }
}

/** Refresh this long before the access token ends. */
const earlySeconds = 30

/** Whether the session that was asked about is still the one here: a new sign-in may have replaced it. */
const isCurrent = async (tx: StoreTx, asked: Stored): Promise<boolean> =>
  (await readMeta<Stored>(tx, 'session'))?.refreshToken === asked.refreshToken

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly clock: Clock
}

/** Forgets the session of the keys that this device had before; the next call starts one. */
export const forgetSession = (tx: StoreTx): Promise<void> => deleteMeta(tx, 'session')

export async function openSession(deps: Deps): Promise<Session> {
  const { store, http, crypto, vault, clock } = deps
  const status = createLiveValue<SessionStatus>(
    (await readMeta<SessionStatus>(store, 'session-status')) ?? 'none',
  )
  /** Good for the device it was given to, which may have taken on other keys since. */
  let access: { token: string; endsAt: number; device: string } | undefined
  let refreshing: Promise<string> | undefined

  async function proof() {
    const { challenge } = await http.call({
      method: 'POST',
      path: '/v1/auth/challenges',
      body: {},
      answer: challengeAnswer,
    })
    const bytes = { challenge: base64urlToBytes(challenge)!, device: vault.device }
    const message = sessionSigningBytes(bytes, crypto)
    const signature = bytesToBase64url(crypto.sign(message, vault.keys.sign.secretKey))
    return { device: vault.device as string, challenge, signature }
  }

  async function signInDevice(vaultId: VaultId): Promise<SessionAnswer> {
    return http.call({
      method: 'POST',
      path: '/v1/auth/sessions',
      body: { kind: 'device', vault: vaultId, ...(await proof()) },
      answer: sessionAnswer,
    })
  }

  async function adopt(tx: StoreTx, answer: SessionAnswer): Promise<() => void> {
    await writeMeta(tx, 'session', { refreshToken: answer.refresh_token } satisfies Stored)
    await writeMeta(tx, 'session-status', 'signed-in')
    return () => {
      const { access_token: token, access_seconds: seconds } = answer
      access = { token, endsAt: clock.now() + seconds * 1000, device: vault.device }
      status.set('signed-in')
    }
  }

  async function take(asked: Stored, answer: SessionAnswer): Promise<string> {
    const adopted = await store.write(async (tx) =>
      (await isCurrent(tx, asked)) ? adopt(tx, answer) : () => {},
    )
    adopted()
    return answer.access_token
  }

  async function end(asked: Stored): Promise<void> {
    const ended = await store.write(async (tx) => {
      if (!(await isCurrent(tx, asked))) return false
      await deleteMeta(tx, 'session')
      await writeMeta(tx, 'session-status', 'session-ended')
      return true
    })
    if (!ended) return
    access = undefined
    status.set('session-ended')
  }

  async function askRefresh(stored: Stored): Promise<SessionAnswer> {
    const asking = stored.asking ?? {
      requestId: stampUuid(crypto.random(16), 4),
      nonce: bytesToBase64url(crypto.random(16)),
    }
    if (!stored.asking)
      await store.write(async (tx) => {
        const next = { ...stored, asking } satisfies Stored
        if (await isCurrent(tx, stored)) await writeMeta(tx, 'session', next)
      })
    const nonce = base64urlToBytes(asking.nonce)!
    const { refreshToken } = stored
    const message = refreshSigningBytes(
      { refreshToken, requestId: asking.requestId, nonce },
      crypto,
    )
    return http.call({
      method: 'POST',
      path: '/v1/auth/refresh',
      body: {
        refresh_token: refreshToken,
        request_id: asking.requestId,
        nonce: asking.nonce,
        signature: bytesToBase64url(crypto.sign(message, vault.keys.sign.secretKey)),
      },
      answer: sessionAnswer,
    })
  }

  async function refresh(): Promise<string> {
    const stored = await readMeta<Stored>(store, 'session')
    // A device that has taken on new keys has no session of its own yet.
    if (!stored && status.value() === 'signed-in') return startAnew()
    if (!stored)
      throw new Problem(status.value() === 'none' ? 'account/none' : 'auth/session-ended')
    try {
      return await take(stored, await renew(stored))
    } catch (error) {
      if (!(error instanceof Problem) || error.remedy !== 'sign-in') throw error
      await end(stored)
      throw new Problem('auth/session-ended', { cause: error })
    }
  }

  async function startAnew(): Promise<string> {
    const answer = await signInDevice(vault.view().vault)
    const adopted = await store.write((tx) => adopt(tx, answer))
    adopted()
    return answer.access_token
  }

  async function renew(stored: Stored): Promise<SessionAnswer> {
    try {
      return await askRefresh(stored)
    } catch (error) {
      // Years offline outlive any token; a device that is still a member proves itself by its key.
      if (error instanceof Problem && error.code === 'auth/expired')
        return signInDevice(vault.view().vault)
      throw error
    }
  }

  async function token(): Promise<string> {
    const mine = access?.device === vault.device
    if (access && mine && access.endsAt - earlySeconds * 1000 > clock.now()) return access.token
    refreshing ??= refresh().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  function refused(old: string): void {
    if (access?.token === old) access = undefined
  }

  async function fetchOnce(request: Request): Promise<{ response: Response; used: string }> {
    const used = await token()
    const authorized = new Request(request.clone())
    authorized.headers.set('authorization', `Bearer ${used}`)
    return { response: await http.send(authorized), used }
  }

  return {
    status: status.live,
    current: status.value,
    proof,
    adopt,
    signInDevice,
    token,
    refused,
    async fetch(request) {
      const first = await fetchOnce(request)
      if (first.response.status !== 401) return first.response
      refused(first.used)
      await first.response.body?.cancel()
      return (await fetchOnce(request)).response
    },
  }
}
