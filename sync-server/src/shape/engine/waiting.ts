/** Who waits, by what they are interested in. */
import type { Interest } from './interest.ts'
import type { Relation } from './relation.ts'

type Wake = () => void

export interface Waiting {
  /** Registers someone until the returned function is called. */
  readonly add: (interest: Interest, wake: Wake) => () => void
  readonly isEmpty: () => boolean
  /** Columns by which readers of a table are told apart, with the table as they know it. */
  readonly columnsOf: (relation: number) => { relation: Relation; column: string }[]
  /** Wakes those who are interested in every change of the table. */
  readonly ringGeneral: (relation: number) => void
  /** Wakes those whose interest in the column is one of the values. */
  readonly ringValues: (relation: number, column: string, values: readonly string[]) => void
  /** Wakes everyone who waits for the table, or everyone. */
  readonly ringAll: (relation?: number) => void
}

interface Group {
  readonly interest: Interest
  readonly wakes: Set<Wake>
}

const keyOf = (relation: number, column?: string, value?: string): string =>
  JSON.stringify([relation, column, value])

const wakeAll = (wakes: Iterable<Wake>): void => {
  for (const wake of wakes) wake()
}

export function createWaiting(): Waiting {
  const groups = new Map<string, Group>()

  const groupsOf = (relation?: number): Group[] =>
    [...groups.values()].filter(
      ({ interest }) => relation === undefined || interest.relation.oid === relation,
    )

  return {
    add(interest, wake) {
      const { relation, only } = interest
      const key = keyOf(relation.oid, only?.column, only?.value)
      const group = groups.get(key) ?? { interest, wakes: new Set() }
      groups.set(key, group)
      group.wakes.add(wake)
      return () => {
        group.wakes.delete(wake)
        if (group.wakes.size === 0 && groups.get(key) === group) groups.delete(key)
      }
    },
    isEmpty: () => groups.size === 0,
    columnsOf(relation) {
      const byColumn = new Map(
        groupsOf(relation).flatMap(({ interest }) =>
          interest.only ? [[interest.only.column, interest.relation] as const] : [],
        ),
      )
      return [...byColumn].map(([column, known]) => ({ column, relation: known }))
    },
    ringGeneral: (relation) => wakeAll(groups.get(keyOf(relation))?.wakes ?? []),
    ringValues(relation, column, values) {
      for (const value of values) wakeAll(groups.get(keyOf(relation, column, value))?.wakes ?? [])
    },
    ringAll(relation) {
      for (const { wakes } of groupsOf(relation)) wakeAll(wakes)
    },
  }
}
