/** Reads a shape once, to its present end, without storing anything. */
import { isChangeMessage, ShapeStream } from '@electric-sql/client'
import { rowFromShape, shapes, type ShapeName, type Table } from '@selene/shapes'
import { textParser, type ShapeRow } from './shape-reader.ts'

/** @throws the first failure of the stream; nothing is retried. */
export async function readShapeOnce<N extends ShapeName>(
  name: N,
  from: { server: URL; fetch: (request: Request) => Promise<Response> },
): Promise<ShapeRow<N>[]> {
  const table: Table = shapes[name].table
  const rows: ShapeRow<N>[] = []
  const done = Promise.withResolvers<void>()
  const stop = new AbortController()
  const stream = new ShapeStream<Record<string, string>>({
    url: new URL(`/v1/shape/${name}`, from.server).href,
    fetchClient: async (input, init) => {
      try {
        return await from.fetch(new Request(input, init))
      } catch (error) {
        done.reject(error)
        throw error
      }
    },
    subscribe: false,
    signal: stop.signal,
    parser: textParser,
    onError: (error) => done.reject(error),
  })
  stream.subscribe((messages) => {
    for (const message of messages)
      if (isChangeMessage(message)) rows.push(rowFromShape(table, message.value) as ShapeRow<N>)
      else if (message.headers.control === 'must-refetch') rows.length = 0
      else if (message.headers.control === 'up-to-date') done.resolve()
  })
  try {
    await done.promise
    return rows
  } finally {
    stop.abort()
    stream.unsubscribeAll()
  }
}
