/** Answers of `/v1/shape`: bodies, and headers as Electric sends them. */
import type { Faults } from './query.ts'

const json = { 'content-type': 'application/json' }

/** How long caches may keep answers that are not live, seconds. */
export interface CacheAges {
  readonly maxAge: number
  readonly staleAge: number
}

/** What every good answer has. */
export interface Answer {
  readonly handle: string
  /** As the request had it. */
  readonly requested: string
  readonly offset: string
  /** A JSON array of messages. */
  readonly body: string | ReadableStream<Uint8Array<ArrayBuffer>>
  /** Whether the last message is up-to-date. */
  readonly upToDate: boolean
  readonly hasData: boolean
  /** Tells answers without changes apart, or a client could hear for ever that nothing has. */
  readonly nonce: string
}

const commonHeaders = (answer: Answer): Record<string, string> => {
  const { handle, requested, offset, upToDate, hasData, nonce } = answer
  return {
    'electric-handle': handle,
    'electric-offset': offset,
    'electric-has-data': String(hasData),
    etag: `"${handle}:${requested}:${offset}${hasData ? '' : `:${nonce}`}"`,
    ...(upToDate && { 'electric-up-to-date': '' }),
  }
}

export const jsonBody = (messages: readonly string[]): string => `[${messages.join(',')}]`

/** Answer to a request that is not live. */
export const restingAnswer = (answer: Answer, schema: string, ages: CacheAges): Response =>
  new Response(answer.body, {
    headers: {
      ...json,
      ...commonHeaders(answer),
      'electric-schema': schema,
      'cache-control':
        answer.requested === '-1'
          ? 'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746'
          : `public, max-age=${ages.maxAge}, stale-while-revalidate=${ages.staleAge}`,
    },
  })

/** Answer to a long poll. */
export const liveAnswer = (answer: Answer, cursor: string): Response =>
  new Response(answer.body, {
    headers: {
      ...json,
      ...commonHeaders(answer),
      'electric-cursor': cursor,
      'cache-control': 'public, max-age=5, stale-while-revalidate=5',
    },
  })

/**
 * The same as server-sent events. The headers repeat the offset it came with, as the client takes the new
 * one from each up-to-date message.
 */
export const eventAnswer = (
  { handle, offset }: Pick<Answer, 'handle' | 'offset'>,
  { cursor, seconds }: { cursor: string; seconds: number },
  body: ReadableStream<Uint8Array>,
): Response =>
  new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      connection: 'keep-alive',
      'electric-handle': handle,
      'electric-offset': offset,
      'electric-has-data': 'true',
      'electric-cursor': cursor,
      'cache-control': `public, max-age=${Math.max(0, seconds - 1)}`,
    },
  })

/** Rows beside the stream. */
export const subsetAnswer = (
  { handle, offset }: Pick<Answer, 'handle' | 'offset'>,
  schema: string,
  body: string,
): Response =>
  new Response(body, {
    headers: {
      ...json,
      'electric-handle': handle,
      'electric-offset': offset,
      'electric-schema': schema,
      'electric-snapshot': 'true',
      'cache-control': 'no-cache',
    },
  })

/** The client starts again, with this handle if there is one. */
export const refetchAnswer = (handle: string | undefined, message: string): Response =>
  new Response(jsonBody([message]), {
    status: 409,
    headers: {
      ...json,
      ...(handle !== undefined && { 'electric-handle': handle }),
      'cache-control': `public, max-age=${handle === undefined ? 1 : 60}, must-revalidate`,
    },
  })

/** A refusal that nobody may keep. */
export const refusal = (
  status: number,
  body: object | null,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(body && JSON.stringify(body), {
    status,
    headers: {
      ...(body && json),
      'cache-control': 'no-store',
      'surrogate-control': 'no-store',
      ...headers,
    },
  })

/** Something about the request is not valid. */
export const invalidAnswer = (errors: Faults): Response =>
  refusal(400, { message: 'Invalid request', errors })
