/**
 * What is inside a sealed `update` envelope. Times and names are here, under the seal, so that the
 * server learns neither (W5, W38).
 */
import { rest, struct, text, u64, u8, type Valued } from './bytes/codec.ts'

export const documentUpdate = struct({
  /** An unknown major opens read-only, unknown minor fields survive (W31). */
  schemaMajor: u8,
  schemaMinor: u8,
  /** When the person acted, in milliseconds since 1970 by her device; for display only. */
  at: u64,
  /** The document's name; its keyed hash must be the header's `doc`. */
  name: text(u8, 255),
  /** Yjs update, format v1. */
  update: rest,
})
export type DocumentUpdate = Valued<typeof documentUpdate>
