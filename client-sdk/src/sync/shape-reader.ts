/**
 * Reads one shape with Electric's client and stores it: rows and the stream's offset in one local
 * transaction, so a restart goes on exactly where the last commit ended. `must-refetch` empties the
 * copy of the shape's rows and nothing else; it is never an instruction to forget (W23). A server that
 * leads round in circles is left alone for a minute, and a device that wakes asks at once.
 */
import { isChangeMessage, isControlMessage, ShapeStream, type Message } from '@electric-sql/client'
import { Problem, type ShapeName } from '@selene/shapes'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import { problemFromResponse } from '../core/http.ts'
import { asProblem } from '../core/problem.ts'
import type { Random } from '../core/random.ts'
import type { Signal } from '../core/signal.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import { createLoopWatch } from './shape-loop.ts'
import {
  readPlace,
  storeMessages,
  storePlace,
  type ShapeRow,
  type ShapeTexts,
} from './shape-rows.ts'

export interface ShapeReader {
  /** The network may be back: try now. */
  wake(): void
  /** Asks for whatever is new at once, instead of waiting for it. */
  again(): void
  stop(): Promise<void>
}

export interface ShapeReaderDeps<N extends ShapeName> {
  readonly name: N
  /**
   * SQL that says of a row `r` of the copy that vanishes whether it is taken out; what was made of it stays
   * in any case (W23). Absent: it is not.
   */
  readonly dropsVanished?: string
  readonly server: URL
  readonly fetch: (request: Request) => Promise<Response>
  readonly store: Reader
  /** Runs a transaction; when it fails, all is as before, in memory too. */
  readonly write: <T>(work: (tx: StoreTx) => Promise<T>) => Promise<T>
  readonly clock: Clock
  readonly random: Random
  /** The device has woken: what is under way may wait on a connection that is gone. */
  readonly woken?: Signal
  /** Takes new rows further, in the transaction that stores them; what it returns runs after commit. */
  readonly take: (tx: StoreTx, rows: readonly ShapeRow<N>[]) => Promise<() => void>
  readonly upToDate: (value: boolean) => Promise<void>
  readonly report: (problem: Problem | undefined) => void
}

const asText = (text: string): string => text
/** Values stay as Postgres prints them; the table's columns parse them. */
export const textParser = { int2: asText, int4: asText, int8: asText, bool: asText }
/** Electric's client reports every failure at once; when to try again is decided here, by our clock. */
export const backoffOptions = {
  initialDelay: 250,
  maxDelay: 10_000,
  multiplier: 1.6,
  maxRetries: 0,
}
/** Electric's answer to an offset of a shape that is no more; its client begins anew by itself. */
const mustRefetch = 409
/** How long a server is left alone that sends its reader round in circles. */
const circlesRestSeconds = 60

/** The copy is emptied, and filled again by what follows. */
const isRefetch = (message: Message<ShapeTexts>): boolean =>
  isControlMessage(message) && message.headers.control === 'must-refetch'
const isUpToDate = (message: Message<ShapeTexts>): boolean =>
  isControlMessage(message) && message.headers.control === 'up-to-date'

export function startShapeReader<N extends ShapeName>(deps: ShapeReaderDeps<N>): ShapeReader {
  const { name, store, clock, random, take, upToDate, report } = deps
  const backoff = createBackoff(random)
  const circles = createLoopWatch()
  const stopping = new AbortController()
  let waking = new AbortController()
  let connected = false
  let storing: Promise<void> = Promise.resolve()

  async function storeBatch(
    stream: ShapeStream<ShapeTexts>,
    messages: readonly Message<ShapeTexts>[],
  ): Promise<void> {
    // Whoever looks at the copy hears of it first: what is not there is not missing.
    if (messages.some(isRefetch)) await upToDate(false)
    const after = await deps.write(async (tx) => {
      const taken = await storeMessages(tx, deps, messages)
      const { shapeHandle: handle, lastOffset: offset } = stream
      if (handle) await storePlace(tx, name, { handle, offset })
      return take(tx, taken)
    })
    after()
    const done = messages.some(isUpToDate)
    // To be told to start anew is no progress.
    if (done || messages.some(isChangeMessage)) backoff.reset()
    if (done) await upToDate(true)
  }

  /** @throws {@link Problem} server/unintelligible when answers like this one come again and again. */
  async function refuseCircles(request: Request, response: Response, startedAt: number) {
    const { searchParams: asked } = new URL(request.url)
    const now = clock.now()
    const heard = {
      refetch: response.status === mustRefetch,
      from: asked.get('offset'),
      to: response.headers.get('electric-offset'),
      live: asked.get('live') === 'true',
      tookMs: now - startedAt,
    }
    if (!circles.isLoop(heard, now)) return
    await response.body?.cancel()
    throw new Problem('server/unintelligible', {
      detail: 'its answers lead round in circles',
      retryAfterSeconds: circlesRestSeconds,
    })
  }

  /**
   * A lost connection ends the stream: a new one begins with a request that is answered at once, while
   * the old one would wait in a long poll and not know whether it is up to date.
   */
  async function fetchShape(request: Request, lost: (problem: unknown) => void): Promise<Response> {
    const startedAt = clock.now()
    try {
      const response = await deps.fetch(request)
      if (!response.ok && response.status !== mustRefetch) throw await problemFromResponse(response)
      await refuseCircles(request, response, startedAt)
      connected = true
      report(undefined)
      return response
    } catch (error) {
      if (!request.signal.aborted) {
        connected = false
        lost(error)
      }
      throw error
    }
  }

  /** Follows the shape until the stream ends or a batch cannot be stored. */
  async function follow(signal: AbortSignal): Promise<void> {
    const ended = Promise.withResolvers<void>()
    const place = await readPlace(store, name)
    if (signal.aborted) return
    const stop = new AbortController()
    const stream = new ShapeStream<ShapeTexts>({
      url: new URL(`/v1/shape/${name}`, deps.server).href,
      ...place,
      fetchClient: (input, init) => fetchShape(new Request(input, init), ended.reject),
      signal: AbortSignal.any([signal, stop.signal]),
      parser: textParser,
      backoffOptions,
      // What the network could not do is told before; here the client cannot make sense of an answer.
      onError: (cause) => ended.reject(new Problem('server/unintelligible', { cause })),
    })
    signal.addEventListener('abort', () => ended.resolve(), { once: true })
    const storeNext = async (messages: readonly Message<ShapeTexts>[]): Promise<void> => {
      if (stop.signal.aborted || signal.aborted) return
      try {
        await storeBatch(stream, messages)
      } catch (error) {
        // Going on would leave a hole: the stream must start again from the stored offset.
        stop.abort()
        ended.reject(error)
      }
    }
    stream.subscribe((messages) => (storing = storeNext(messages)))
    try {
      await ended.promise
    } finally {
      stop.abort()
      stream.unsubscribeAll()
      await storing
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController()
      try {
        await follow(AbortSignal.any([stopping.signal, waking.signal]))
      } catch (error) {
        if (stopping.signal.aborted) break
        const problem = asProblem(error)
        report(problem)
        await upToDate(false)
        const asked = problem.retryAfterSeconds ?? 0
        const woken = AbortSignal.any([stopping.signal, waking.signal])
        await pause(clock, backoff.next(asked), asked > 0 ? stopping.signal : woken)
      }
    }
  }

  const running = run()
  const endWatch = deps.woken?.subscribe(() => waking.abort())
  return {
    wake() {
      if (!connected) waking.abort()
    },
    again: () => waking.abort(),
    async stop() {
      endWatch?.()
      stopping.abort()
      await running
    },
  }
}
