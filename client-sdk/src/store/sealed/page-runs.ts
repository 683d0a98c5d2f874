/**
 * Where the refs of a file's blocks are. They lie in runs of the page table, the first of 4 refs, then 4, 8, 16
 * and so on: the run of a block is found with one logarithm, a file of a gigabyte has 16 of them, and at most half
 * of the last one is unused.
 */

const firstRun = 4

/** A file has at most so many runs: 67 million blocks. */
export const mostRuns = 24

export const runPages = (run: number): number => (run === 0 ? firstRun : firstRun * 2 ** (run - 1))

const runOf = (block: number): number => (block < firstRun ? 0 : 30 - Math.clz32(block))
const startOf = (run: number): number => (run === 0 ? 0 : runPages(run))

/** Runs that so many blocks need. */
export const runsFor = (blocks: number): number => (blocks === 0 ? 0 : runOf(blocks - 1) + 1)

/** The index in the page table; `undefined` where the file has no run. */
export function pageOf(runs: readonly number[], block: number): number | undefined {
  const run = runOf(block)
  const start = runs[run]
  return start === undefined ? undefined : start + block - startOf(run)
}

/** Which block of the file a page holds; `undefined` when it is none of its. */
export function blockOfPage(runs: readonly number[], page: number): number | undefined {
  const run = runs.findIndex((start, at) => page >= start && page < start + runPages(at))
  return run < 0 ? undefined : startOf(run) + page - runs[run]!
}

/** Free indices of the page table, in a buddy system: every run lies at a multiple of its length. */
export interface PageSpace {
  /** Takes a run of so many pages, a power of two. */
  take(pages: number): number
  release(start: number, pages: number): void
  /** One more than the greatest index ever used. */
  readonly end: number
}

const leastOrder = Math.log2(firstRun)
const orderOf = (pages: number): number => Math.log2(pages)
const growth = 256

/** @param used Runs in use: start and length. */
export function createPageSpace(used: readonly (readonly [number, number])[] = []): PageSpace {
  const free: Set<number>[] = []
  let end = 0
  const freeOf = (order: number): Set<number> => (free[order] ??= new Set())

  function put(start: number, order: number): void {
    const buddy = start ^ (2 ** order)
    if (freeOf(order).delete(buddy)) put(Math.min(start, buddy), order + 1)
    else freeOf(order).add(start)
  }
  function putRange(from: number, to: number): void {
    while (from < to) {
      const aligned = from === 0 ? 31 : 31 - Math.clz32(from & -from)
      const order = Math.min(aligned, Math.floor(Math.log2(to - from)))
      put(from, order)
      from += 2 ** order
    }
  }
  /** The lowest free place of an order; low places keep the table short. */
  function lowest(order: number): number | undefined {
    let found: number | undefined
    for (const start of freeOf(order)) if (found === undefined || start < found) found = start
    return found
  }
  function reach(to: number): void {
    putRange(end, to)
    end = to
  }

  for (const [start, pages] of used.toSorted(([a], [b]) => a - b)) {
    reach(start)
    end = start + pages
  }
  reach(Math.ceil(end / growth) * growth)

  return {
    take(pages) {
      const order = orderOf(pages)
      if (!Number.isInteger(order) || order < leastOrder) throw new TypeError('not a run')
      for (;;) {
        for (let from = order; from < free.length; from++) {
          const start = lowest(from)
          if (start === undefined) continue
          freeOf(from).delete(start)
          putRange(start + pages, start + 2 ** from)
          return start
        }
        reach(
          Math.ceil(end / Math.max(pages, growth)) * Math.max(pages, growth) +
            Math.max(pages, growth),
        )
      }
    },
    release: (start, pages) => put(start, orderOf(pages)),
    get end() {
      return end
    },
  }
}
