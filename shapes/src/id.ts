/**
 * Identifiers. All are 16 bytes on the wire and UUID text (RFC 9562 §4) in JSON, SQL and TypeScript;
 * the brands keep one kind from standing where another belongs.
 */
import { bytesToHex, octetAt } from './bytes/text.ts'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** The account and its vault are one: the hash of the vault's genesis entry, as UUIDv8 (W6). */
export type VaultId = Branded<'vault'>
/** Hash of a member's public keys (W7). */
export type MemberId = Branded<'member'>
/** A member that is a device. */
export type DeviceId = MemberId
/** Keyed hash of a document's name (W5). */
export type DocId = Branded<'doc'>
/** Random UUIDv4, fixed when the person acts (W38). */
export type OpId = Branded<'op'>
/** Random rendezvous of two devices that link (W19). */
export type LinkId = Branded<'link'>
export type SessionId = Branded<'session'>
/** Random UUIDv4 of an alert, fixed when the person raises it. */
export type AlertId = Branded<'alert'>
/** One link between two people, the same for both: the hash of their invitation's secret (W44). */
export type ContactId = Branded<'contact'>
export type GrantId = Branded<'grant'>
/** Random UUIDv4 by which an alert's owner knows one who answered. */
export type ResponseId = Branded<'response'>

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether the text is an identifier in its one canonical form (lower case, with hyphens). */
export const isUuid = (text: string): boolean => form.test(text)

/** @throws TypeError when the text is not a canonical UUID. */
export function uuidToBytes(uuid: string): Uint8Array<ArrayBuffer> {
  if (!isUuid(uuid)) throw new TypeError('not a UUID in canonical form')
  const bytes = new Uint8Array(16)
  for (let i = 0, at = 0; i < bytes.length; i++, at += 2) {
    if (uuid[at] === '-') at += 1
    bytes[i] = octetAt(uuid, at)
  }
  return bytes
}

/** @throws TypeError unless there are exactly 16 bytes. */
export function bytesToUuid<Id extends string>(bytes: Uint8Array): Id {
  if (bytes.length !== 16) throw new TypeError('an identifier has 16 bytes')
  const hex = bytesToHex(bytes)
  const cuts = [0, 8, 12, 16, 20, 32]
  return cuts
    .slice(1)
    .map((end, i) => hex.slice(cuts[i], end))
    .join('-') as Id
}

/** Sets version and variant bits of a UUIDv4 or UUIDv8 on 16 given bytes. */
export function stampUuid<Id extends string>(bytes: Uint8Array, version: 4 | 8): Id {
  const stamped = bytes.slice(0, 16)
  stamped[6] = (stamped[6]! & 0x0f) | (version << 4)
  stamped[8] = (stamped[8]! & 0x3f) | 0x80
  return bytesToUuid<Id>(stamped)
}
