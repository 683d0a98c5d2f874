/** Reads a shape once, to its present end, without storing anything. */
import { isChangeMessage, ShapeStream, type Message } from '@electric-sql/client'
import { rowFromShape, shapes, type ShapeName, type Table } from '@selene/shapes'
import { problemFromResponse } from '../core/http.ts'
import { backoffOptions, textParser, type ShapeRow } from './shape-reader.ts'

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
        const response = await from.fetch(new Request(input, init))
        if (!response.ok) throw await problemFromResponse(response)
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
    onError: (error) => done.reject(error),
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
