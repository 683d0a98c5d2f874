/** Answers to one shape's readers, from what was read for them. */
import type { Clock } from '../../core/clock.ts'
import {
  jsonBody,
  liveAnswer,
  refetchAnswer,
  restingAnswer,
  type Answer,
  type CacheAges,
} from './answer.ts'
import type { Body } from './bodies.ts'
import { nextCursor } from './cursor.ts'
import type { Definition, Definitions } from './definition.ts'
import type { StreamQuery } from './follower.ts'
import { mustRefetch, snapshotEnd, upToDate } from './message.ts'
import { chunkOffset, logOffset, type LogPlace } from './place.ts'
import type { Piece } from './reading.ts'
import { schemaHeader } from './relation.ts'

export interface ReplySettings {
  readonly longPollMs: number
  readonly ages: CacheAges
  readonly random: () => number
}

interface Reader {
  readonly query: StreamQuery
  readonly definition: Definition
}

export interface Replies {
  /** The shape is not there any more: here is its successor. */
  refetch(query: StreamQuery): Promise<Response>
  /** A chunk of the first rows. */
  chunk(reader: Reader, chunk: number, body: string | Body): Response
  /** A piece of the log, to a reader who does not wait. */
  resting(reader: Reader, piece: Piece): Response
  /** The same to one who has waited. */
  live(reader: Reader, piece: Piece): Response
  cursor(query: StreamQuery): string
}

/** Nothing has happened since the snapshot: Electric calls that place by another name. */
export const offsetOf = ({ base }: Definition, end: LogPlace): string =>
  end.tx === base && end.op === 0 ? '0_inf' : logOffset(end)

/** A large chunk is sent in pieces: to copy it for what stands around it takes as long as to send it. */
const inPieces = (before: string, body: Body, after: string): ReadableStream<Body> =>
  ReadableStream.from([Buffer.from(before), body, Buffer.from(after)])

export function createReplies(
  { clock, definitions }: { readonly clock: Clock; readonly definitions: Definitions },
  settings: ReplySettings,
): Replies {
  let answers = 0

  const nonce = (): string => `${clock.now()}.${(answers += 1)}`

  const cursor = ({ cursor: previous }: StreamQuery): string => {
    const { longPollMs, random } = settings
    return nextCursor({ nowMs: clock.now(), longPollMs, previous, random })
  }

  const atRest = ({ question }: StreamQuery, answer: Answer): Response =>
    restingAnswer(answer, schemaHeader(question.relation, question.columns), settings.ages)

  const ofLog = ({ query, definition }: Reader, { messages, end, complete }: Piece): Answer => ({
    handle: definition.handle,
    requested: query.offsetText,
    offset: offsetOf(definition, end),
    body: jsonBody(complete ? [...messages, upToDate(end.tx)] : messages),
    upToDate: complete,
    hasData: messages.length > 0,
    nonce: nonce(),
  })

  return {
    async refetch({ renew }) {
      const question = await renew()
      const current = question && (await definitions.ensure(question))
      return refetchAnswer(current?.handle, mustRefetch)
    },
    chunk({ query, definition: { handle, chunks, visible } }, chunk, body) {
      const isLast = chunk === chunks - 1
      const end = isLast ? `${body.length > 0 ? ',' : ''}${snapshotEnd(visible)}]` : ']'
      return atRest(query, {
        handle,
        body: typeof body === 'string' ? `[${body}${end}` : inPieces('[', body, end),
        requested: query.offsetText,
        offset: chunkOffset(chunk),
        upToDate: false,
        hasData: true,
        nonce: '',
      })
    },
    resting: (reader, piece) => atRest(reader.query, ofLog(reader, piece)),
    live: (reader, piece) => liveAnswer(ofLog(reader, piece), cursor(reader.query)),
    cursor,
  }
}
