/** Reads what a shape's readers are told, from a place of the log on, a bounded piece at a time. */
import type { Db } from '../../db/db.ts'
import { isVisible, type Captured, type Change } from './change.ts'
import type { Definition } from './definition.ts'
import { judge } from './judge.ts'
import { readCaptured, readTold, type Window } from './log.ts'
import { changeMessages, isTold } from './message.ts'
import { placeAfter, type LogPlace } from './place.ts'
import type { Question } from './question.ts'
import type { ReaderRole } from './role.ts'
import type { Tail } from './tail.ts'

export interface Piece {
  readonly kind: 'piece'
  readonly messages: readonly string[]
  /** Where the next piece begins. */
  readonly end: LogPlace
  /** Whether the piece reaches the end of what is known. */
  readonly complete: boolean
}

/** `emptied`: the table was, or has another form. `forgotten`: the reader comes too late. */
export type LogRead = Piece | { readonly kind: 'emptied' } | { readonly kind: 'forgotten' }

interface Deps {
  readonly db: Db
  readonly role: ReaderRole
  readonly tail: Tail
}

export interface Reading {
  /** Reads from a place up to `settled`, or until the piece is full. */
  read(from: LogPlace, settled: bigint): Promise<LogRead>
  /** Reads the same from what is at hand, without asking for changes; `undefined` when that is not all. */
  readRecent(from: LogPlace, settled: bigint): Promise<LogRead | undefined>
}

/** A text that is part of every row of the shape as the log holds it, if that is certain. */
function needleOf({ routes, relation }: Question): string | undefined {
  const route = routes.find(
    ({ column, value }) =>
      value !== '' &&
      !/["\\]/.test(value) &&
      relation.columns.find(({ name }) => name === column)?.type !== 'bool',
  )
  return route?.value
}

/** Leaves out the rows that do not belong, of a shape whose routes decide that. */
function routed({ relation, routes }: Question): (change: Change) => Change {
  const wanted = routes.map(
    ({ column, value }) =>
      [relation.columns.findIndex(({ name }) => name === column), value] as const,
  )
  const belongs = (row: Change['before']): Change['before'] =>
    row && wanted.every(([index, value]) => row.values[index] === value) ? row : undefined
  return (change) => ({
    ...change,
    before: belongs(change.before),
    after: belongs(change.after),
  })
}

const startsAnew = ({ oldRow, newRow }: Captured): boolean => oldRow === null && newRow === null

/** Puts messages together until there are enough; each is held back until it is known to be the last or not. */
function createPiece(question: Question, bytes: number) {
  const messages: string[] = []
  let size = 0
  let held: Change | undefined
  let cutAt: LogPlace | undefined

  function release(isLast: boolean): void {
    if (!held) return
    const made = changeMessages(question, held, isLast)
    messages.push(...made)
    size += made.reduce((sum, message) => sum + message.length, 0)
    if (size >= bytes) cutAt = { tx: held.tx, op: held.op + made.length - 1 }
    held = undefined
  }

  return {
    /** Adds changes that end before `end`; returns whether there is room for more. */
    add(changes: readonly Change[], end: LogPlace): boolean {
      for (const change of changes) {
        release(held?.tx !== change.tx)
        if (cutAt) return false
        held = change
      }
      if (held && held.tx < end.tx) release(true)
      return cutAt === undefined
    },
    take(end: LogPlace): Piece {
      return { kind: 'piece', messages, end: cutAt ?? end, complete: cutAt === undefined }
    },
  }
}

export function createReading(
  { db, role, tail }: Deps,
  question: Question,
  definition: Definition,
  bytes: number,
): Reading {
  const { relation } = question
  const keepRouted = routed(question)
  const needle = needleOf(question)

  const isNews = ({ id, xid }: Captured): boolean =>
    id > definition.freshAfter || !isVisible(xid, definition.visible)

  /** The changes for the shape's readers, or nothing when the table is another. */
  async function judged(captured: readonly Captured[]): Promise<readonly Change[] | undefined> {
    if (captured.some(startsAnew)) return undefined
    if (captured.length === 0) return []
    const found = await judge({ db, role }, question, captured)
    return found.signature === definition.signature ? found.changes : undefined
  }

  async function window(
    from: LogPlace,
    upTo: bigint,
  ): Promise<Omit<Window<Change>, 'signature'> | undefined> {
    if (!question.isRouted) {
      const { changes, ...rest } = await readCaptured(db, relation, { from, upTo, needle })
      const told = await judged(changes.filter(isNews))
      return told && { changes: told, ...rest }
    }
    const { changes, signature, ...rest } = await readTold(db, relation, { from, upTo, needle })
    const news = changes.filter(isNews)
    if (signature !== definition.signature || news.some(startsAnew)) return undefined
    return { changes: news.map(keepRouted), ...rest }
  }

  const forReaders = (changes: readonly Change[]): Change[] =>
    changes.filter((change) => isTold(question, change))

  return {
    async read(from, settled) {
      const piece = createPiece(question, bytes)
      let at = from
      while (at.tx <= settled) {
        const found = await window(at, settled)
        if (!found) return { kind: 'emptied' }
        if (at.tx < found.forgotten) return { kind: 'forgotten' }
        at = found.end
        if (!piece.add(forReaders(found.changes), at)) break
      }
      return piece.take(settled >= from.tx ? placeAfter(settled) : from)
    },
    async readRecent(from, settled) {
      const recent = await tail.recent(question, from, settled)
      if (!recent) return undefined
      const news = recent.changes.filter(isNews)
      const changes = question.isRouted
        ? news.some(startsAnew)
          ? undefined
          : news.map(keepRouted)
        : await judged(news)
      if (!changes) return { kind: 'emptied' }
      const piece = createPiece(question, bytes)
      const end = placeAfter(recent.upTo)
      piece.add(forReaders(changes), end)
      return piece.take(end.tx > from.tx ? end : from)
    },
  }
}
