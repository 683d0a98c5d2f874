/** The list of key slots as bytes (SAFE.md, "The key area"): what is readable before any secret is known. */
import { Problem } from '@selene/shapes'
import type { StretchCost } from '../../crypto/argon2id.ts'
import { getU16, getU32, putU16, putU32 } from '../sealed/layout.ts'

export const slotKinds = ['platform', 'pin', 'passphrase', 'recovery'] as const
export type SlotKind = (typeof slotKinds)[number]

/** What stands in front of a sealed data key, and is authenticated with it. */
export interface SlotHeader {
  /** From 1; never given twice within one store. */
  readonly id: number
  readonly kind: SlotKind
  /** Zeros for kinds that are not stretched. */
  readonly cost: StretchCost
  /** 16 bytes. */
  readonly salt: Uint8Array
}

export interface Slot extends SlotHeader {
  /** The data key, sealed under the slot's key. */
  readonly sealed: Uint8Array
}

export interface KeyArea {
  /** Number of the next slot. */
  readonly nextId: number
  readonly slots: readonly Slot[]
}

const slotHeaderBytes = 28
const sealedKeyBytes = 104
const slotBytes = slotHeaderBytes + sealedKeyBytes
const headerBytes = 8
const version = 1
export const mostSlots = 16
const kibibyte = 1024

export function slotHeader({ id, kind, cost, salt }: SlotHeader): Uint8Array {
  const bytes = new Uint8Array(slotHeaderBytes)
  putU16(bytes, 0, id)
  bytes[2] = slotKinds.indexOf(kind) + 1
  putU32(bytes, 4, cost.ops)
  putU32(bytes, 8, cost.memoryBytes / kibibyte)
  bytes.set(salt, 12)
  return bytes
}

/** @throws Problem store/too-many-slots */
export function encodeKeyArea({ nextId, slots }: KeyArea): Uint8Array {
  if (slots.length > mostSlots) throw new Problem('store/too-many-slots')
  const bytes = new Uint8Array(headerBytes + slots.length * slotBytes)
  bytes[0] = version
  bytes[1] = slots.length
  putU16(bytes, 2, nextId)
  for (const [i, slot] of slots.entries()) {
    bytes.set(slotHeader(slot), headerBytes + i * slotBytes)
    bytes.set(slot.sealed, headerBytes + i * slotBytes + slotHeaderBytes)
  }
  return bytes
}

function decodeSlot(bytes: Uint8Array): Slot {
  const kind = slotKinds[bytes[2]! - 1]
  if (!kind) throw new Problem('store/newer-format')
  if (bytes[3] !== 0) throw new Problem('store/damaged')
  return {
    id: getU16(bytes, 0),
    kind,
    cost: { ops: getU32(bytes, 4), memoryBytes: getU32(bytes, 8) * kibibyte },
    salt: bytes.slice(12, slotHeaderBytes),
    sealed: bytes.slice(slotHeaderBytes),
  }
}

/** @throws Problem store/newer-format, store/damaged */
export function decodeKeyArea(bytes: Uint8Array): KeyArea {
  if (bytes[0] !== undefined && bytes[0] > version) throw new Problem('store/newer-format')
  const count = bytes[1] ?? 0
  const isWhole =
    bytes[0] === version &&
    count > 0 &&
    count <= mostSlots &&
    bytes.length === headerBytes + count * slotBytes &&
    getU32(bytes, 4) === 0
  if (!isWhole) throw new Problem('store/damaged')
  const slots = Array.from({ length: count }, (_, i) =>
    decodeSlot(bytes.subarray(headerBytes + i * slotBytes, headerBytes + (i + 1) * slotBytes)),
  )
  if (new Set(slots.map(({ id }) => id)).size !== count) throw new Problem('store/damaged')
  return { nextId: getU16(bytes, 2), slots }
}
