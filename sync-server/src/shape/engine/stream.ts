/** Follows one shape for one request: snapshot, then log, then waiting for what comes. */
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import {
  eventAnswer,
  invalidAnswer,
  liveAnswer,
  refetchAnswer,
  restingAnswer,
  subsetAnswer,
  type Answer,
  type CacheAges,
} from './answer.ts'
import { nextCursor } from './cursor.ts'
import type { Definition, Definitions } from './definition.ts'
import { eventStream } from './events.ts'
import { createFollower, nothingSince, type Following, type StreamQuery } from './follower.ts'
import { holdFor } from './hold.ts'
import { mustRefetch, snapshotEnd, upToDate } from './message.ts'
import { chunkOffset, logOffset, placeAfter, type LogPlace } from './place.ts'
import { createReading, type LogRead, type Piece } from './reading.ts'
import { schemaHeader, type Relations } from './relation.ts'
import type { ReaderRole } from './role.ts'
import type { Subsets } from './subset.ts'
import type { Tail, Waiter } from './tail.ts'

export interface StreamDeps {
  readonly db: Db
  readonly clock: Clock
  readonly role: ReaderRole
  readonly tail: Tail
  readonly relations: Relations
  readonly definitions: Definitions
  readonly subsets: Subsets
  /** Starts a body that is told after its answer; it calls `ended` once, when it is over. */
  readonly streaming: <T>(start: (ended: () => void) => T) => T
}

export interface StreamSettings {
  readonly longPollMs: number
  readonly eventsMs: number
  readonly keepAliveMs: number
  readonly chunkBytes: number
  readonly ages: CacheAges
  readonly random: () => number
}

export interface Stream {
  /**
   * Answers one request, or not when the table has another form than the question knows. A held answer ends
   * early when `over` is aborted.
   */
  answer(query: StreamQuery, over: AbortSignal): Promise<Response | undefined>
}

const outOfBounds = (): Response => invalidAnswer({ offset: ['out of bounds for this shape'] })

/** Where in the log the request goes on, or the chunk of the snapshot that comes next. */
function nextOf(query: StreamQuery, definition: Definition): LogPlace | { chunk: number } {
  const base = { tx: definition.base, op: 0 }
  if (query.offset.kind === 'log') return query.offset.tx < base.tx ? base : query.offset
  const after = query.offset.kind === 'snapshot' ? query.offset.chunk : -1
  return after + 1 < definition.chunks ? { chunk: after + 1 } : base
}

/** Nothing has happened since the snapshot: Electric calls that place by another name. */
const offsetOf = ({ base }: Definition, end: LogPlace): string =>
  end.tx === base && end.op === 0 ? '0_inf' : logOffset(end)

export function createStream(deps: StreamDeps, settings: StreamSettings): Stream {
  const { db, clock, role, tail, definitions, subsets } = deps
  const { read, reached, next, end, eventSource } = createFollower(deps)
  let answers = 0

  const nonce = (): string => `${clock.now()}.${(answers += 1)}`

  const refetch = async ({ renew }: StreamQuery): Promise<Response> => {
    const question = await renew()
    const current = question && (await definitions.ensure(question))
    return refetchAnswer(current?.handle, mustRefetch)
  }

  const resting = ({ question }: StreamQuery, answer: Answer): Response =>
    restingAnswer(answer, schemaHeader(question.relation, question.columns), settings.ages)

  const cursorOf = (query: StreamQuery): string =>
    nextCursor({
      nowMs: clock.now(),
      longPollMs: settings.longPollMs,
      previous: query.cursor,
      random: settings.random,
    })

  const logAnswer = (
    { query, definition }: Pick<Following, 'query' | 'definition'>,
    { messages, end, complete }: Piece,
  ): Answer => ({
    handle: definition.handle,
    requested: query.offsetText,
    offset: offsetOf(definition, end),
    messages: complete ? [...messages, upToDate(end.tx)] : messages,
    upToDate: complete,
    hasData: messages.length > 0,
    nonce: nonce(),
  })

  async function startAnew(following: Following, found: Exclude<LogRead, Piece>) {
    await end(following, found)
    return refetch(following.query)
  }

  async function chunkAnswer({ query, definition }: Following, chunk: number): Promise<Response> {
    const { handle, chunks, visible, firstRows } = definition
    const isAtHand = chunk === 0 && firstRows !== undefined
    const body = isAtHand ? firstRows : await definitions.chunk(handle, chunk)
    if (body === undefined) return refetch(query)
    const messages = [
      ...(body === '' ? [] : [body]),
      ...(chunk === chunks - 1 ? [snapshotEnd(visible)] : []),
    ]
    return resting(query, {
      handle,
      messages,
      requested: query.offsetText,
      offset: chunkOffset(chunk),
      upToDate: false,
      hasData: true,
      nonce: '',
    })
  }

  async function catchUp(following: Following, from: LogPlace, waiter: Waiter, until: AbortSignal) {
    if (!(await reached(from, waiter, until))) return outOfBounds()
    const found = await read(following, from)
    if (found.kind !== 'piece') return startAnew(following, found)
    return resting(following.query, logAnswer(following, found))
  }

  async function poll(following: Following, from: LogPlace, waiter: Waiter, until: AbortSignal) {
    if (!(await reached(from, waiter, until))) return outOfBounds()
    const found = await next(following, from, waiter, until)
    if (!found) return refetch(following.query)
    if (found.kind !== 'piece') return startAnew(following, found)
    return liveAnswer(logAnswer(following, found), cursorOf(following.query))
  }

  async function follow(following: Following, from: LogPlace): Promise<Response> {
    const { query, over } = following
    const ms = query.live ? settings.longPollMs : settings.longPollMs / 2
    return holdFor(ms, over, async (until) => {
      const waiter = tail.waiter(query.question)
      try {
        return await (query.live ? poll : catchUp)(following, from, waiter, until)
      } finally {
        waiter.leave()
      }
    })
  }

  /** Answers with a stream of events, which goes on until its time is up or the shape is gone. */
  async function events(following: Following, from: LogPlace): Promise<Response> {
    const { query, definition, over } = following
    const waiter = tail.waiter(query.question)
    const refuse = async (answer: Response | Promise<Response>): Promise<Response> => {
      waiter.leave()
      return answer
    }
    const isThere = await holdFor(settings.longPollMs / 2, over, (until) =>
      reached(from, waiter, until),
    )
    if (!isThere) return refuse(outOfBounds())
    const first = await read(following, from)
    if (first.kind !== 'piece') return refuse(startAnew(following, first))
    const { eventsMs, keepAliveMs } = settings
    return eventAnswer(
      { handle: definition.handle, offset: query.offsetText },
      { cursor: cursorOf(query), seconds: Math.round(eventsMs / 1000) },
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
    return resting(query, logAnswer({ query, definition }, nothingSince(from)))
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
    if (found.kind === 'emptied') return refetch(query)
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

  return {
    async answer(query, over) {
      const { kind } = query.offset
      const isNew = kind === 'start' || kind === 'now'
      const definition = isNew
        ? await definitions.ensure(query.question)
        : await definitions.find(query.handle ?? '', query.question)
      if (!definition) return isNew ? undefined : refetch(query)
      if (query.subset) return subsetOf(query, definition)
      if (kind === 'now') return fromNow(query, definition)
      const reading = createReading(
        { db, role, tail },
        query.question,
        definition,
        settings.chunkBytes,
      )
      const following = { query, definition, over, reading }
      const next = nextOf(query, definition)
      if ('chunk' in next) return chunkAnswer(following, next.chunk)
      return query.live && query.sse ? events(following, next) : follow(following, next)
    },
  }
}
