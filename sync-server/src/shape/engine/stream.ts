/** Follows one shape for one request: snapshot, then log, then waiting for what comes. */
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import { eventAnswer, invalidAnswer, subsetAnswer } from './answer.ts'
import type { Bodies } from './bodies.ts'
import type { Definition, Definitions } from './definition.ts'
import { eventStream } from './events.ts'
import {
  createFollower,
  nothingSince,
  type Following,
  type Started,
  type StreamQuery,
} from './follower.ts'
import { holdFor } from './hold.ts'
import type { Known } from './known.ts'
import { placeAfter, type LogPlace } from './place.ts'
import { createReading, type LogRead, type Piece, type Reading } from './reading.ts'
import { schemaHeader } from './relation.ts'
import { createReplies, offsetOf, type ReplySettings } from './reply.ts'
import type { ReaderRole } from './role.ts'
import type { Subsets } from './subset.ts'
import type { Tail, Waiter } from './tail.ts'

export interface StreamDeps {
  readonly db: Db
  readonly clock: Clock
  readonly role: ReaderRole
  readonly tail: Tail
  readonly known: Known
  readonly definitions: Definitions
  readonly bodies: Bodies
  readonly subsets: Subsets
  /** Starts a body that is told after its answer; it calls `ended` once, when it is over. */
  readonly streaming: <T>(start: (ended: () => void) => T) => T
}

export interface StreamSettings extends ReplySettings {
  readonly eventsMs: number
  readonly keepAliveMs: number
  readonly chunkBytes: number
}

export interface Stream {
  /**
   * Answers one request, or not when the table has another form than the question knows. A held answer ends
   * early when `over` is aborted.
   */
  answer(query: StreamQuery, over: AbortSignal): Promise<Response | undefined>
  /** Answers a reader of a shape that was found before; not when it is not there any more. */
  resume(query: StreamQuery, found: Definition, over: AbortSignal): Promise<Response | undefined>
}

const outOfBounds = (): Response => invalidAnswer({ offset: ['out of bounds for this shape'] })

/** Where in the log the request goes on, or the chunk of the snapshot that comes next. */
function nextOf(query: StreamQuery, definition: Definition): LogPlace | { chunk: number } {
  const base = { tx: definition.base, op: 0 }
  if (query.offset.kind === 'log') return query.offset.tx < base.tx ? base : query.offset
  const after = query.offset.kind === 'snapshot' ? query.offset.chunk : -1
  return after + 1 < definition.chunks ? { chunk: after + 1 } : base
}

const justFound = (): Promise<boolean> => Promise.resolve(true)

export function createStream(deps: StreamDeps, settings: StreamSettings): Stream {
  const { db, role, tail, known, bodies, definitions, subsets } = deps
  const { start, next, end, eventSource } = createFollower(deps)
  const replies = createReplies(deps, settings)

  async function startAnew(following: Following, found: Exclude<LogRead, Piece>) {
    await end(following, found)
    return replies.refetch(following.query)
  }

  async function chunkAnswer(following: Following, chunk: number): Promise<Response | undefined> {
    const { query, definition, isThere } = following
    const { handle, firstRows } = definition
    const isAtHand = chunk === 0 && firstRows !== undefined
    const [isCurrent, body] = await Promise.all([
      isThere(),
      isAtHand ? firstRows : bodies.read(handle, chunk),
    ])
    if (!isCurrent) return undefined
    if (body !== undefined) return replies.chunk(following, chunk, body)
    // Who is new has no handle that could be wrong.
    return query.offset.kind === 'start' ? undefined : replies.refetch(query)
  }

  /** The answer to a reader for whom nothing was read; none when the question is to be asked anew. */
  async function refuse(
    following: Following,
    found: Exclude<Started, Piece>,
  ): Promise<Response | undefined> {
    if (found.kind === 'gone') return undefined
    if (found.kind === 'beyond') return outOfBounds()
    return startAnew(following, found)
  }

  async function poll(following: Following, from: LogPlace, waiter: Waiter, until: AbortSignal) {
    const { query } = following
    const first = await start(following, from, waiter, until)
    if (first.kind !== 'piece') return refuse(following, first)
    if (!query.live) return replies.resting(following, first)
    const found = await next(following, first, waiter, until)
    if (!found) return replies.refetch(query)
    if (found.kind !== 'piece') return startAnew(following, found)
    return replies.live(following, found)
  }

  async function follow(following: Following, from: LogPlace): Promise<Response | undefined> {
    const { query, over } = following
    const ms = query.live ? settings.longPollMs : settings.longPollMs / 2
    return holdFor(ms, over, async (until) => {
      const waiter = tail.waiter(query.question)
      try {
        return await poll(following, from, waiter, until)
      } finally {
        waiter.leave()
      }
    })
  }

  /** The same, for a reader who then goes on waiting; whoever is refused does not. */
  async function startEvents(following: Following, from: LogPlace, waiter: Waiter) {
    try {
      const first = await holdFor(settings.longPollMs / 2, following.over, (until) =>
        start(following, from, waiter, until),
      )
      if (first.kind !== 'piece') waiter.leave()
      return first
    } catch (error) {
      waiter.leave()
      throw error
    }
  }

  /** Answers with a stream of events, which goes on until its time is up or the shape is gone. */
  async function events(following: Following, from: LogPlace): Promise<Response | undefined> {
    const { query, definition, over } = following
    const waiter = tail.waiter(query.question)
    const first = await startEvents(following, from, waiter)
    if (first.kind !== 'piece') return refuse(following, first)
    const { eventsMs, keepAliveMs } = settings
    return eventAnswer(
      { handle: definition.handle, offset: query.offsetText },
      { cursor: replies.cursor(query), seconds: Math.round(eventsMs / 1000) },
      deps.streaming((ended) =>
        eventStream((until) => eventSource({ ...following, over: until }, first, waiter), {
          eventsMs,
          keepAliveMs,
          over,
          ended,
        }),
      ),
    )
  }

  async function fromNow(query: StreamQuery, definition: Definition): Promise<Response> {
    const end = placeAfter((await tail.advance()).settled)
    const from = end.tx < definition.base ? { tx: definition.base, op: 0 } : end
    return replies.resting({ query, definition }, nothingSince(from))
  }

  /** The offset is one from which everything that the rows may lack is told. */
  async function subsetOf(
    query: StreamQuery,
    definition: Definition,
  ): Promise<Response | undefined> {
    const { question, subset } = query
    if (!subset) return undefined
    const { settled } = await tail.advance()
    const found = await subsets.read(question, subset)
    if (found.kind === 'faults') return invalidAnswer(found.faults)
    if (found.kind === 'emptied') return replies.refetch(query)
    const now = settled + 1n < definition.base ? definition.base : settled + 1n
    const { kind } = query.offset
    const offset =
      kind === 'now'
        ? offsetOf(definition, { tx: now, op: 0 })
        : kind === 'start'
          ? '0_inf'
          : query.offsetText
    const schema = schemaHeader(question.relation, question.columns)
    return subsetAnswer({ handle: definition.handle, offset }, schema, found.body)
  }

  const readings = new WeakMap<Definition, Reading>()

  /** All who come to a shape that is known read it in the same way. */
  function readingOf({ question }: StreamQuery, definition: Definition): Reading {
    const known = readings.get(definition)
    if (known) return known
    const reading = createReading({ db, role, tail }, question, definition, settings.chunkBytes)
    readings.set(definition, reading)
    return reading
  }

  const createFollowing = (query: StreamQuery, definition: Definition, over: AbortSignal) => ({
    query,
    definition,
    over,
    reading: readingOf(query, definition),
  })

  function goOn(following: Following): Promise<Response | undefined> {
    const { query, definition } = following
    const next = nextOf(query, definition)
    if ('chunk' in next) return chunkAnswer(following, next.chunk)
    return query.live && query.sse ? events(following, next) : follow(following, next)
  }

  /** The shape that a reader was given; another process may be about to record it, and is waited for. */
  async function findAgain({
    handle = '',
    question,
  }: StreamQuery): Promise<Definition | undefined> {
    const found = await definitions.find(handle, question)
    if (found) return found
    const current = await definitions.ensure(question)
    return current?.handle === handle ? current : undefined
  }

  return {
    async answer(query, over) {
      const { kind } = query.offset
      const isNew = kind === 'start' || kind === 'now'
      const definition = isNew ? await definitions.ensure(query.question) : await findAgain(query)
      if (!definition) return isNew ? undefined : replies.refetch(query)
      if (Number.isFinite(definition.chunks))
        known.keep(query.key, { question: query.question, definition })
      if (query.subset) return subsetOf(query, definition)
      if (kind === 'now') return fromNow(query, definition)
      return goOn({ ...createFollowing(query, definition, over), isThere: justFound })
    },
    resume(query, definition, over) {
      const isThere = (): Promise<boolean> =>
        known.confirm({ question: query.question, definition })
      return goOn({ ...createFollowing(query, definition, over), isThere })
    },
  }
}
