/**
 * Reads what is new in a table once for all its readers, and wakes those whom it concerns. What was read stays at
 * hand for a while, also of tables whose readers are just on their way back.
 */
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import type { Change } from './change.ts'
import { readTold } from './log.ts'
import type { LogPlace } from './place.ts'
import type { Question } from './question.ts'
import { createRecent, indexOf, nothing, type Index, type Recent } from './recent.ts'
import type { Relation } from './relation.ts'
import type { Waiting } from './waiting.ts'

export interface Telling {
  /** Tells what lies between two places up to which the log was and is settled; resolves before all is told. */
  tell(before: bigint, end: bigint): Promise<void>
  /** Follows a table from a place on, for a reader who has come. */
  follow(relation: Relation, settled: bigint | undefined): void
  /** A reader of the table has gone. */
  left(relation: Relation): void
  /** Lets go of all changes at hand: they are not to be told any more. */
  forget(): void
  /** The changes that a question asks about after a place and up to another or farther, if they are at hand. */
  recent(question: Question, from: LogPlace, upTo: bigint): Promise<ReturnType<Recent['after']>>
}

interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly waiting: Waiting
}

/** What is kept of each table's latest changes, and how much of one moment is told apart at all. */
const recentBytes = 4_000_000
/** How long a table is followed after its last reader. */
const lingerMs = 5000

const changedTables = `
  SELECT DISTINCT c.relation FROM shape.transactions t
  JOIN shape.changes c ON c.id BETWEEN t.first_id AND t.last_id AND c.xid = t.xid
  WHERE t.last_id > $1::bigint AND t.last_id <= $2::bigint`

const queryChanged = (db: Db, before: bigint, end: bigint) =>
  db.query<{ relation: number }>(changedTables, [before, end], { often: true })

/** How far a table's changes have been told, and how far they are to be. */
interface Progress {
  relation: Relation
  told: bigint
  wanted: bigint
  recent: Recent
  isRunning: boolean
  /** The reading that is under way. */
  step: Promise<void>
  leftAt: number
}

const isTruncation = ({ oldRow, newRow }: Change): boolean => oldRow === null && newRow === null

/** The changes between two places; `undefined` when they cannot be told by the form, or are too many. */
async function readBetween(
  db: Db,
  relation: Relation,
  { told, wanted }: { told: bigint; wanted: bigint },
): Promise<Change[] | undefined> {
  let bytes = 0
  const changes: Change[] = []
  for (let from: LogPlace = { tx: told + 1n, op: 0 }; from.tx <= wanted;) {
    const window = await readTold(db, relation, { from, upTo: wanted })
    if (window.signature !== relation.signature) return undefined
    for (const change of window.changes) {
      changes.push(change)
      bytes += (change.oldRow?.length ?? 0) + (change.newRow?.length ?? 0)
    }
    if (bytes > recentBytes) return undefined
    from = window.end
  }
  return changes
}

export function createTelling({ db, clock, waiting }: Deps): Telling {
  const progress = new Map<number, Progress>()

  const begin = (relation: Relation, told: bigint): Progress => ({
    relation,
    told,
    wanted: told,
    recent: createRecent(told, recentBytes),
    isRunning: false,
    step: Promise.resolve(),
    leftAt: clock.now(),
  })

  function ringReaders({ relation, told, recent }: Progress, changes: Change[], end: bigint): void {
    const { oid } = relation
    const ring = { why: 'changed', since: told } as const
    if (changes.some(isTruncation)) {
      recent.extend({ changes, indexes: new Map() }, end)
      waiting.ringAll(oid)
      return
    }
    const indexes = new Map<string, Index>()
    for (const column of waiting.columnsOf(oid)) {
      const at = relation.columns.findIndex(({ name }) => name === column)
      indexes.set(column, indexOf(changes, at))
    }
    recent.extend({ changes, indexes }, end)
    waiting.ringGeneral(oid, ring)
    for (const [column, index] of indexes) waiting.ringValues({ oid, column }, index.keys(), ring)
  }

  /** A table that has changed its form cannot be read: its readers find out themselves. */
  function startAnew(state: Progress, end: bigint): void {
    state.relation = waiting.relationOf(state.relation.oid) ?? state.relation
    state.recent = createRecent(end, recentBytes)
    waiting.ringAll(state.relation.oid)
  }

  async function step(state: Progress): Promise<void> {
    const { wanted, relation } = state
    const changes = await readBetween(db, relation, state).catch(() => undefined)
    if (!changes) startAnew(state, wanted)
    else if (changes.length > 0) ringReaders(state, changes, wanted)
    else state.recent.extend(nothing, wanted)
    state.told = wanted
  }

  async function run(state: Progress): Promise<void> {
    state.isRunning = true
    while (state.told < state.wanted) {
      state.step = step(state)
      await state.step
    }
    state.isRunning = false
  }

  function wake(state: Progress, before: bigint, end: bigint): void {
    const isGap = !state.isRunning && state.told !== before
    const current = isGap ? { ...begin(state.relation, before), leftAt: state.leftAt } : state
    progress.set(state.relation.oid, current)
    current.wanted = end
    if (!current.isRunning) void run(current)
  }

  /** Forgets tables that nobody has come back to; returns how many are followed. */
  function prune(before: bigint): number {
    const now = clock.now()
    for (const [oid, { leftAt }] of progress)
      if (!waiting.relationOf(oid) && now - leftAt > lingerMs) progress.delete(oid)
    for (const relation of waiting.relations())
      if (!progress.has(relation.oid)) progress.set(relation.oid, begin(relation, before))
    return progress.size
  }

  return {
    async tell(before, end) {
      const count = prune(before)
      if (count === 0) return
      // Of one table alone its changes tell themselves.
      const found = count === 1 ? undefined : await queryChanged(db, before, end)
      const changed = found && new Set(found.map(({ relation }) => relation))
      for (const state of progress.values()) {
        if (!changed || changed.has(state.relation.oid) || state.isRunning) wake(state, before, end)
        else if (state.told === before) {
          state.recent.extend(nothing, end)
          state.told = end
          state.wanted = end
        }
      }
    },
    follow(relation, settled) {
      const state = progress.get(relation.oid)
      if (state && state.relation.signature === relation.signature) return
      if (settled !== undefined) progress.set(relation.oid, begin(relation, settled))
    },
    left({ oid }) {
      const state = progress.get(oid)
      if (state) state.leftAt = clock.now()
    },
    forget() {
      for (const state of progress.values()) state.recent = createRecent(state.told, recentBytes)
    },
    async recent({ relation, routes }, from, upTo) {
      let state = progress.get(relation.oid)
      while (state && state.told < upTo && state.isRunning) {
        await state.step
        state = progress.get(relation.oid)
      }
      if (!state || state.told < upTo) return undefined
      if (state.relation.signature !== relation.signature) return undefined
      return state.recent.after(from, routes[0])
    },
  }
}
