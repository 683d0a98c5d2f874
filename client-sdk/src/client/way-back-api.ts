/**
 * The way back to the vault, kept in order: proving that a secret would open it, and replacing it. Each
 * replacement is one entry that removes the old member, adds the new one and begins an epoch (W11); a
 * recovery member signs it, since a device alone may not touch the way back (W16).
 */
import { bytesToBase64url, hasRecovery, Problem, type Member, type MemberId } from '@selene/shapes'
import type { Http } from '../core/http.ts'
import { newPassphraseParameters, passphraseKeys, type Stretching } from '../crypto/passphrase.ts'
import { newPhrase } from '../crypto/phrase.ts'
import type { Session } from '../sync/session.ts'
import { nextEntry, signEntry } from '../vault/entry.ts'
import { makeReplacement, makeResetCompleted } from '../vault/epoch-change.ts'
import { makeRecoveryMember, type RecoveryMember } from '../vault/recovery-members.ts'
import type { LocalVault } from '../vault/vault.ts'
import {
  mustReadPhrase,
  proveWay,
  wipeWay,
  type ProvenWay,
  type RecoverySecret,
} from './recovery-secret.ts'
import type { BuiltEntry, LogNow, VaultChanges } from './vault-changes.ts'

export interface WayBackApi {
  /**
   * Proves that the secret would recover the vault, changing nothing anywhere.
   * @throws {@link Problem} auth/refused, auth/phrase-unreadable, vault/foreign when it is that of another vault,
   * vault/forked, server/unreachable.
   */
  rehearse(secret: RecoverySecret): Promise<void>
  /** New words, which count only once {@link WayBackApi.replacePhrase} has made them do so. */
  newPhrase(): Promise<string>
  /** @throws {@link Problem} as `rehearse`, and vault/head-moved when others keep coming first. */
  changePassphrase(a: { by: RecoverySecret; next: string }): Promise<void>
  /** `next` are words of {@link WayBackApi.newPhrase}, best typed in again by her. */
  replacePhrase(a: { by: RecoverySecret; next: string }): Promise<void>
  /**
   * Announces new words without any secret: they replace passphrase and words in seven days, unless any of her
   * devices cancels, or passphrase or words are used before. All her devices show it.
   */
  announceReset(next: string): Promise<void>
  cancelReset(): Promise<void>
  /** @throws {@link Problem} vault/reset-pending before the seven days are over. */
  completeReset(): Promise<void>
}

interface Deps extends Stretching {
  readonly http: Http
  readonly vault: LocalVault
  readonly session: Session
  readonly changes: VaultChanges
}

/** What a new member brings beside its keys. */
type Bringing = Omit<BuiltEntry, 'entry' | 'cards'> & { readonly made: RecoveryMember }

const ofKind = ({ view }: LogNow, kind: Member['kind']): MemberId[] =>
  [...view.members].filter(([, member]) => member.kind === kind).map(([id]) => id)

export function createWayBackApi(deps: Deps): WayBackApi {
  const { crypto, vault, session, changes } = deps

  /** The member's keys, of this vault; wiped when the work is done. */
  async function withWay<T>(
    secret: RecoverySecret,
    work: (way: ProvenWay) => Promise<T>,
  ): Promise<T> {
    if (session.current() === 'none') throw new Problem('account/none')
    const way = await proveWay(deps, secret)
    try {
      if (way.view.vault !== vault.view().vault) throw new Problem('vault/foreign')
      return await work(way)
    } finally {
      wipeWay(crypto, way)
    }
  }

  /** The entry by which `way` puts a new member in the place of all of its kind. */
  function replacing(way: ProvenWay, log: LogNow, { made, ...rest }: Bringing): BuiltEntry {
    const place = { ...log, author: way.keys.id }
    const removed = ofKind(log, made.member.kind)
    const entry = makeReplacement(crypto, place, { removed, added: [made.member] })
    const signers = [way.keys.sign.secretKey, made.keys.sign.secretKey]
    return { entry: signEntry(crypto, entry, signers), cards: [made.card], ...rest }
  }

  function phraseMember(log: LogNow, words: string): Bringing {
    const { cardKey, signIn } = mustReadPhrase(crypto, words)
    const made = makeRecoveryMember(crypto, log, { kind: 'phrase', cardKey })
    return { made, phrase_key: bytesToBase64url(signIn.publicKey) }
  }

  /** Signs by this device an entry that needs no new key. */
  const byDevice = (entry: Parameters<typeof signEntry>[1]): Uint8Array =>
    signEntry(crypto, entry, [vault.keys.sign.secretKey])

  return {
    rehearse: (secret) => withWay(secret, async () => {}),

    newPhrase: async () => newPhrase(crypto).words,

    async changePassphrase({ by, next }) {
      const kdf = newPassphraseParameters(crypto)
      const { loginSecret, cardKey } = await passphraseKeys(deps, next, kdf)
      const login = {
        secret: bytesToBase64url(loginSecret),
        kdf: { salt: bytesToBase64url(kdf.salt), ops: kdf.ops, memory_bytes: kdf.memoryBytes },
      }
      await withWay(by, (way) =>
        changes.apply((log) => {
          const made = makeRecoveryMember(crypto, log, { kind: 'passphrase', cardKey, kdf })
          return replacing(way, log, { made, login })
        }),
      )
    },

    async replacePhrase({ by, next }) {
      mustReadPhrase(crypto, next)
      await withWay(by, (way) =>
        changes.apply((log) => replacing(way, log, phraseMember(log, next))),
      )
    },

    async announceReset(next) {
      mustReadPhrase(crypto, next)
      await changes.apply((log) => {
        if (!hasRecovery(log.view)) throw new Problem('account/none')
        const { made, ...rest } = phraseMember(log, next)
        const { member, keys, card } = made
        const entry = nextEntry(log.view, vault.device, { type: 'recovery-reset', member })
        const signers = [vault.keys.sign.secretKey, keys.sign.secretKey]
        return { entry: signEntry(crypto, entry, signers), cards: [card], ...rest }
      })
    },

    cancelReset: () =>
      changes.apply(({ view }) => {
        if (!view.reset) return undefined
        const payload = { type: 'reset-cancelled', reset: view.reset.seq } as const
        return { entry: byDevice(nextEntry(view, vault.device, payload)) }
      }),

    completeReset: () =>
      changes.apply((log) => {
        if (!log.view.reset) return undefined
        return { entry: byDevice(makeResetCompleted(crypto, { ...log, author: vault.device })) }
      }),
  }
}
