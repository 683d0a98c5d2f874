/** Puts a pack together from what was found or made: keys, ciphers and parts. */
import type { Random } from '../../core/random.ts'
import type { MakeBlockAead } from '../../crypto/block-aead.ts'
import type { Primitives } from '../../crypto/primitives.ts'
import type { BlockDevice } from './block-device.ts'
import type { FileMap } from './file-map.ts'
import type { FileNode } from './file-node.ts'
import { createFrames, frameWorkBytes } from './frames.ts'
import { createJournal, type JournalPoint } from './journal.ts'
import { pooledRandom } from './nonces.ts'
import { createPack, type Pack, type PackTools } from './pack.ts'
import type { Replay } from './record.ts'
import { createSlotIo, slotWorkBytes } from './slot-io.ts'
import type { StoredMap } from './stored-map.ts'
import type { Header } from './superblock.ts'

export interface PackDeps {
  readonly device: BlockDevice
  readonly crypto: Primitives
  readonly aead: MakeBlockAead
  readonly random: Random
  /** Milliseconds since 1970, for times of change. */
  now(): number
}

export interface PackOptions {
  /** 32 bytes; they are not kept. */
  readonly dataKey: Uint8Array
  /** Opens for reading only, also what is damaged or rolled back (B16). */
  readonly isReadOnly?: boolean
  /** A sequence that was durable once, kept elsewhere (B15). */
  readonly lastKnownSequence?: number
  /** Is told of each sequence that is durable, to be kept elsewhere. */
  readonly onDurable?: (sequence: number) => void
  /** Which files are promised room (B10); none unless told. */
  readonly isPromised?: (node: FileNode) => boolean
  /** Bytes of a journal half of a new pack, a multiple of 4,096; 512 KiB unless told. */
  readonly journalBytes?: number
  /** Key area of a new pack. */
  readonly keyArea?: Uint8Array
}

const kdfContext = 'selstore'
const keyIds = { slots: 1, frames: 2, superblocks: 3 } as const

/** The key of superblocks, which does not depend on what they say. */
export const superblockKeyOf = (crypto: Primitives, dataKey: Uint8Array): Uint8Array =>
  crypto.deriveKey(dataKey, keyIds.superblocks, kdfContext)

export function createTools(deps: PackDeps, dataKey: Uint8Array, header: Header): PackTools {
  const { crypto, device } = deps
  const slotKey = crypto.deriveKey(dataKey, keyIds.slots, kdfContext)
  const frameKey = crypto.deriveKey(dataKey, keyIds.frames, kdfContext)
  const superblockKey = superblockKeyOf(crypto, dataKey)
  const slotCipher = deps.aead(slotKey, slotWorkBytes)
  const frameCipher = deps.aead(frameKey, frameWorkBytes)
  crypto.wipe(slotKey)
  crypto.wipe(frameKey)
  const random = pooledRandom(deps.random)
  const { storeId, journalBytes } = header
  return {
    superblockKey,
    io: createSlotIo({ device, aead: slotCipher, random, storeId, journalBytes }),
    frames: createFrames(frameCipher, random, storeId),
    close() {
      slotCipher.close()
      frameCipher.close()
      crypto.wipe(superblockKey)
    },
  }
}

/** Where a pack stands. */
export interface Found {
  readonly map: FileMap
  readonly stored: StoredMap
  readonly patches: Replay['patches']
  readonly sequence: number
  readonly point: JournalPoint
  readonly header: Header
  /** Which superblock it rests on. */
  readonly place: number
  /** Slots of the other superblock's map. */
  readonly retired: readonly number[]
}

export function assemblePack(
  deps: PackDeps,
  options: PackOptions,
  tools: PackTools,
  found: Found,
): Pack {
  const { device, crypto, random, now } = deps
  const { map, stored, patches, point, sequence, header, place, retired } = found
  const { frames } = tools
  return createPack({
    device,
    random,
    crypto,
    tools,
    map,
    stored,
    journal: createJournal({ device, frames, journalBytes: header.journalBytes }, point),
    standing: { sequence, header, place, retired },
    patches,
    isReadOnly: options.isReadOnly ?? false,
    isPromised: options.isPromised ?? (() => false),
    now,
    onDurable: options.onDurable ?? (() => {}),
  })
}
