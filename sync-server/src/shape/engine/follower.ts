/** Follows a shape's log from a place on: reads what there is, and waits for what comes. */
import type { Definition, Definitions } from './definition.ts'
import type { EventSource } from './events.ts'
import type { Known } from './known.ts'
import { upToDate } from './message.ts'
import { placeAfter, type LogPlace } from './place.ts'
import type { ProtocolQuery } from './query.ts'
import type { Question } from './question.ts'
import type { LogRead, Piece, Reading } from './reading.ts'
import type { Tail, Waiter } from './tail.ts'
import type { Extent } from './watermark.ts'

export interface StreamQuery extends ProtocolQuery {
  readonly question: Question
  /** By which the question is known. */
  readonly key: string
  /** The same question of the table as it is now, if it can be asked. */
  readonly renew: () => Promise<Question | undefined>
}

/** A request with its shape found. */
export interface Following {
  readonly query: StreamQuery
  readonly definition: Definition
  readonly reading: Reading
  /** Whether the shape is there, where that is yet to be confirmed. */
  readonly isThere: () => Promise<boolean>
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

/** What there is to read for a reader who comes, or why there is nothing: no such shape, no such place. */
export type Started = LogRead | { readonly kind: 'gone' } | { readonly kind: 'beyond' }

const exists = ({ tx }: LogPlace, { taken }: Extent): boolean => tx <= taken + 1n

/** A reader's place, once it is known that nothing up to `since` concerns them. */
const later = (place: LogPlace, since: bigint): LogPlace =>
  place.tx > since ? place : placeAfter(since)

interface Deps {
  readonly tail: Tail
  readonly known: Known
  readonly definitions: Definitions
}

export function createFollower({ tail, known, definitions }: Deps) {
  /** Reads from a place on what is there, as far as it was measured; now, unless told. */
  async function read({ reading }: Following, from: LogPlace, measured?: Extent): Promise<LogRead> {
    const settled = settledFor(from, measured ?? (await tail.advance()))
    const recent = from.tx <= settled ? await reading.readRecent(from, settled) : undefined
    return recent ?? reading.read(from, settled)
  }

  /** The shape has come to its end, if its table was emptied for everyone. */
  async function end({ definition }: Following, found: Exclude<LogRead, Piece>): Promise<void> {
    if (found.kind !== 'emptied') return
    await definitions.drop(definition.handle)
    tail.ringAll()
  }

  /** Whether the shape still is what it was when the request came. */
  const isCurrent = ({ query: { question }, definition }: Following): Promise<boolean> =>
    known.confirm({ question, definition })

  /** Waits until the place exists and measures the log then; nothing when the time is up before. */
  async function reached(
    place: LogPlace,
    waiter: Waiter,
    until: AbortSignal,
  ): Promise<Extent | undefined> {
    for (;;) {
      const measured = await tail.advance()
      if (exists(place, measured)) return measured
      if (until.aborted) return undefined
      await waiter.rung(until)
    }
  }

  /** Reads for a reader who comes. */
  async function start(
    following: Following,
    from: LogPlace,
    waiter: Waiter,
    until: AbortSignal,
  ): Promise<Started> {
    const [isThere, now] = await Promise.all([following.isThere(), tail.advance()])
    if (!isThere) return { kind: 'gone' }
    const measured = exists(from, now) ? now : await reached(from, waiter, until)
    return measured ? read(following, from, measured) : { kind: 'beyond' }
  }

  /**
   * What was read first if it says something, else what comes; nothing new when the time is up, and `undefined`
   * when the shape is not there any more.
   */
  async function next(
    following: Following,
    first: LogRead,
    waiter: Waiter,
    until: AbortSignal,
  ): Promise<LogRead | undefined> {
    for (let found = first; ;) {
      if (found.kind !== 'piece' || found.messages.length > 0 || !found.complete) return found
      if (until.aborted) return found
      const ring = await waiter.rung(until)
      if (following.over.aborted) return nothingSince(found.end)
      if (ring?.why === 'check' && !(await isCurrent(following))) return undefined
      const at = ring?.why === 'changed' ? later(found.end, ring.since) : found.end
      const isAtHand = ring?.why === 'changed' && !until.aborted
      const recent = isAtHand ? await following.reading.readRecent(at, ring.since) : undefined
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
          const now = await read(following, at)
          const found = isOwed ? now : await next(following, now, waiter, until)
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

  return { start, next, end, eventSource }
}
