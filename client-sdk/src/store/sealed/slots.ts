/**
 * Which slots are free (B6). A slot whose content was replaced waits until the commit that says so is durable.
 */

export interface Slots {
  /** Slots that the device has. */
  readonly total: number
  readonly free: number
  /** Slots that the next commit frees. */
  readonly waiting: number
  isFree(slot: number): boolean
  /** The lowest free slot. @throws TypeError when there is none: room is made before (B10). */
  take(): number
  /** Gives back a slot: at once if no commit knows of it, else with the next one. */
  release(slot: number): void
  /** A commit is durable: what was released is free. */
  settle(): void
  /** Gives back a slot that nothing on the device names any more. */
  reclaim(slot: number): void
  /** The device has so many slots now; new ones are free. */
  resize(total: number): void
}

/** @param eachUsed Calls for every slot that is named, by a ref or by the map. */
export function createSlots(total: number, eachUsed: (use: (slot: number) => void) => void): Slots {
  /** One bit for each slot; set = free. */
  let bits = new Uint32Array(64)
  let size = 0
  let free = 0
  /** No slot below this word is free. */
  let lowestWord = 0
  let released: number[] = []
  /** Taken since the last commit. */
  const fresh = new Set<number>()

  const isFree = (slot: number): boolean => (bits[slot >>> 5]! & (1 << (slot & 31))) !== 0
  function reclaim(slot: number): void {
    if (slot > size || isFree(slot)) return
    bits[slot >>> 5]! |= 1 << (slot & 31)
    free += 1
    lowestWord = Math.min(lowestWord, slot >>> 5)
  }
  function use(slot: number): void {
    if (slot > size || !isFree(slot)) return
    bits[slot >>> 5]! &= ~(1 << (slot & 31))
    free -= 1
  }
  function resize(next: number): void {
    for (let slot = size; slot > next; slot--) use(slot)
    if (next >>> 5 >= bits.length) {
      const larger = new Uint32Array(Math.max((next >>> 5) + 1, bits.length * 2))
      larger.set(bits)
      bits = larger
    }
    const had = size
    size = next
    for (let slot = had + 1; slot <= next; slot++) {
      // Whole words at once: a device of a gigabyte has 4,096 of them.
      if ((slot & 31) === 0 && slot + 31 <= next) {
        bits[slot >>> 5] = 0xffff_ffff
        free += 32
        lowestWord = Math.min(lowestWord, slot >>> 5)
        slot += 31
      } else reclaim(slot)
    }
  }

  resize(total)
  eachUsed(use)

  return {
    get total() {
      return size
    },
    get free() {
      return free
    },
    get waiting() {
      return released.length
    },
    isFree,
    take() {
      if (free === 0) throw new TypeError('no slot is free')
      while (bits[lowestWord] === 0) lowestWord += 1
      const word = bits[lowestWord]!
      const slot = lowestWord * 32 + 31 - Math.clz32(word & -word)
      use(slot)
      fresh.add(slot)
      return slot
    },
    release(slot) {
      if (fresh.delete(slot)) reclaim(slot)
      else released.push(slot)
    },
    settle() {
      fresh.clear()
      for (const slot of released) reclaim(slot)
      released = []
    },
    reclaim,
    resize,
  }
}
