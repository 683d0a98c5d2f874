/**
 * What is inside sealed envelopes of documents. Times and names are here, under the seal, so that the
 * server learns neither (W5, W38).
 */
import {
  fixed,
  id,
  list,
  rest,
  struct,
  text,
  u16,
  u32,
  u64,
  u8,
  type Valued,
} from './bytes/codec.ts'
import type { DeviceId, DocId } from './id.ts'

/** What every content begins with. */
const beginning = {
  /** An unknown major opens read-only, unknown minor fields survive (W31). */
  schemaMajor: u8,
  schemaMinor: u8,
  /** When the person acted, in milliseconds since 1970 by her device; for display only. */
  at: u64,
  /** The document's name; its keyed hash must be the header's `doc`. */
  name: text(u8, 255),
} as const

export const documentUpdate = struct({
  ...beginning,
  /** Yjs update, format v1. */
  update: rest,
})
export type DocumentUpdate = Valued<typeof documentUpdate>

/** Content of a snapshot (W24): the state that its parent and all that it covers come to. */
export const documentSnapshot = struct({
  ...beginning,
  /** Hash of what the state says (W24); sealed, as it would confirm guesses. */
  stateHash: fixed(32),
  /** Yjs state as an update, format v1. */
  state: rest,
})
export type DocumentSnapshot = Valued<typeof documentSnapshot>

/** An envelope by its place in a device's chain. */
const place = { device: id<DeviceId>(), docSeq: u32, hash: fixed(32) } as const

/** How far its author has seen each chain. */
export const seenHeads = list(u16, struct({ doc: id<DocId>(), ...place }))
export type SeenHead = Valued<typeof seenHeads>[number]

/** Envelopes of one document. */
export const givenEnvelopes = list(u16, struct(place))

/** Content of `heads` (W22): how far its author has seen each chain that moved since it last said so. */
export const documentHeads = struct({
  ...beginning,
  heads: seenHeads,
})
export type DocumentHeads = Valued<typeof documentHeads>

/** Content of `void` (W27): envelopes of this document that a person gives up. */
export const documentVoid = struct({ ...beginning, given: givenEnvelopes })
export type DocumentVoid = Valued<typeof documentVoid>
