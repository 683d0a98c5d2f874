/** Linking by a typed word and six digits, for devices without a camera (W20). */
import { linkWord, Problem, readLinkWord } from '@selene/shapes'
import type { Http } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { Session } from '../sync/session.ts'
import { compareAsMember, compareAsNew, openWordMeeting } from '../vault/link-digits.ts'
import { admitCode } from '../vault/linking.ts'
import type { LocalVault } from '../vault/vault.ts'
import { joinVault } from './joining.ts'

export interface JoiningByDigits {
  /** Eight signs, to be typed into the other device. */
  readonly word: string
  /** To be compared with the other device's; there once the word was typed. */
  readonly digits: Promise<string>
  /** The person says that the digits are equal. */
  confirm(): void
  /** Resolves once this device has joined. @throws {@link Problem} link/failed (cancelled too), link/expired. */
  readonly done: Promise<void>
  cancel(): void
}

export interface AdmittingByDigits {
  readonly digits: string
  /**
   * The person says that the digits are equal: admits the device, and resolves when it can join.
   * @throws {@link Problem} as {@link Vault.admit} does.
   */
  confirm(): Promise<void>
}

export interface DigitLinks {
  /**
   * Asks to join another device's vault by a word and digits; what is in the diary here comes along.
   * @throws {@link Problem} account/exists when this device has an account, server/unreachable.
   */
  joinByDigits(): Promise<JoiningByDigits>
  /**
   * Meets the device that shows the word. Digits that differ mean that somebody stands between: nothing is to be confirmed.
   * @throws {@link Problem} link/failed, link/expired, and at once why nothing is sent: account/none, auth/session-ended,
   * vault/forked, vault/rolled-back, vault/member-removed, vault/erased.
   */
  admitByDigits(word: string, device: { label: string }): Promise<AdmittingByDigits>
}

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly documents: Documents
  readonly append: (entry: Uint8Array) => Promise<void>
  /** @throws {@link Problem} why nobody can be admitted now. */
  readonly refuseWhileStopped: () => void
  /** Aborts when the client closes. */
  readonly closing: AbortSignal
}

/** What a cancelled link ends with. */
function asLinkProblem(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted || error instanceof Problem) return error
  return new Problem('link/failed', { detail: 'it was cancelled', cause: error })
}

export function createDigitLinks(deps: Deps): DigitLinks {
  const { store, crypto, vault, session, append, closing } = deps
  return {
    async joinByDigits() {
      if (session.current() !== 'none') throw new Problem('account/exists')
      const word = linkWord(crypto.random(16))
      await openWordMeeting(deps, word)
      const stop = new AbortController()
      const signal = AbortSignal.any([stop.signal, closing])
      const confirmed = Promise.withResolvers<void>()
      signal.addEventListener('abort', () => confirmed.reject(signal.reason), { once: true })
      confirmed.promise.catch(() => {}) // It may be cancelled before anybody waits.
      const compared = compareAsNew(deps, { word, keys: vault.keys, signal })
      async function join(): Promise<void> {
        try {
          const { code, agreed } = await compared
          await confirmed.promise
          await joinVault(deps, { code, agreed, signal })
        } catch (error) {
          throw asLinkProblem(error, signal)
        }
      }
      const digits = compared.then(
        (found) => found.digits,
        (error: unknown) => {
          throw asLinkProblem(error, signal)
        },
      )
      const done = join()
      for (const outcome of [digits, done]) outcome.catch(() => {}) // To be looked at later, or not.
      return { word, digits, confirm: confirmed.resolve, done, cancel: () => stop.abort() }
    },

    async admitByDigits(typed, { label }) {
      deps.refuseWhileStopped()
      const word = readLinkWord(typed)
      if (!word) throw new Problem('link/failed', { detail: 'this is not a link word' })
      const once = crypto.boxPair(crypto.random(32))
      const signal = closing
      const { digits, code, agreed } = await compareAsMember(deps, { word, vault, once, signal })
      const { places } = agreed
      return {
        digits,
        async confirm() {
          deps.refuseWhileStopped()
          const log = await vault.entries(store)
          await admitCode(deps, { label, vault, log, append, signal, code, once, places })
        },
      }
    },
  }
}
