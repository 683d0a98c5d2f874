/** Reads a shape once, to its present end, without storing anything. */
import { isChangeMessage, ShapeStream, type Message } from '@electric-sql/client'
import { Problem, rowFromShape, shapes, type ShapeName, type Table } from '@selene/shapes'
import { problemFromResponse } from '../core/http.ts'
import { isFurther } from './shape-loop.ts'
import { backoffOptions, textParser } from './shape-reader.ts'
import type { ShapeRow } from './shape-rows.ts'

/** @throws {@link Problem} server/unintelligible for a page that is not the last and leads nowhere. */
function refuseStandstill({ url }: Request, { headers }: Response): void {
  const from = new URL(url).searchParams.get('offset') ?? ''
  const to = headers.get('electric-offset') ?? from
  if (!headers.has('electric-up-to-date') && !isFurther(to, from))
    throw new Problem('server/unintelligible')
}

/** @throws the first failure of the stream, and the signal's reason; nothing is retried. */
export async function readShapeOnce<N extends ShapeName>(
  name: N,
  from: { server: URL; fetch: (request: Request) => Promise<Response>; signal?: AbortSignal },
): Promise<ShapeRow<N>[]> {
  const table: Table = shapes[name].table
  const rows: ShapeRow<N>[] = []
  const done = Promise.withResolvers<void>()
  const stop = new AbortController()
  const end = (): void => done.reject(from.signal?.reason)
  if (from.signal?.aborted) end()
  from.signal?.addEventListener('abort', end, { once: true })
  const stream = new ShapeStream<Record<string, string>>({
    url: new URL(`/v1/shape/${name}`, from.server).href,
    fetchClient: async (input, init) => {
      try {
        const request = new Request(input, init)
        const response = await from.fetch(request)
        if (!response.ok) throw await problemFromResponse(response)
        refuseStandstill(request, response)
        return response
      } catch (error) {
        done.reject(error)
        throw error
      }
    },
    subscribe: false,
    signal: stop.signal,
    parser: textParser,
    backoffOptions,
    onError: (cause) => done.reject(new Problem('server/unintelligible', { cause })),
  })
  function take(message: Message<Record<string, string>>): void {
    if (!isChangeMessage(message)) {
      if (message.headers.control === 'up-to-date') done.resolve()
    } else if (message.headers.operation !== 'delete')
      rows.push(rowFromShape(table, message.value) as ShapeRow<N>)
  }
  stream.subscribe((messages) => {
    try {
      for (const message of messages) take(message)
    } catch (error) {
      done.reject(error)
    }
  })
  try {
    await done.promise
    return rows
  } finally {
    from.signal?.removeEventListener('abort', end)
    stop.abort()
    stream.unsubscribeAll()
  }
}
