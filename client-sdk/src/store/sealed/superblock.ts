/** The superblock (STORE.md): what is readable before the key is known, and the sealed state behind it. */
import { concat, sameBytes, utf8 } from '@selene/shapes'
import { open, seal } from '../../crypto/committing-aead.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import {
  blockBytes,
  frameBytes,
  getU16,
  getU32,
  getU64,
  keyAreaBytes,
  nodeRoots,
  pageRoots,
  putU16,
  putU32,
  putU64,
  refBytes,
  superblockBytes,
} from './layout.ts'

/** In 1, records held no changes of blocks (B22). */
export const formatVersion = 2

export const superblockMagic = utf8('selpack\0')
const domain = utf8('selene/store-superblock/v1\0')
const hashDomains = [1, 2].map((version) => utf8(`selene/store-superblock-hash/v${version}\0`))
const keyAreaAt = 48
const sealedAt = keyAreaAt + keyAreaBytes
const hashAt = superblockBytes - 32
const stateBytes = hashAt - sealedAt - 72
const rootsAt = 64
export const rootRefsBytes = (nodeRoots + pageRoots) * refBytes

export interface Header {
  /** 1 or {@link formatVersion}. */
  readonly format: number
  readonly epoch: number
  readonly storeId: Uint8Array
  readonly journalBytes: number
  readonly keyArea: Uint8Array
}

export interface SuperblockState {
  readonly sequence: number
  /** What the next frame hangs on. */
  readonly chain: Uint8Array
  /** Where it is. */
  readonly half: number
  /** How long the two lists of map blocks are. */
  readonly nodeBlocks: number
  readonly pageBlocks: number
  /** Refs of the roots, `nodeRoots` and `pageRoots` of them. */
  readonly roots: Uint8Array
}

export type Inspected =
  | { readonly kind: 'intact'; readonly header: Header; readonly bytes: Uint8Array }
  | { readonly kind: 'newer' | 'damaged' }

function headerBytes(header: Header): Uint8Array {
  const bytes = new Uint8Array(sealedAt)
  bytes.set(superblockMagic)
  putU16(bytes, 8, header.format)
  putU16(bytes, 10, header.keyArea.length)
  putU32(bytes, 12, blockBytes)
  putU32(bytes, 16, header.journalBytes)
  putU64(bytes, 24, header.epoch)
  bytes.set(header.storeId, 32)
  bytes.set(header.keyArea, keyAreaAt)
  return bytes
}

function encodeState(state: SuperblockState): Uint8Array {
  const bytes = new Uint8Array(stateBytes)
  putU64(bytes, 0, state.sequence)
  bytes.set(state.chain, 8)
  bytes[24] = state.half
  putU32(bytes, 32, state.nodeBlocks)
  putU32(bytes, 36, state.pageBlocks)
  bytes.set(state.roots, rootsAt)
  return bytes
}

const decodeState = (bytes: Uint8Array): SuperblockState => ({
  sequence: getU64(bytes, 0),
  chain: bytes.slice(8, 24),
  half: bytes[24]!,
  nodeBlocks: getU32(bytes, 32),
  pageBlocks: getU32(bytes, 36),
  roots: bytes.slice(rootsAt, rootsAt + rootRefsBytes),
})

export function sealSuperblock(
  crypto: Primitives,
  key: Uint8Array,
  header: Header,
  state: SuperblockState,
): Uint8Array {
  const start = headerBytes(header)
  const sealed = seal(crypto, { key, domain, header: start }, encodeState(state))
  const body = concat(start, sealed)
  return concat(body, hashOf(crypto, header.format, body))
}

const hashOf = (crypto: Primitives, version: number, body: Uint8Array): Uint8Array =>
  crypto.hash([hashDomains[version - 1]!, body])

/** The format whose hash this is, when its number is put in. */
function formatOf(crypto: Primitives, bytes: Uint8Array): number | undefined {
  const body = bytes.slice(0, hashAt)
  for (let version = 1; version <= formatVersion; version++) {
    putU16(body, 8, version)
    if (sameBytes(hashOf(crypto, version, body), bytes.subarray(hashAt))) return version
  }
  return undefined
}

/** Says what can be said without the key. */
export function inspectSuperblock(crypto: Primitives, bytes: Uint8Array): Inspected {
  if (bytes.length !== superblockBytes || !sameBytes(bytes.subarray(0, 8), superblockMagic))
    return { kind: 'damaged' }
  const version = getU16(bytes, 8)
  const format = formatOf(crypto, bytes)
  // A later format is hashed differently; one of ours with another number was changed by nobody who knows more.
  if (version > formatVersion && format === undefined) return { kind: 'newer' }
  const keyAreaLength = getU16(bytes, 10)
  const journalBytes = getU32(bytes, 16)
  if (
    format !== version ||
    keyAreaLength > keyAreaBytes ||
    getU32(bytes, 12) !== blockBytes ||
    journalBytes < frameBytes ||
    journalBytes % frameBytes !== 0
  )
    return { kind: 'damaged' }
  return {
    kind: 'intact',
    bytes,
    header: {
      format,
      epoch: getU64(bytes, 24),
      storeId: bytes.slice(32, 48),
      journalBytes,
      keyArea: bytes.slice(keyAreaAt, keyAreaAt + keyAreaLength),
    },
  }
}

export type Unsealed =
  | { readonly ok: true; readonly state: SuperblockState }
  | { readonly ok: false; readonly code: 'wrong-key' | 'damaged' }

/** Opens the state of an intact superblock. */
export function unsealSuperblock(crypto: Primitives, key: Uint8Array, bytes: Uint8Array): Unsealed {
  const header = bytes.subarray(0, sealedAt)
  const opened = open(crypto, { key, domain, header }, bytes.subarray(sealedAt, hashAt))
  if (opened.ok) return { ok: true, state: decodeState(opened.plain) }
  return { ok: false, code: opened.code === 'crypto/wrong-key' ? 'wrong-key' : 'damaged' }
}
