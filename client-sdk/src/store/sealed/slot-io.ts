/**
 * Blocks in slots: sealed on the way out, authenticated on the way in (STORE.md, "Slot"). Blocks that go to
 * neighbouring slots are written with one operation.
 */
import type { BlockAead, BlockBox } from '../../crypto/block-aead.ts'
import type { BlockDevice } from './block-device.ts'
import { blockBytes, getU32, putU32, refBytes, slotAt } from './layout.ts'
import type { FillRandom } from './nonces.ts'

const batchBlocks = 16
export const longestRun = batchBlocks
/** Working memory that {@link createSlotIo} needs. */
export const slotWorkBytes = batchBlocks * blockBytes

/** What a block is part of: inode and number, or a kind of map block and its index. */
export interface BlockName {
  readonly a: number
  readonly b: number
}

export interface Outgoing extends BlockName {
  readonly slot: number
  readonly bytes: Uint8Array
}

export interface SlotIo {
  /**
   * Writes blocks; `done` is called for each with its ref, which is valid during the call only, once it is written.
   * @throws fault full, io
   */
  write(blocks: readonly Outgoing[], done: (block: Outgoing, ref: Uint8Array) => void): void
  /** Reads a block; false when it is damaged. @throws fault io */
  read(ref: Uint8Array, name: BlockName, into: Uint8Array): boolean
  /** Reads blocks of one file, one after the other, from neighbouring slots, at most `longestRun`; false when one is damaged. */
  readRun(refs: readonly Uint8Array[], first: BlockName, into: Uint8Array): boolean
  /** Copies a slot as it is. */
  move(from: number, to: number): void
}

export interface SlotIoDeps {
  readonly device: BlockDevice
  readonly aead: BlockAead
  readonly random: FillRandom
  readonly storeId: Uint8Array
  readonly journalBytes: number
}

export function createSlotIo(deps: SlotIoDeps): SlotIo {
  const { device, aead, random, storeId, journalBytes } = deps
  const nonce = new Uint8Array(24)
  const header = new Uint8Array(24)
  header.set(storeId)
  const refs = Array.from({ length: batchBlocks }, () => new Uint8Array(refBytes))
  const writing: BlockBox[] = refs.map((ref) => ({ nonce, header, tag: ref.subarray(16, 32) }))
  const tag = new Uint8Array(16)
  const reading: BlockBox = { nonce, header, tag }

  function nameBox(name: BlockName, ref: Uint8Array): void {
    putU32(nonce, 0, name.a)
    putU32(nonce, 4, name.b)
    nonce.set(ref.subarray(4, 16), 8)
    header.set(nonce.subarray(0, 8), 16)
  }

  /** Writes blocks whose slots are neighbours. */
  function writeRun(
    run: readonly Outgoing[],
    done: (block: Outgoing, ref: Uint8Array) => void,
  ): void {
    const work = aead.work()
    for (const [i, block] of run.entries()) {
      const ref = refs[i]!
      putU32(ref, 0, block.slot)
      random(ref.subarray(4, 16))
      nameBox(block, ref)
      work.set(block.bytes, i * blockBytes)
      aead.seal(i * blockBytes, blockBytes, writing[i]!)
    }
    device.write(slotAt(journalBytes, run[0]!.slot), work.subarray(0, run.length * blockBytes))
    for (const [i, block] of run.entries()) done(block, refs[i]!)
  }

  function readRun(refs: readonly Uint8Array[], { a, b }: BlockName, into: Uint8Array): boolean {
    const work = aead.work().subarray(0, refs.length * blockBytes)
    const slot = getU32(refs[0]!, 0)
    if (device.read(slotAt(journalBytes, slot), work) < work.length) return false
    for (const [i, ref] of refs.entries()) {
      nameBox({ a, b: b + i }, ref)
      tag.set(ref.subarray(16, 32))
      if (!aead.open(i * blockBytes, blockBytes, reading)) return false
    }
    into.set(work)
    return true
  }

  return {
    write(blocks, done) {
      for (let from = 0; from < blocks.length;) {
        let to = from + 1
        while (
          to < blocks.length &&
          to - from < batchBlocks &&
          blocks[to]!.slot === blocks[to - 1]!.slot + 1
        )
          to += 1
        writeRun(blocks.slice(from, to), done)
        from = to
      }
    },
    read: (ref, name, into) => readRun([ref], name, into),
    readRun,
    move(from, to) {
      const work = aead.work().subarray(0, blockBytes)
      device.read(slotAt(journalBytes, from), work)
      device.write(slotAt(journalBytes, to), work)
    },
  }
}
