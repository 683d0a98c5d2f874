/**
 * A card holds the random seeds of a passphrase or phrase member, sealed under a key that only the
 * secret yields, and names genesis and log head so that a recovering device can demand them (W8).
 */
import {
  fixed,
  choice,
  id,
  literal,
  rest,
  struct,
  u32,
  u64,
  u8,
  type Valued,
} from './bytes/codec.ts'
import type { MemberId, VaultId } from './id.ts'

/** Key derivation of the card key: Argon2id for a passphrase, none for 256-bit entropy. */
export const kdfParameters = struct({
  kind: choice({ none: 0, argon2id: 1 }),
  ops: u32,
  memoryBytes: u64,
  salt: fixed(16),
})
export type KdfParameters = Valued<typeof kdfParameters>

/** Everything before `sealed` is its associated data. */
export const cardHeader = struct({
  version: literal(u8, 1),
  vault: id<VaultId>(),
  genesisHash: fixed(32),
  member: id<MemberId>(),
  kdf: kdfParameters,
  logSeq: u32,
  logHash: fixed(32),
})
export const card = struct({ header: cardHeader, sealed: rest })
export type Card = Valued<typeof card>
/** What is sealed in a card. */
export const cardSecret = struct({ signSeed: fixed(32), boxSeed: fixed(32) })
