/**
 * Places in a shape's stream. A transaction stands at the number of its last change, which is even;
 * odd numbers are the gaps between. Before all of them lie the chunks of the snapshot.
 *
 * | offset | place |
 * |---|---|
 * | `-1` | before the snapshot |
 * | `0_<n>` | after chunk n of the snapshot |
 * | `0_inf` | after the snapshot |
 * | `<tx>_<op>` | in the log, after that change |
 * | `<tx>_inf` | in the log, after that transaction |
 * | `now` | the end of the log |
 */

/** In the log: everything up to `op` of transaction `tx` has been seen. */
export interface LogPlace {
  readonly tx: bigint
  readonly op: number
}

export type Offset =
  | { readonly kind: 'start' }
  | { readonly kind: 'now' }
  | { readonly kind: 'snapshot'; readonly chunk: number }
  | ({ readonly kind: 'log' } & LogPlace)

/** Greater than the index of any change in a transaction. */
const lastOp = Number.MAX_SAFE_INTEGER
/** Greatest value of Postgres' bigint. */
const greatest = 2n ** 63n - 1n

/** Returns `undefined` for what is not an offset. */
export function parseOffset(text: string): Offset | undefined {
  if (text === '-1') return { kind: 'start' }
  if (text === 'now') return { kind: 'now' }
  const [, whole, part] = /^(\d{1,19})_(\d{1,15}|inf)$/.exec(text) ?? []
  if (whole === undefined || part === undefined) return undefined
  const tx = BigInt(whole)
  const op = part === 'inf' ? lastOp : Number(part)
  if (tx > greatest) return undefined
  return tx === 0n ? { kind: 'snapshot', chunk: op } : { kind: 'log', tx, op }
}

/** The offset of a place in the log. */
export const logOffset = ({ tx, op }: LogPlace): string => `${tx}_${op}`
/** The offset after a chunk of the snapshot. */
export const chunkOffset = (chunk: number): string => `0_${chunk}`
/** The place after every transaction up to `settled`, before any that may follow. */
export const placeAfter = (settled: bigint): LogPlace => ({ tx: settled + 1n, op: 0 })
