/**
 * What a recovery secret gives: a member's keys out of its card, and a log that is the one the card was
 * made in. A server that shows another log, with the recovery key added to it, is refused (W8).
 */
import {
  foldLog,
  parseEntry,
  Problem,
  sameBytes,
  type MemberId,
  type VaultId,
  type VaultView,
} from '@selene/shapes'
import { openCard } from '../crypto/card.ts'
import { memberKeys, type MemberKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { EpochKey } from './entry.ts'
import { keysFromEntry } from './key-ring.ts'

/** What the server says belongs to a secret; nothing of it is believed. */
export interface ClaimedWay {
  readonly vault: VaultId
  readonly card: Uint8Array
  /** Raw entries, genesis first. */
  readonly entries: readonly [Uint8Array, ...Uint8Array[]]
}

export interface OpenedWay {
  readonly keys: MemberKeys
  readonly view: VaultView
  /** The current one. */
  readonly epoch: EpochKey
}

/** The epoch keys that a log yields to a member, by number. @throws {@link Problem} vault/forked */
function epochKeys(
  crypto: Primitives,
  log: { view: VaultView; entries: readonly Uint8Array[] },
  keys: MemberKeys,
): ReadonlyMap<number, Uint8Array> {
  const found = log.entries.flatMap((bytes) => {
    const entry = parseEntry(bytes)
    const yielded = entry.ok
      ? keysFromEntry(crypto, { view: log.view, entry: entry.value }, keys)
      : []
    if (!yielded) throw new Problem('vault/forked')
    return yielded
  })
  return new Map(found.map(({ number, key }) => [number, key]))
}

/** Whether a log begins at the card's genesis, passes through its head and has its member. */
function isCardsOwn(view: VaultView, card: CardHeader): boolean {
  const named = view.hashes[card.logSeq]
  return (
    view.vault === card.vault &&
    sameBytes(view.hashes[0]!, card.genesisHash) &&
    named !== undefined &&
    sameBytes(named, card.logHash) &&
    view.members.has(card.member)
  )
}

interface CardHeader {
  readonly vault: VaultId
  readonly genesisHash: Uint8Array
  readonly member: MemberId
  readonly logSeq: number
  readonly logHash: Uint8Array
}

/**
 * Opens the card and checks the log against it. The keys are the caller's, to be wiped after use.
 * @throws {@link Problem} crypto/wrong-key, crypto/damaged, wire/malformed for the card; vault/forked when
 * the log is not the one that the card was made in, or gives its member no key.
 */
export function openWay(crypto: Primitives, cardKey: Uint8Array, claimed: ClaimedWay): OpenedWay {
  const opened = openCard(crypto, cardKey, claimed.card)
  if (!opened.ok) throw new Problem(opened.code)
  const keys = memberKeys(crypto, opened.seeds)
  crypto.wipe(opened.seeds.sign)
  crypto.wipe(opened.seeds.box)
  const folded = foldLog(claimed.entries, crypto)
  const { header } = opened
  if (!folded.ok || !isCardsOwn(folded.view, header) || header.member !== keys.id)
    throw new Problem('vault/forked')
  const { view } = folded
  const number = view.epochs.length
  const key = epochKeys(crypto, { view, entries: claimed.entries }, keys).get(number)
  if (!key) throw new Problem('vault/forked')
  return { keys, view, epoch: { number, key } }
}
