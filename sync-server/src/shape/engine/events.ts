/**
 * A stream of server-sent events: batches of messages, each ending up to date, and a comment now and then
 * so that nobody on the way thinks it dead. It asks for a batch only when the last has been taken.
 */

export interface EventSource {
  /**
   * Resolves with messages, with none when `until` is aborted before there are any, or with nothing when the
   * stream has come to its end.
   */
  next(until: AbortSignal): Promise<readonly string[] | undefined>
  /** Called once, when nobody asks any more. */
  close(): void
}

interface Times {
  readonly eventsMs: number
  readonly keepAliveMs: number
  /** Ends the stream early. */
  readonly over: AbortSignal
  /** Called once, when the stream is over. */
  readonly ended: () => void
}

/** Aborts after `ms`, or with `over`; `cancel` is to be called when that is no more wanted. */
function signalAfter(ms: number, over: AbortSignal) {
  const time = new AbortController()
  const end = (): void => time.abort()
  const timer = setTimeout(end, ms)
  over.addEventListener('abort', end)
  if (over.aborted) end()
  const cancel = (): void => {
    clearTimeout(timer)
    over.removeEventListener('abort', end)
  }
  return { signal: time.signal, cancel }
}

const keepAlive = ': keep-alive\n\n'
const dataOf = (messages: readonly string[]): string =>
  messages.map((message) => `data: ${message}\n\n`).join('')

/** `start` is given the signal that is aborted when the stream's time is up. */
export function eventStream(
  start: (until: AbortSignal) => EventSource,
  { eventsMs, keepAliveMs, over, ended }: Times,
): ReadableStream<Uint8Array> {
  const life = signalAfter(eventsMs, over)
  const source = start(life.signal)
  const encoder = new TextEncoder()
  let isClosed = false
  let isCancelled = false

  function close(): void {
    if (isClosed) return
    isClosed = true
    life.cancel()
    source.close()
    ended()
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const pause = signalAfter(keepAliveMs, life.signal)
    try {
      const messages = await source.next(pause.signal)
      if (isCancelled) return
      if (messages && messages.length > 0) controller.enqueue(encoder.encode(dataOf(messages)))
      if (!messages || life.signal.aborted) {
        close()
        controller.close()
      } else if (messages.length === 0) controller.enqueue(encoder.encode(keepAlive))
    } catch (error) {
      close()
      controller.error(error)
    } finally {
      pause.cancel()
    }
  }

  life.signal.addEventListener('abort', () => {
    if (over.aborted) close()
  })
  return new ReadableStream<Uint8Array>({
    pull,
    cancel() {
      isCancelled = true
      close()
    },
  })
}
