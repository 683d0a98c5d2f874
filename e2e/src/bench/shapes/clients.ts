/** The official client, following one owner's rows. */
import { isChangeMessage, isControlMessage, ShapeStream } from '@electric-sql/client'
import type { Reader } from './readers.ts'

export function startClient(server: string, owner: string): Reader {
  const stopping = new AbortController()
  const ready = Promise.withResolvers<void>()
  const waiting = new Map<string, () => void>()
  const seen = new Set<string>()
  const stream = new ShapeStream({
    url: `${server}/v1/shape`,
    params: { table: 'note', where: 'owner = $1', params: [owner] },
    signal: stopping.signal,
    onError: (error) => ready.reject(error),
  })
  stream.subscribe((messages) => {
    for (const message of messages) {
      if (isControlMessage(message) && message.headers.control === 'up-to-date') ready.resolve()
      if (!isChangeMessage(message) || message.headers['lsn'] === undefined) continue
      const { title } = message.value
      if (typeof title !== 'string') continue
      seen.add(title)
      waiting.get(title)?.()
    }
  })
  return {
    ready: ready.promise,
    told: (title) =>
      new Promise((resolve) => (seen.has(title) ? resolve() : waiting.set(title, resolve))),
    stop: () => stopping.abort(),
  }
}
