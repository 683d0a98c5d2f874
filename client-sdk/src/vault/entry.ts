/** Makes log entries; signing is apart from making, as several keys sign one entry. Those with an epoch: `epoch-change.ts`. */
import {
  domains,
  encodeEntry,
  entryHash,
  entrySigningBytes,
  headOf,
  joinEntry,
  pad,
  unnamedVault,
  unpad,
  utf8,
  uuidToBytes,
  type EntryPayload,
  type LogEntry,
  type Member,
  type MemberId,
  type VaultView,
} from '@selene/shapes'
import { open, seal } from '../crypto/committing-aead.ts'
import { commitEpoch, labelKey, sealEpoch } from '../crypto/epoch-key.ts'
import type { DeviceKeys } from '../crypto/member-keys.ts'
import type { Primitives } from '../crypto/primitives.ts'

export interface EpochKey {
  readonly number: number
  readonly key: Uint8Array
}

const labelContext = (crypto: Primitives, epochKey: Uint8Array, id: MemberId) => ({
  key: labelKey(crypto, epochKey),
  domain: domains.label,
  header: uuidToBytes(id),
})

/** A member's label as other members read it; padded, so that its length does not tell the name. */
export const sealLabel = (
  crypto: Primitives,
  member: { epochKey: Uint8Array; id: MemberId; label: string },
): Uint8Array =>
  seal(
    crypto,
    labelContext(crypto, member.epochKey, member.id),
    pad(utf8(member.label.slice(0, 60))),
  )

/** `undefined` when the label was sealed under another epoch. */
export function openLabel(
  crypto: Primitives,
  member: { epochKey: Uint8Array; id: MemberId; sealed: Uint8Array },
): string | undefined {
  const opened = open(crypto, labelContext(crypto, member.epochKey, member.id), member.sealed)
  const label = opened.ok ? unpad(opened.plain) : undefined
  return label && new TextDecoder().decode(label)
}

/** This device as a member. */
export const deviceMember = (keys: DeviceKeys, label: Uint8Array): Member => ({
  kind: 'device',
  signKey: keys.sign.publicKey,
  boxKey: keys.box.publicKey,
  sosKey: keys.sos.publicKey,
  label,
})

/** The first entry of a new vault, and its first epoch key. */
export function makeGenesis(
  crypto: Primitives,
  keys: DeviceKeys,
  label: string,
): { entry: LogEntry; epochKey: Uint8Array } {
  const key = crypto.random(32)
  const epoch = { vault: unnamedVault, number: 1, key }
  const entry: LogEntry = {
    vault: unnamedVault,
    seq: 0,
    prev: new Uint8Array(32),
    author: keys.id,
    payload: {
      type: 'genesis',
      suite: 1,
      random: crypto.random(32),
      member: deviceMember(keys, sealLabel(crypto, { epochKey: key, id: keys.id, label })),
      epoch: {
        number: 1,
        commit: commitEpoch(crypto, key, epoch),
        previous: new Uint8Array(0),
        seals: [{ member: keys.id, sealed: sealEpoch(crypto, epoch, keys.box.publicKey) }],
        cut: [],
      },
    },
  }
  return { entry, epochKey: key }
}

/** The next entry of a log. */
export function nextEntry(view: VaultView, author: MemberId, payload: EntryPayload): LogEntry {
  const head = headOf(view)
  return { vault: view.vault, seq: head.seq + 1, prev: head.hash, author, payload }
}

/** The next entry of a log, which adds members under the current epoch. */
export function makeMemberAdded(
  crypto: Primitives,
  log: { view: VaultView; author: MemberId; epoch: EpochKey },
  members: readonly Member[],
): LogEntry {
  const { view, author, epoch } = log
  return nextEntry(view, author, {
    type: 'member-added',
    members: members.map((member) => ({
      member,
      sealed: sealEpoch(crypto, { vault: view.vault, ...epoch }, member.boxKey),
    })),
  })
}

/** Signs an entry with each key in the order that its layout wants. */
export function signEntry(
  crypto: Primitives,
  entry: LogEntry,
  secretKeys: readonly Uint8Array[],
): Uint8Array {
  const unsigned = encodeEntry(entry)
  const message = entrySigningBytes(entryHash(unsigned, crypto))
  return joinEntry(
    unsigned,
    secretKeys.map((key) => crypto.sign(message, key)),
  )
}
