/**
 * The latest changes of one table, told apart once for all readers: who was waiting need not ask the
 * database again. They are kept as they came, a batch for each time that the log was read.
 */
import type { Change } from './change.ts'
import type { LogPlace } from './place.ts'
import type { Route } from './question.ts'

/** Changes by the texts that a column had before or after them. */
export type Index = ReadonlyMap<string, readonly Change[]>

/** Changes of whole transactions, in the order of the log. */
export interface Batch {
  readonly changes: readonly Change[]
  /** By columns; a batch with a change that has no rows has none. */
  readonly indexes: ReadonlyMap<string, Index>
}

export interface Recent {
  /** Adds the changes of the places after the last ones and up to `upTo`. */
  extend(batch: Batch, upTo: bigint): void
  /**
   * What follows a place, and how far that goes; `undefined` when some of it is not here any more. Of changes
   * that the route rules out some or all are left out.
   */
  after(
    from: LogPlace,
    route?: Route,
  ): { readonly changes: readonly Change[]; readonly upTo: bigint } | undefined
}

export const nothing: Batch = { changes: [], indexes: new Map() }

/** Tells apart changes by the texts of the nth column. */
export function indexOf(changes: readonly Change[], column: number): Index {
  const index = new Map<string, Change[]>()
  const put = (value: string | null | undefined, change: Change): void => {
    if (value == null) return
    const others = index.get(value)
    if (!others) index.set(value, [change])
    else if (others.at(-1) !== change) others.push(change)
  }
  for (const change of changes) {
    put(change.before?.values[column], change)
    put(change.after?.values[column], change)
  }
  return index
}

const sizeOf = ({ oldRow, newRow }: Change): number =>
  200 + 3 * ((oldRow?.length ?? 0) + (newRow?.length ?? 0))

const ofRoute = ({ changes, indexes }: Batch, route: Route | undefined): readonly Change[] => {
  const index = route && indexes.get(route.column)
  return index ? (index.get(route.value) ?? []) : changes
}

/** Begins after the place `since`; keeps about so many bytes. */
export function createRecent(since: bigint, mostBytes: number): Recent {
  let after = since
  let upTo = since
  let bytes = 0
  const kept: (Batch & { readonly upTo: bigint; readonly bytes: number })[] = []

  return {
    extend(batch, end) {
      upTo = end
      if (batch.changes.length === 0) return
      const size = batch.changes.reduce((sum, change) => sum + sizeOf(change), 0)
      kept.push({ ...batch, upTo: end, bytes: size })
      bytes += size
      for (let oldest = kept[0]; oldest && bytes > mostBytes; oldest = kept[0]) {
        kept.shift()
        bytes -= oldest.bytes
        after = oldest.upTo
      }
    },
    after(from, route) {
      if (from.tx <= after) return undefined
      let first = kept.length
      while (first > 0 && kept[first - 1]!.upTo >= from.tx) first -= 1
      const changes = kept
        .slice(first)
        .flatMap((batch) => ofRoute(batch, route))
        .filter(({ tx, op }) => tx > from.tx || (tx === from.tx && op > from.op))
      return { changes, upTo }
    },
  }
}
