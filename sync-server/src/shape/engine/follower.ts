/** Follows a shape's log from a place on: reads what there is, and waits for what comes. */
import type { Definition, Definitions } from './definition.ts'
import type { EventSource } from './events.ts'
import { upToDate } from './message.ts'
import type { LogPlace } from './place.ts'
import type { ProtocolQuery } from './query.ts'
import type { Question } from './question.ts'
import type { LogRead, Piece, Reading } from './reading.ts'
import type { Relations } from './relation.ts'
import type { Tail, Waiter } from './tail.ts'
import type { Extent } from './watermark.ts'

export interface StreamQuery extends ProtocolQuery {
  readonly question: Question
  /** The same question of the table as it is now, if it can be asked. */
  readonly renew: () => Promise<Question | undefined>
}

/** A request with its shape found. */
export interface Following {
  readonly query: StreamQuery
  readonly definition: Definition
  readonly reading: Reading
  /** Aborted when nobody waits for the answer any more, or nobody may. */
  readonly over: AbortSignal
}

/** The piece of a reader for whom nothing has come. */
export const nothingSince = (end: LogPlace): Piece => ({
  kind: 'piece',
  messages: [],
  end,
  complete: true,
})

/** A place was handed out when all before it was settled, even if this process cannot see that yet. */
function settledFor(from: LogPlace, { settled }: Extent): bigint {
  const proven = from.tx % 2n === 0n ? from.tx : from.tx - 1n
  return proven > settled ? proven : settled
}

interface Deps {
  readonly tail: Tail
  readonly relations: Relations
  readonly definitions: Definitions
}

export function createFollower({ tail, relations, definitions }: Deps) {
  async function read({ reading }: Following, from: LogPlace): Promise<LogRead> {
    return reading.read(from, settledFor(from, await tail.advance()))
  }

  /** The shape has come to its end, if its table was emptied for everyone. */
  async function end({ definition }: Following, found: Exclude<LogRead, Piece>): Promise<void> {
    if (found.kind !== 'emptied') return
    await definitions.drop(definition.handle)
    tail.ringAll()
  }

  /** Whether the shape still is what it was when the request came. */
  async function isCurrent({ query, definition }: Following): Promise<boolean> {
    const relation = await relations.find(query.question.relation)
    if (!relation) return false
    const question = { ...query.question, relation }
    return (await definitions.find(definition.handle, question)) !== undefined
  }

  /** Waits until the place exists; false when the time is up before. */
  async function reached(place: LogPlace, waiter: Waiter, until: AbortSignal): Promise<boolean> {
    while (place.tx > (await tail.advance()).taken + 1n) {
      if (until.aborted) return false
      await waiter.rung(until)
    }
    return true
  }

  /**
   * What comes after a place: at once, or when it has come; nothing new when the time is up, and `undefined`
   * when the shape is not there any more.
   */
  async function next(
    following: Following,
    from: LogPlace,
    waiter: Waiter,
    until: AbortSignal,
  ): Promise<LogRead | undefined> {
    for (let found = await read(following, from); ;) {
      if (found.kind !== 'piece' || found.messages.length > 0 || !found.complete) return found
      const at = found.end
      if (until.aborted) return found
      const ring = await waiter.rung(until)
      if (following.over.aborted) return nothingSince(at)
      if (ring === 'check' && !(await isCurrent(following))) return undefined
      const isAtHand = ring === 'changed' && !until.aborted
      const recent = isAtHand ? await following.reading.readRecent(at) : undefined
      found = recent ?? (await read(following, at))
    }
  }

  /** What a stream of events tells, from its first piece on. */
  function eventSource(following: Following, first: Piece, waiter: Waiter): EventSource {
    let at = first.end
    let piece: Piece | undefined = first
    /** A client takes nothing before it is told that it is up to date: a full piece owes it that. */
    let isOwed = true
    return {
      async next(until) {
        if (!piece) {
          const found = await (isOwed ? read(following, at) : next(following, at, waiter, until))
          if (found && found.kind !== 'piece') await end(following, found)
          if (found?.kind !== 'piece') return undefined
          at = found.end
          piece = found
        }
        const { messages, complete } = piece
        piece = undefined
        if (messages.length === 0 && complete && !isOwed) return []
        isOwed = !complete
        return complete ? [...messages, upToDate(at.tx)] : messages
      },
      close: () => waiter.leave(),
    }
  }

  return { read, reached, next, end, eventSource }
}
