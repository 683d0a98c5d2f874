/** The head of a backup file as bytes (BACKUP.md): what can be read before any secret is known. */
import {
  concat,
  decode,
  domains,
  encode,
  fixed,
  kdfParameters,
  literal,
  Problem,
  sameBytes,
  struct,
  u32,
  u64,
  u8,
  utf8,
  type KdfParameters,
} from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'

const magic = utf8('SELENEBK')
const version = 1
const checkBytes = 16
/** Plain bytes of every chunk but the last. */
export const chunkBytes = 65_536
/** What sealing adds to a chunk (W1). */
export const sealBytes = 72

const begin = struct({
  magic: fixed(magic.length),
  version: literal(u8, version),
  kdf: kdfParameters,
  /** Of the padded content. */
  length: u64,
})
const beginBytes = magic.length + 1 + 29 + 8
export const headBytes = beginBytes + 2 * checkBytes

export interface Head {
  readonly kdf: KdfParameters
  readonly length: number
  /** By which a wrong secret is told apart from damage. */
  readonly keyCheck: Uint8Array
  /** All of the head, which every chunk is bound to. */
  readonly bytes: Uint8Array
}

const keyCheckOf = (crypto: Primitives, key: Uint8Array, start: Uint8Array): Uint8Array =>
  crypto.keyedHash(key, [domains.backup, start], checkBytes)

const checkOf = (crypto: Primitives, covered: Uint8Array): Uint8Array =>
  crypto.hash([domains.backup, covered], checkBytes)

export function makeHead(
  crypto: Primitives,
  key: Uint8Array,
  { kdf, length }: Pick<Head, 'kdf' | 'length'>,
): Head {
  const start = encode(begin, { magic, version, kdf, length })
  const keyCheck = keyCheckOf(crypto, key, start)
  const covered = concat(start, keyCheck)
  return { kdf, length, keyCheck, bytes: concat(covered, checkOf(crypto, covered)) }
}

/** @throws {@link Problem} backup/unreadable, backup/newer-format, backup/cut, backup/damaged */
export function readHead(crypto: Primitives, bytes: Uint8Array): Head {
  if (!sameBytes(bytes.subarray(0, magic.length), magic)) throw new Problem('backup/unreadable')
  const written = bytes[magic.length]
  if (written !== undefined && written > version) throw new Problem('backup/newer-format')
  if (bytes.length < headBytes) throw new Problem('backup/cut')
  const covered = bytes.subarray(0, headBytes - checkBytes)
  const decoded = decode(begin, bytes.subarray(0, beginBytes))
  if (!decoded.ok || !sameBytes(bytes.subarray(headBytes - checkBytes), checkOf(crypto, covered)))
    throw new Problem('backup/damaged')
  const { kdf, length } = decoded.value
  return { kdf, length, keyCheck: bytes.slice(beginBytes, beginBytes + checkBytes), bytes }
}

/** Whether it is the key of this file. */
export const isKeyOf = (crypto: Primitives, key: Uint8Array, { bytes, keyCheck }: Head): boolean =>
  crypto.sameSecret(keyCheck, keyCheckOf(crypto, key, bytes.subarray(0, beginBytes)))

/** Bytes of the whole file. */
export const fileBytes = ({ length }: Head): number =>
  headBytes + length + Math.ceil(length / chunkBytes) * sealBytes

/** What a chunk is bound to: its file, and its place in it. */
export const chunkHeader = ({ bytes }: Head, index: number): Uint8Array =>
  concat(bytes, u32.write(index))
