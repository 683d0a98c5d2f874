/** Answers of `/v1/shape`: bodies, and headers as Electric sends them. */
import type { Faults } from './query.ts'

const json = { 'content-type': 'application/json' }

/** How long a shared cache might keep an answer; whoever serves one person's rows narrows it. */
const caching = {
  start: 'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746',
  more: 'public, max-age=60, stale-while-revalidate=300',
  live: 'public, max-age=5, stale-while-revalidate=5',
  refetch: 'public, max-age=60, must-revalidate',
  none: 'no-store',
} as const

/** What every good answer has. */
export interface Answer {
  readonly handle: string
  readonly offset: string
  /** JSON texts. */
  readonly messages: readonly string[]
  /** Whether the last message is up-to-date. */
  readonly upToDate: boolean
  readonly hasData: boolean
}

const commonHeaders = (answer: Answer): Record<string, string> => ({
  'electric-handle': answer.handle,
  'electric-offset': answer.offset,
  'electric-has-data': String(answer.hasData),
  ...(answer.upToDate && { 'electric-up-to-date': '' }),
})

const jsonBody = (messages: readonly string[]): string => `[${messages.join(',')}]`

/** Answer to a request that is not live. */
export const restingAnswer = (answer: Answer, schema: string, isStart: boolean): Response =>
  new Response(jsonBody(answer.messages), {
    headers: {
      ...json,
      ...commonHeaders(answer),
      'electric-schema': schema,
      'cache-control': isStart ? caching.start : caching.more,
    },
  })

/** Answer to a long poll. */
export const liveAnswer = (answer: Answer, cursor: string): Response =>
  new Response(jsonBody(answer.messages), {
    headers: {
      ...json,
      ...commonHeaders(answer),
      'electric-cursor': cursor,
      'cache-control': caching.live,
    },
  })

/**
 * The same as server-sent events: one batch, then the stream ends and the client comes again. The
 * headers repeat the offset it came with, as it takes the new one from the up-to-date message.
 */
export const eventAnswer = (answer: Answer, cursor: string, offset: string): Response =>
  new Response(answer.messages.map((message) => `data: ${message}\n\n`).join(''), {
    headers: {
      ...commonHeaders({ ...answer, offset }),
      'content-type': 'text/event-stream',
      'electric-cursor': cursor,
      'cache-control': caching.none,
    },
  })

/** The client starts again, with this handle. */
export const refetchAnswer = (handle: string, message: string): Response =>
  new Response(jsonBody([message]), {
    status: 409,
    headers: { ...json, 'electric-handle': handle, 'cache-control': caching.refetch },
  })

/** Something about the request is not valid. */
export const invalidAnswer = (errors: Faults): Response =>
  Response.json(
    { message: 'Invalid request', errors },
    { status: 400, headers: { 'cache-control': caching.none } },
  )
