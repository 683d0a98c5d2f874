/**
 * Stopping in good order: new requests are refused, long polls are told to end, and what runs may
 * finish.
 */
import { Problem } from '@selene/shapes'
import { problemResponse } from './problem-response.ts'

export type Fetch = (request: Request, env?: object) => Promise<Response> | Response

export interface Drain {
  readonly fetch: (request: Request, env?: object) => Promise<Response>
  /** Aborts when stopping begins. */
  readonly stopping: AbortSignal
  /** Refuses new requests, aborts {@link Drain.stopping} and resolves when the last request has its answer. */
  stop(): Promise<void>
}

/** Wraps the function that answers. */
export function createDrain(answer: Fetch): Drain {
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  return {
    stopping: stopping.signal,
    async fetch(request, env) {
      if (stopping.signal.aborted)
        return problemResponse(
          new Problem('server/unavailable', { retryAfterSeconds: 1, detail: 'stopping' }),
        )
      const response = Promise.resolve(answer(request, env))
      running.add(response)
      try {
        return await response
      } finally {
        running.delete(response)
      }
    },
    async stop() {
      stopping.abort()
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
