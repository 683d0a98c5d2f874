/**
 * The vault log as a pure state machine. Server and every client fold the same entries through
 * {@link startVault} and {@link appendEntry}; neither takes the other's word for who is a member.
 */
import { sameBytes } from '../bytes/concat.ts'
import type { WireCrypto } from '../crypto.ts'
import { stampUuid, type DeviceId, type MemberId, type VaultId } from '../id.ts'
import type { ProblemCode } from '../problem.ts'
import { changeVault, sealsMatch } from './change.ts'
import {
  entryHash,
  entrySigningBytes,
  memberId,
  parseEntry,
  signingKeys,
  unnamedVault,
  type EpochPart,
  type Member,
  type SignedEntry,
} from './entry.ts'
import { isRanked } from './rank.ts'

export interface Epoch extends EpochPart {
  /** Sequence of the log entry that brought it. */
  readonly entrySeq: number
}

export interface RemovedMember extends Member {
  /** The epoch that began with the removal. */
  readonly removedInEpoch: number
}

/** What the verified prefix of a log says. */
export interface VaultView {
  readonly vault: VaultId
  /** Hash of every entry, by sequence; the last is the head. */
  readonly hashes: readonly Uint8Array[]
  readonly members: ReadonlyMap<MemberId, Member>
  /** Members that once were: their old envelopes stay verifiable. */
  readonly removed: ReadonlyMap<MemberId, RemovedMember>
  /** Epoch n is at index n − 1. */
  readonly epochs: readonly Epoch[]
  /** New recovery words that a device has announced and nobody has cancelled (W16). */
  readonly reset: PendingReset | undefined
  /** The vault has ended: nothing is appended any more (W17). */
  readonly erased: boolean
}

export interface PendingReset {
  /** Sequence of the entry that announced it. */
  readonly seq: number
  /** The device that did. */
  readonly author: MemberId
  readonly member: Member
}

export type LogRefusal = Extract<
  ProblemCode,
  | 'wire/malformed'
  | 'crypto/bad-signature'
  | 'vault/head-moved'
  | 'vault/foreign'
  | 'vault/not-member'
  | 'vault/entry-refused'
  | 'vault/rank'
>
export type Folded =
  | { ok: true; view: VaultView; entry: SignedEntry }
  | { ok: false; code: LogRefusal }

export const headOf = (view: VaultView): { seq: number; hash: Uint8Array } => ({
  seq: view.hashes.length - 1,
  hash: view.hashes.at(-1)!,
})

export const currentEpoch = (view: VaultView): Epoch => view.epochs.at(-1)!

const zeros = new Uint8Array(32)
const refuse = (code: LogRefusal): Folded => ({ ok: false, code })

function signaturesHold(
  entry: SignedEntry,
  hash: Uint8Array,
  authorKey: Uint8Array,
  crypto: WireCrypto,
): boolean {
  const message = entrySigningBytes(hash)
  return signingKeys(entry.payload, authorKey).every((key, i) =>
    crypto.verify(entry.signatures[i]!, message, key),
  )
}

/** Opens a vault with its genesis entry, whose hash is its id. */
export function startVault(bytes: Uint8Array, crypto: WireCrypto): Folded {
  const parsed = parseEntry(bytes)
  if (!parsed.ok) return parsed
  const entry = parsed.value
  const { payload } = entry
  if (payload.type !== 'genesis' || entry.seq !== 0 || entry.vault !== unnamedVault)
    return refuse('vault/entry-refused')
  const first = payload.member
  const founder = memberId(first, crypto)
  const { epoch } = payload
  if (entry.author !== founder || first.kind !== 'device' || !first.sosKey)
    return refuse('vault/entry-refused')
  if (!sameBytes(entry.prev, zeros) || epoch.number !== 1 || epoch.previous.length > 0)
    return refuse('vault/entry-refused')
  const members = new Map([[founder, first]])
  if (epoch.cut.length > 0 || !sealsMatch(epoch, members)) return refuse('vault/entry-refused')
  const hash = entryHash(entry.unsigned, crypto)
  if (!signaturesHold(entry, hash, first.signKey, crypto)) return refuse('crypto/bad-signature')
  const view: VaultView = {
    vault: stampUuid<VaultId>(hash, 8),
    hashes: [hash],
    members,
    removed: new Map(),
    epochs: [{ ...epoch, entrySeq: 0 }],
    reset: undefined,
    erased: false,
  }
  return { ok: true, view, entry }
}

/** Appends one entry to a verified log; refuses whatever a current member could not have written here. */
export function appendEntry(view: VaultView, bytes: Uint8Array, crypto: WireCrypto): Folded {
  const parsed = parseEntry(bytes)
  if (!parsed.ok) return parsed
  const entry = parsed.value
  if (entry.vault !== view.vault) return refuse('vault/foreign')
  const head = headOf(view)
  if (entry.seq !== head.seq + 1 || !sameBytes(entry.prev, head.hash))
    return refuse('vault/head-moved')
  const author = view.members.get(entry.author)
  if (!author) return refuse('vault/not-member')
  const hash = entryHash(entry.unsigned, crypto)
  if (!signaturesHold(entry, hash, author.signKey, crypto)) return refuse('crypto/bad-signature')
  if (!isRanked(view, entry.payload, author)) return refuse('vault/rank')
  const changed = changeVault(view, entry, crypto)
  if (!changed) return refuse('vault/entry-refused')
  return { ok: true, entry, view: { ...view, ...changed, hashes: [...view.hashes, hash] } }
}

/** Folds a whole log, genesis first; the first entry that is refused refuses it. */
export function foldLog(
  [genesis, ...later]: readonly [Uint8Array, ...Uint8Array[]],
  crypto: WireCrypto,
): Folded {
  let folded = startVault(genesis, crypto)
  for (const entry of later) if (folded.ok) folded = appendEntry(folded.view, entry, crypto)
  return folded
}

/**
 * Last `device_seq` of a device that counts under an epoch: that device's place in the cut made when
 * the epoch ended, 0 if it has none, and no bound while the epoch is current. Nothing counts of a
 * removed device from the epoch of its removal on (W14).
 */
export function cutFor(view: VaultView, epoch: number, device: DeviceId): number {
  const gone = view.removed.get(device)
  if (gone && epoch >= gone.removedInEpoch) return 0
  const next = view.epochs[epoch]
  if (!next) return Number.POSITIVE_INFINITY
  return next.cut.find((entry) => entry.device === device)?.deviceSeq ?? 0
}
