/** What the log holds, and what a shape makes of it. */

/** Values in the order of some columns, as Postgres prints them. */
export type Values = readonly (string | null)[]

/** A row as a message needs it. */
export interface RowText {
  readonly key: string
  readonly values: Values
}

/** A change of a table, as it was captured. */
export interface Captured {
  /** The transaction's place. */
  readonly tx: bigint
  /** The change's index in the transaction. */
  readonly op: number
  readonly id: bigint
  readonly xid: bigint
  /** The row before and after; neither when the table starts anew. */
  readonly oldRow: string | null
  readonly newRow: string | null
}

/** A change with its rows told apart, where they are there and belong. */
export interface Change extends Captured {
  readonly before: RowText | undefined
  readonly after: RowText | undefined
}

/** A transaction is in a snapshot, which Postgres prints as `xmin:xmax:xip,xip`, when it had ended. */
export function isVisible(xid: bigint, snapshot: string): boolean {
  const [xmin = '0', xmax = '0', open = ''] = snapshot.split(':')
  if (xid < BigInt(xmin)) return true
  return xid < BigInt(xmax) && !open.split(',').includes(String(xid))
}
