/** Follows one shape for one request: snapshot, then log, then waiting for what comes. */
import type { ShapeRequest } from '@selene/shapes'
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import {
  eventAnswer,
  invalidAnswer,
  liveAnswer,
  refetchAnswer,
  restingAnswer,
  type Answer,
} from './answer.ts'
import { nextCursor } from './cursor.ts'
import type { Definition, Definitions } from './definition.ts'
import { interestOf } from './interest.ts'
import { readLog, type LogRead, type Piece } from './log.ts'
import { mustRefetch, snapshotEnd, upToDate } from './message.ts'
import { chunkOffset, logOffset, placeAfter, type LogPlace } from './place.ts'
import type { ProtocolQuery } from './query.ts'
import { findRelation, schemaHeader, type Relation } from './relation.ts'
import type { Tail, Waiter } from './tail.ts'
import type { Extent } from './watermark.ts'

export interface StreamQuery extends ProtocolQuery {
  readonly request: ShapeRequest
  readonly relation: Relation
}

interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly tail: Tail
  readonly definitions: Definitions
}

interface Settings {
  readonly longPollMs: number
  readonly chunkBytes: number
  readonly random: () => number
}

export interface Stream {
  /** Answers one request; a held answer ends early when `over` is aborted. */
  answer(query: StreamQuery, over: AbortSignal): Promise<Response>
}

/** A request with its shape found. */
interface Following {
  readonly query: StreamQuery
  readonly definition: Definition
  /** Aborted when nobody waits for the answer any more, or nobody may. */
  readonly over: AbortSignal
}

/** Runs `hold` with a signal that is aborted after `ms`, or with `over`. */
async function holdFor<T>(
  ms: number,
  over: AbortSignal,
  hold: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = new AbortController()
  const timer = setTimeout(() => time.abort(), ms)
  try {
    return await hold(AbortSignal.any([over, time.signal]))
  } finally {
    clearTimeout(timer)
  }
}

const outOfBounds = (): Response => invalidAnswer({ offset: ['out of bounds for this shape'] })

const nothingSince = (end: LogPlace): Piece => ({
  kind: 'piece',
  messages: [],
  end,
  complete: true,
})

const resting = (query: StreamQuery, answer: Answer, isStart = false): Response =>
  restingAnswer(answer, schemaHeader(query.relation, query.request.columns), isStart)

const logAnswer = ({ handle }: Definition, { messages, end, complete }: Piece): Answer => ({
  handle,
  offset: logOffset(end),
  messages: complete ? [...messages, upToDate(end.tx)] : messages,
  upToDate: complete,
  hasData: messages.length > 0,
})

/** Where in the log the request goes on, or the chunk of the snapshot that comes next. */
function nextOf(query: StreamQuery, definition: Definition): LogPlace | { chunk: number } {
  const base = { tx: definition.base, op: 0 }
  if (query.offset.kind === 'log') return query.offset.tx < base.tx ? base : query.offset
  const after = query.offset.kind === 'snapshot' ? query.offset.chunk : -1
  return after + 1 < definition.chunks ? { chunk: after + 1 } : base
}

/** A place was handed out when all before it was settled, even if this process cannot see that yet. */
function settledFor(from: LogPlace, { settled }: Extent): bigint {
  const proven = from.tx % 2n === 0n ? from.tx : from.tx - 1n
  return proven > settled ? proven : settled
}

export function createStream(deps: Deps, settings: Settings): Stream {
  const { db, clock, tail, definitions } = deps

  const refetch = async (query: StreamQuery): Promise<Response> =>
    refetchAnswer((await definitions.ensure(query)).handle, mustRefetch)

  function live({ query, definition }: Following, piece: Piece): Response {
    const cursor = nextCursor({
      nowMs: clock.now(),
      longPollMs: settings.longPollMs,
      previous: query.cursor,
      random: settings.random,
    })
    const answer = logAnswer(definition, piece)
    return query.sse ? eventAnswer(answer, cursor, query.offsetText) : liveAnswer(answer, cursor)
  }

  /** Reads what there is; a stream of events takes it all, as its batches end up to date. */
  async function read({ query, definition }: Following, from: LogPlace): Promise<LogRead> {
    const settled = settledFor(from, await tail.advance())
    const bytes = query.sse ? Number.MAX_SAFE_INTEGER : settings.chunkBytes
    return readLog(db, { question: query, definition, from, settled, bytes })
  }

  /** The reader's stream has come to its end; if the table was emptied, so has everyone's. */
  async function startAnew(following: Following, found: Exclude<LogRead, Piece>) {
    if (found.kind === 'emptied') {
      await definitions.drop(following.definition.handle)
      tail.ringAll()
    }
    return refetch(following.query)
  }

  async function chunkAnswer(following: Following, chunk: number): Promise<Response> {
    const { handle, chunks, visible } = following.definition
    const body = await definitions.chunk(handle, chunk)
    if (body === undefined) return refetch(following.query)
    const messages = [
      ...(body === '' ? [] : [body]),
      ...(chunk === chunks - 1 ? [snapshotEnd(visible)] : []),
    ]
    const offset = chunkOffset(chunk)
    const answer = { handle, offset, messages, upToDate: false, hasData: true }
    return resting(following.query, answer, chunk === 0)
  }

  /** Whether the shape still is what it was when the request came. */
  async function isCurrent({ query, definition }: Following): Promise<boolean> {
    const relation = await findRelation(db, query.request.table)
    if (!relation) return false
    return (await definitions.find(definition.handle, { ...query, relation })) !== undefined
  }

  /** Waits until the place exists; false when the time is up before. */
  async function reached(place: LogPlace, waiter: Waiter, until: AbortSignal): Promise<boolean> {
    while (place.tx > (await tail.advance()).taken + 1n) {
      if (until.aborted) return false
      await waiter.rung()
    }
    return true
  }

  async function catchUp(following: Following, from: LogPlace, waiter: Waiter, until: AbortSignal) {
    if (!(await reached(from, waiter, until))) return outOfBounds()
    const found = await read(following, from)
    if (found.kind !== 'piece') return startAnew(following, found)
    return resting(following.query, logAnswer(following.definition, found))
  }

  async function waitFor(following: Following, from: LogPlace, waiter: Waiter, until: AbortSignal) {
    if (!(await reached(from, waiter, until))) return outOfBounds()
    for (let at = from; ;) {
      const isOver = until.aborted
      const found = await read(following, at)
      if (found.kind !== 'piece') return startAnew(following, found)
      if (found.messages.length > 0 || isOver) return live(following, found)
      at = found.end
      await waiter.rung()
      if (following.over.aborted) return live(following, nothingSince(at))
      if (!(await isCurrent(following))) return refetch(following.query)
    }
  }

  async function follow(following: Following, from: LogPlace, until: AbortSignal) {
    const { query } = following
    const waiter = tail.waiter(await interestOf(db, query.relation, query.request), until)
    try {
      return await (query.live ? waitFor : catchUp)(following, from, waiter, until)
    } finally {
      waiter.leave()
    }
  }

  async function fromNow(query: StreamQuery): Promise<Response> {
    const definition = await definitions.ensure(query)
    const end = placeAfter((await tail.advance()).settled)
    return resting(query, logAnswer(definition, nothingSince(end)))
  }

  return {
    async answer(query, over) {
      if (query.offset.kind === 'now') return fromNow(query)
      const definition =
        query.offset.kind === 'start'
          ? await definitions.ensure(query)
          : await definitions.find(query.handle ?? '', query)
      if (!definition) return refetch(query)
      const following = { query, definition, over }
      const next = nextOf(query, definition)
      if ('chunk' in next) return chunkAnswer(following, next.chunk)
      const ms = query.live ? settings.longPollMs : settings.longPollMs / 2
      return holdFor(ms, over, (until) => follow(following, next, until))
    },
  }
}
