/**
 * The latest changes of one table, told apart once for all readers: those who were waiting need not ask
 * the database again.
 */
import type { Change } from './change.ts'
import type { LogPlace } from './place.ts'

export interface Recent {
  /** Adds the changes of the places after the last ones and up to `upTo`. */
  extend(changes: readonly Change[], upTo: bigint): void
  /** What follows a place, and how far that goes; `undefined` when some of it is not here any more. */
  after(from: LogPlace): { readonly changes: readonly Change[]; readonly upTo: bigint } | undefined
}

const sizeOf = ({ oldRow, newRow }: Change): number =>
  200 + 3 * ((oldRow?.length ?? 0) + (newRow?.length ?? 0))

/** Begins after the place `since`; keeps about so many bytes. */
export function createRecent(since: bigint, mostBytes: number): Recent {
  let after = since
  let upTo = since
  let bytes = 0
  let kept: Change[] = []

  /** Whole transactions only, or a reader in the middle of one would miss its rest. */
  function trim(): void {
    let count = 0
    while (bytes > mostBytes && count < kept.length) {
      after = kept[count]!.tx
      for (; kept[count]?.tx === after; count++) bytes -= sizeOf(kept[count]!)
    }
    kept = kept.slice(count)
  }

  return {
    extend(changes, end) {
      kept.push(...changes)
      bytes += changes.reduce((sum, change) => sum + sizeOf(change), 0)
      upTo = end
      trim()
    },
    after(from) {
      if (from.tx <= after) return undefined
      const first = kept.findIndex(({ tx, op }) => tx > from.tx || (tx === from.tx && op > from.op))
      return { changes: first === -1 ? [] : kept.slice(first), upTo }
    },
  }
}
