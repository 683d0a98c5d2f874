/** Messages of a shape's stream, as JSON texts. */
import type { Relation } from './relation.ts'

/** A change of the log as the shape sees it: the row before and after, where it belongs to the shape. */
export interface Change {
  readonly tx: bigint
  readonly op: bigint
  readonly xid: string
  readonly oldKey: string | null
  readonly oldValues: readonly (string | null)[] | null
  readonly newKey: string | null
  readonly newValues: readonly (string | null)[] | null
  /** Whether it is the transaction's last in this shape. */
  readonly last: boolean
}

type Values = Record<string, string | null>

const control = (name: string, more: object = {}): string =>
  JSON.stringify({ headers: { control: name, ...more } })

export const mustRefetch: string = control('must-refetch')
/** `place` is the gap after everything that has been seen; clients resume at `<place>_0`. */
export const upToDate = (place: bigint): string =>
  control('up-to-date', { global_last_seen_lsn: String(place) })

/** `visible` is Postgres' text of a snapshot, `xmin:xmax:xip,xip`. */
export function snapshotEnd(visible: string): string {
  const [xmin, xmax, open] = visible.split(':')
  return control('snapshot-end', { xmin, xmax, xip_list: open ? open.split(',') : [] })
}

/** The columns of a row that `keep` wants. */
function pick(
  columns: readonly string[],
  values: readonly (string | null)[],
  keep: (column: string, index: number) => boolean,
): Values {
  const kept = columns.map((column, index) => [column, values[index] ?? null, index] as const)
  return Object.fromEntries(
    kept
      .filter(([column, , index]) => keep(column, index))
      .map(([column, value]) => [column, value]),
  )
}

function contentOf(relation: Relation, columns: readonly string[], change: Change) {
  const isKey = (column: string): boolean => relation.key.includes(column)
  const { oldKey, oldValues, newKey, newValues } = change
  if (!newValues)
    return { operation: 'delete', key: oldKey, value: pick(columns, oldValues ?? [], isKey) }
  if (!oldValues)
    return { operation: 'insert', key: newKey, value: pick(columns, newValues, () => true) }
  const changed = (column: string, index: number): boolean =>
    isKey(column) || oldValues[index] !== newValues[index]
  return { operation: 'update', key: newKey, value: pick(columns, newValues, changed) }
}

/** A row's entry into the shape, its change within it, or its exit. */
export function changeMessage(
  relation: Relation,
  columns: readonly string[],
  change: Change,
): string {
  const { operation, key, value } = contentOf(relation, columns, change)
  const headers = {
    operation,
    relation: [relation.schema, relation.name],
    lsn: String(change.tx),
    op_position: Number(change.op),
    // Transaction ids are 32 bits on the wire.
    txids: [Number(BigInt.asUintN(32, BigInt(change.xid)))],
    ...(change.last && { last: true }),
  }
  return JSON.stringify({ key, value, headers })
}
