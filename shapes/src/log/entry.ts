/**
 * Entries of the vault log: who may open the vault, and under which epoch key (W12).
 *
 * `version ‖ type ‖ vault ‖ seq ‖ prev ‖ author ‖ payload` are hashed and chained; the signatures
 * behind them are the author's and, for every member that the entry adds, those of its own keys.
 */
import { concat } from '../bytes/concat.ts'
import {
  choice,
  createSource,
  decode,
  encode,
  fixed,
  id,
  list,
  literal,
  optional,
  prefixed,
  struct,
  u16,
  u32,
  u64,
  u8,
  type Codec,
  type Decoded,
  type Valued,
} from '../bytes/codec.ts'
import type { WireCrypto } from '../crypto.ts'
import { domains } from '../domain.ts'
import { bytesToUuid, type DeviceId, type MemberId, type VaultId } from '../id.ts'

/** Keys of a member; only devices have an SOS key (W7). */
export const member = struct({
  kind: choice({ device: 1, passphrase: 2, phrase: 3, passkey: 4 }),
  signKey: fixed(32),
  boxKey: fixed(32),
  sosKey: optional(fixed(32)),
  /** Sealed name of the member, for people. */
  label: prefixed(u16, 512),
})
export type Member = Valued<typeof member>

/** An epoch key sealed to one member: `crypto_box_seal` of {@link epochSeal}, 73 + 48 bytes. */
const sealedEpoch = fixed(121)
export const epochSeal = struct({
  domain: fixed(domains.epochSeal.length),
  vault: id<VaultId>(),
  number: u32,
  key: fixed(32),
})

/** A new epoch: a commitment to its key, the way back to the previous one, seals and cut (W13, W14). */
export const epochPart = struct({
  number: u32,
  commit: fixed(32),
  /** The previous epoch's key under the new one's wrap key; empty for epoch 1. */
  previous: prefixed(u16, 512),
  seals: list(u16, struct({ member: id<MemberId>(), sealed: sealedEpoch })),
  /** Last `device_seq` that counts of each device's envelopes under older epochs. */
  cut: list(u16, struct({ device: id<DeviceId>(), deviceSeq: u64 })),
})
export type EpochPart = Valued<typeof epochPart>

const suite = literal(u8, 1)
const payloads = {
  genesis: struct({ suite, random: fixed(32), member, epoch: epochPart }),
  'member-added': struct({ members: list(u8, struct({ member, sealed: sealedEpoch })) }),
  'member-removed': struct({
    removed: list(u8, id<MemberId>()),
    added: list(u8, member),
    epoch: epochPart,
  }),
  epoch: struct({ epoch: epochPart }),
  /** A device's word that the way back is lost: new recovery words, in force only later (W16). */
  'recovery-reset': struct({ member }),
  /** The vault has ended; nothing follows (W17). */
  'vault-erased': struct({}),
  /** Takes a pending reset back, named by the sequence of its entry. */
  'reset-cancelled': struct({ reset: u32 }),
  /** Puts a reset into force: its member alone is the way back from here on. */
  'reset-completed': struct({ reset: u32, epoch: epochPart }),
} as const
type Payloads = { [T in keyof typeof payloads]: Valued<(typeof payloads)[T]> }
export type EntryType = keyof Payloads
export type EntryPayload = { [T in EntryType]: { type: T } & Payloads[T] }[EntryType]

const entryTypes = {
  genesis: 1,
  'member-added': 2,
  'member-removed': 3,
  epoch: 4,
  'recovery-reset': 5,
  'vault-erased': 6,
  'reset-cancelled': 7,
  'reset-completed': 8,
} as const
const header = struct({
  version: literal(u8, 1),
  type: choice(entryTypes),
  vault: id<VaultId>(),
  seq: u32,
  prev: fixed(32),
  author: id<MemberId>(),
  payload: prefixed(u32, 60_000),
})

export interface LogEntry {
  readonly vault: VaultId
  readonly seq: number
  readonly prev: Uint8Array
  readonly author: MemberId
  readonly payload: EntryPayload
}
export interface SignedEntry extends LogEntry {
  /** All bytes before the signatures. */
  readonly unsigned: Uint8Array
  readonly signatures: readonly Uint8Array[]
}

/** The vault's id inside its own genesis entry, whose hash becomes the id (W6). */
export const unnamedVault = bytesToUuid<VaultId>(new Uint8Array(16))

export function encodeEntry(entry: LogEntry): Uint8Array {
  const { type, ...fields } = entry.payload
  const codec = payloads[type] as unknown as Codec<unknown>
  return encode(header, { ...entry, version: 1, type, payload: encode(codec, fields) })
}

export const joinEntry = (unsigned: Uint8Array, signatures: readonly Uint8Array[]): Uint8Array =>
  concat(unsigned, ...signatures)

/** Members that an entry names with their keys: those it adds, and the one that a reset announces. */
export function addedMembers(payload: EntryPayload): readonly Member[] {
  switch (payload.type) {
    case 'genesis':
    case 'recovery-reset':
      return [payload.member]
    case 'member-added':
      return payload.members.map((added) => added.member)
    case 'member-removed':
      return payload.added
    case 'epoch':
    case 'vault-erased':
    case 'reset-cancelled':
    case 'reset-completed':
      return []
  }
}

/**
 * The keys whose signatures follow an entry, in order: its author's, then for each added member its
 * signing key (in genesis that is the author's, once) and its SOS key.
 */
export function signingKeys(payload: EntryPayload, authorKey: Uint8Array): Uint8Array[] {
  const own = addedMembers(payload).flatMap((added) => [
    ...(payload.type === 'genesis' ? [] : [added.signKey]),
    ...(added.sosKey ? [added.sosKey] : []),
  ])
  return [authorKey, ...own]
}

/** The epoch that an entry begins, if it does. */
export const epochOf = (payload: EntryPayload): EpochPart | undefined =>
  'epoch' in payload ? payload.epoch : undefined

/** Splits the bytes that the author signs; nothing is verified yet. */
export function parseUnsignedEntry(bytes: Uint8Array): Decoded<LogEntry> {
  const head = decode(header, bytes)
  if (!head.ok) return head
  const { type, vault, seq, prev, author } = head.value
  const fields = decode(payloads[type] as unknown as Codec<object>, head.value.payload)
  if (!fields.ok) return fields
  return {
    ok: true,
    value: { vault, seq, prev, author, payload: { type, ...fields.value } as EntryPayload },
  }
}

/** Splits a signed entry and demands exactly as many signatures as it needs (W2). */
export function parseEntry(bytes: Uint8Array): Decoded<SignedEntry> {
  const source = createSource(bytes)
  try {
    header.read(source)
  } catch {
    return { ok: false, code: 'wire/malformed' }
  }
  const unsigned = bytes.slice(0, bytes.length - source.left)
  const entry = parseUnsignedEntry(unsigned)
  if (!entry.ok) return entry
  const needed = signingKeys(entry.value.payload, new Uint8Array(32)).length
  if (source.left !== 64 * needed) return { ok: false, code: 'wire/malformed' }
  const signatures = Array.from({ length: needed }, () => source.take(64))
  return { ok: true, value: { ...entry.value, unsigned, signatures } }
}

/** Hash by which the chain, the vault's id and envelopes name an entry. */
export const entryHash = (unsigned: Uint8Array, crypto: WireCrypto): Uint8Array =>
  crypto.hash([domains.log, unsigned])

export const entrySigningBytes = (hash: Uint8Array): Uint8Array => concat(domains.sigLog, hash)

/** A member's id is the hash of its public keys (W7). */
export const memberId = (keys: Pick<Member, 'signKey' | 'boxKey'>, crypto: WireCrypto): MemberId =>
  bytesToUuid(crypto.hash([domains.member, keys.signKey, keys.boxKey], 16))

export const logGrammar = {
  header: header.grammar,
  ...Object.fromEntries(Object.entries(payloads).map(([type, codec]) => [type, codec.grammar])),
  epochSeal: epochSeal.grammar,
}
