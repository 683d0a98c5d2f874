/**
 * A kit in two slots that are written in turn, for files that cannot be replaced at one stroke: a torn
 * write leaves the other slot, which holds the record before it. Where there is no place for slots at all
 * the kit is in memory only, and says so: an alert can always be raised and sent.
 *
 * | magic and version | counter | AES-GCM over the record, this header authenticated |
 * |---|---|---|
 * | 8 | u64 | {@link sealRecord} |
 */
import { concat, Problem, sameBytes, utf8 } from '@selene/shapes'
import type { KitFiles } from './kit-files.ts'
import { openRecord, sealRecord } from './kit-seal.ts'

/** One place for bytes. */
export interface KitSlot {
  /** What was written last, or whatever a write that did not end has left; empty at first. */
  read(): Promise<Uint8Array>
  /** Resolved = the bytes survive loss of power. */
  write(bytes: Uint8Array): Promise<void>
}

/** What the two slots are in, open for one. */
export interface SlotPair {
  readonly slots: readonly [KitSlot, KitSlot]
  readonly key: CryptoKey
  /** Keeps bytes that cannot be used under another name. */
  keepAside(bytes: Uint8Array): Promise<void>
  release(): Promise<void>
}

const magic = utf8('selkit\0\u0001')
const headerBytes = 16

function headerOf(counter: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(counter))
  return concat(magic, bytes)
}

interface Found {
  readonly slot: number
  readonly counter: number
  readonly record: Uint8Array
}

/** What a slot holds, if its last write was whole. */
async function readSlot(key: CryptoKey, slot: number, bytes: Uint8Array) {
  const header = bytes.slice(0, headerBytes)
  if (header.length < headerBytes || !sameBytes(header.subarray(0, 8), magic)) return undefined
  const record = await openRecord(key, header, bytes.subarray(headerBytes))
  const counter = Number(new DataView(header.buffer).getBigUint64(8))
  return record && ({ slot, counter, record } satisfies Found)
}

/** What a slot has; one that cannot be read counts as torn. */
const contentOf = (slot: KitSlot): Promise<Uint8Array> =>
  slot.read().catch(() => new Uint8Array(headerBytes))

async function newest({ key, slots }: SlotPair): Promise<Found | 'damaged' | undefined> {
  const contents = await Promise.all(slots.map(contentOf))
  const read = await Promise.all(contents.map((bytes, slot) => readSlot(key, slot, bytes)))
  const [found] = read
    .filter((slot) => slot !== undefined)
    .toSorted((a, b) => b.counter - a.counter)
  if (found) return found
  return contents.some((bytes) => bytes.length > 0) ? 'damaged' : undefined
}

/** Empties the slots too: what an old one holds must never be found newer than what comes now. */
async function putAside({ slots, keepAside }: SlotPair): Promise<void> {
  for (const slot of slots) {
    const bytes = await contentOf(slot)
    if (bytes.length === 0) continue
    await keepAside(bytes)
    await slot.write(new Uint8Array(0))
  }
}

const before = { slot: 1, counter: 0 }

/** @param openPair Rejects with store/in-use when another opener has it; anything else means no place. */
export function slottedKitFile(openPair: () => Promise<SlotPair>): KitFiles {
  let pair: SlotPair | undefined
  let hasNoPlace = false
  let last = before

  function opened(): SlotPair {
    if (!pair) throw new TypeError('the kit is not loaded')
    return pair
  }

  return {
    get durable() {
      return !hasNoPlace
    },
    async load() {
      hasNoPlace = false
      try {
        pair = await openPair()
      } catch (error) {
        if (error instanceof Problem) throw error
        hasNoPlace = true
        return undefined
      }
      const found = await newest(pair)
      last = before
      if (found === undefined) return undefined
      if (found !== 'damaged') {
        last = found
        return found.record
      }
      // Without a place for what is damaged, an alert still has one.
      await putAside(pair).catch(() => {})
      return undefined
    },
    async save(record) {
      if (hasNoPlace) return
      const { slots, key } = opened()
      const next = { slot: 1 - last.slot, counter: last.counter + 1 }
      const header = headerOf(next.counter)
      await slots[next.slot]!.write(concat(header, await sealRecord(key, header, record)))
      last = next
    },
    async setAside() {
      if (hasNoPlace) return
      await putAside(opened())
      last = before
    },
    async close() {
      const closing = pair
      pair = undefined
      await closing?.release()
    },
  }
}
