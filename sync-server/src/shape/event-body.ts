/**
 * A stream of events on its way to one reader. It ends, never fails: the client comes again with the
 * place it has reached, and is then told what is the matter.
 */

interface Watch {
  /** Ends the stream when aborted. */
  readonly signal: AbortSignal
  /** Rejects when the reader may have nothing more; asked after each piece was read. */
  readonly confirm: () => Promise<unknown>
  /** Called once, when the stream is over. */
  readonly ended: () => void
}

/** Passes `body` on piece by piece for as long as the reader may have it. */
export function watchedEvents(
  body: ReadableStream<Uint8Array>,
  { signal, confirm, ended }: Watch,
): ReadableStream<Uint8Array> {
  const source = body.getReader()
  const over = Promise.withResolvers<undefined>()
  const end = (): void => over.resolve(undefined)
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })

  async function next(): Promise<Uint8Array | undefined> {
    try {
      const read = await Promise.race([over.promise, source.read()])
      if (read === undefined || read.done) return undefined
      await confirm()
      return signal.aborted ? undefined : read.value
    } catch {
      return undefined
    }
  }

  /** The source may have failed by itself: there is nobody to tell. */
  async function finish(reason?: unknown): Promise<void> {
    signal.removeEventListener('abort', end)
    ended()
    await source.cancel(reason).catch(() => undefined)
  }

  return new ReadableStream({
    async pull(controller) {
      const piece = await next()
      if (piece) return controller.enqueue(piece)
      controller.close()
      await finish()
    },
    cancel: finish,
  })
}
