/** Who waits, by what they are interested in. */
import type { Question, Route } from './question.ts'
import type { Relation } from './relation.ts'

/**
 * Why someone is woken: rows changed after a place, up to which nothing has that concerns them; or the shape
 * may not be there any more.
 */
export type Ring = { readonly why: 'changed'; readonly since: bigint } | { readonly why: 'check' }
type Wake = (ring: Ring) => void

export interface Waiting {
  /** Registers someone until the returned function is called. */
  readonly add: (question: Pick<Question, 'relation' | 'routes'>, wake: Wake) => () => void
  readonly isEmpty: () => boolean
  /** The tables that are waited for, as their readers know them. */
  readonly relations: () => Relation[]
  /** The table as a reader knows it, if there is one. */
  readonly relationOf: (oid: number) => Relation | undefined
  /** Columns by which readers of a table are told apart. */
  readonly columnsOf: (oid: number) => string[]
  /** Wakes those who are interested in every change of the table. */
  readonly ringGeneral: (oid: number, ring: Ring) => void
  /** Wakes those whose interest in the column is one of the values. */
  readonly ringValues: (
    of: { readonly oid: number; readonly column: string },
    values: Iterable<string>,
    ring: Ring,
  ) => void
  /** Has everyone who waits for the table, or everyone, look whether their shape is still there. */
  readonly ringAll: (oid?: number) => void
}

/** Readers of one table: those of every row, and by column those of the rows with a value. */
interface Table {
  /** As the latest of them knows it. */
  relation: Relation
  readonly general: Set<Wake>
  readonly byColumn: Map<string, Map<string, Set<Wake>>>
}

const wakeAll = (wakes: Iterable<Wake> | undefined, ring: Ring): void => {
  for (const wake of wakes ?? []) wake(ring)
}

function place(table: Table, route: Route | undefined): Set<Wake> {
  if (!route) return table.general
  const values = table.byColumn.get(route.column) ?? new Map<string, Set<Wake>>()
  table.byColumn.set(route.column, values)
  const wakes = values.get(route.value) ?? new Set()
  values.set(route.value, wakes)
  return wakes
}

function clear(table: Table, route: Route): void {
  const values = table.byColumn.get(route.column)
  if (values?.get(route.value)?.size === 0) values.delete(route.value)
  if (values?.size === 0) table.byColumn.delete(route.column)
}

const check: Ring = { why: 'check' }

export function createWaiting(): Waiting {
  const tables = new Map<number, Table>()

  function remove(table: Table, wake: Wake, route: Route | undefined): void {
    place(table, route).delete(wake)
    if (route) clear(table, route)
    const isEmpty = table.general.size === 0 && table.byColumn.size === 0
    if (isEmpty && tables.get(table.relation.oid) === table) tables.delete(table.relation.oid)
  }

  return {
    add({ relation, routes: [route] }, wake) {
      const table = tables.get(relation.oid) ?? {
        relation,
        general: new Set(),
        byColumn: new Map<string, Map<string, Set<Wake>>>(),
      }
      table.relation = relation
      tables.set(relation.oid, table)
      place(table, route).add(wake)
      return () => remove(table, wake, route)
    },
    isEmpty: () => tables.size === 0,
    relations: () => [...tables.values()].map(({ relation }) => relation),
    relationOf: (oid) => tables.get(oid)?.relation,
    columnsOf: (oid) => [...(tables.get(oid)?.byColumn.keys() ?? [])],
    ringGeneral: (oid, ring) => wakeAll(tables.get(oid)?.general, ring),
    ringValues({ oid, column }, values, ring) {
      const waiting = tables.get(oid)?.byColumn.get(column)
      for (const value of values) wakeAll(waiting?.get(value), ring)
    },
    ringAll(oid) {
      for (const table of tables.values()) {
        if (oid !== undefined && oid !== table.relation.oid) continue
        wakeAll(table.general, check)
        for (const values of table.byColumn.values())
          for (const wakes of values.values()) wakeAll(wakes, check)
      }
    },
  }
}
