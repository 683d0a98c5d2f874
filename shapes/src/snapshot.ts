/**
 * Snapshots on the wire (W24, W25). Of a snapshot the header's `doc_seq` is its number in the document and
 * `doc_prev` the hash of its parent, zeros when it has none; `ext` names what it covers, which the server
 * compares with what it has stored. It is no part of its author's chain.
 */
import {
  choice,
  decode,
  encode,
  fixed,
  id,
  list,
  struct,
  u16,
  u32,
  type Decoded,
} from './bytes/codec.ts'
import type { DeviceId, DocId } from './id.ts'

/** The last envelope of a device's chain in the document that a snapshot contains. */
export interface Cover {
  readonly device: DeviceId
  readonly docSeq: number
  readonly hash: Uint8Array
}

const cover = struct({ device: id<DeviceId>(), docSeq: u32, hash: fixed(32) })
export const snapshotCovers = list(u16, cover)

/** Writes covers in the one order they have: by device. */
export const encodeCovers = (covers: readonly Cover[]): Uint8Array =>
  encode(
    snapshotCovers,
    covers.toSorted((a, b) => (a.device < b.device ? -1 : 1)),
  )

/** Reads the extension of a snapshot's header: each device once, in order, from 1. */
export function decodeCovers(ext: Uint8Array): Decoded<readonly Cover[]> {
  const read = decode(snapshotCovers, ext)
  if (!read.ok) return read
  const inOrder = read.value.every(
    ({ device, docSeq }, i) => docSeq > 0 && (i === 0 || read.value[i - 1]!.device < device),
  )
  return inOrder && read.value.length > 0 ? read : { ok: false, code: 'wire/malformed' }
}

/**
 * Body of `doc.verdict`: what came of rebuilding a snapshot from its parent and what it covers. The server
 * prunes by it (W25); other devices do not take its word.
 */
export const snapshotVerdict = struct({
  doc: id<DocId>(),
  number: u32,
  snapshot: fixed(32),
  verdict: choice({ ok: 1, bad: 2 }),
})
