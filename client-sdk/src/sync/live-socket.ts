/**
 * The live connection: one WebSocket at a time, a fresh ticket for each attempt, every notice stored before
 * it is acknowledged and in the order it came. It goes on until it is stopped, and never throws: what is
 * wrong is reported, waited out and tried again.
 */
import {
  liveProtocols,
  Problem,
  serverFrame,
  ticketAnswer,
  type ClientFrame,
  type Notice,
  type ServerFrame,
} from '@selene/shapes'
import * as v from 'valibot'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { asProblem } from '../core/problem.ts'
import { fraction, type Random } from '../core/random.ts'
import type { Sockets } from '../core/sockets.ts'
import { createAuthorizedCall } from './authorized.ts'
import type { Session } from './session.ts'

export interface LiveSocket {
  /** The network may be back: tries now, or asks an open connection whether it is alive. */
  wake(): void
  /** Resolves when the connection is ended and no notice is being taken any more. */
  stop(): Promise<void>
}

interface Deps {
  readonly http: Http
  readonly session: Session
  readonly sockets: Sockets
  readonly clock: Clock
  readonly random: Random
  /** The greatest notice that is stored here, 0 for none. */
  readonly lastId: () => Promise<number>
  /** Resolved = stored durably. Notices that were taken before may come again. */
  readonly take: (notice: Notice) => Promise<void>
  /** Undefined once everything that waited has been sent; a problem while there is no connection. */
  readonly report: (problem: Problem | undefined) => void
}

interface Ending {
  readonly problem: Problem
  /** How long the server asks to stay away. */
  readonly retryAfterSeconds?: number
}

interface Conversation {
  readonly ended: Promise<Ending>
  /** Asks whether the other end is still there. */
  probe(): void
  end(): void
}

const openWithinMs = 15_000
const pingEveryMs = 20_000
const pongWithinMs = 10_000
const shortestRestMs = 500
const longestAskedSeconds = 3_600
/** After what is no passing problem; a sign-in or the network's return ends it earlier. */
const longRestMs = 300_000

const silent = (): Ending => ({ problem: new Problem('server/unreachable') })

function liveUrl(server: URL): URL {
  const url = new URL('/v1/live', server)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url
}

function parseFrame(data: unknown): ServerFrame | undefined {
  try {
    const parsed = v.safeParse(serverFrame, typeof data === 'string' ? JSON.parse(data) : undefined)
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

/** Speaks the protocol on one socket until it ends, however it ends. */
function converse(
  { sockets, http, clock, take }: Pick<Deps, 'sockets' | 'http' | 'clock' | 'take'>,
  hello: { ticket: string; lastId: number },
  current: () => void,
): Conversation {
  const ended = Promise.withResolvers<Ending>()
  const socket = sockets(liveUrl(http.server), liveProtocols(hello.ticket))
  let over = false
  let opened = false
  let taking: Promise<void> = Promise.resolve()
  let cancelTimer = clock.after(openWithinMs, () => end(silent()))

  function end(ending: Ending): void {
    if (over) return
    over = true
    cancelTimer()
    socket.close()
    void taking.then(() => ended.resolve(ending))
  }

  function send(frame: ClientFrame): void {
    try {
      socket.send(JSON.stringify(frame))
    } catch (cause) {
      end({ problem: new Problem('server/unreachable', { cause }) })
    }
  }

  function wait(ms: number, due: () => void): void {
    cancelTimer()
    if (!over) cancelTimer = clock.after(ms, due)
  }

  function probe(): void {
    if (!opened || over) return
    wait(pongWithinMs, () => end(silent()))
    send({ type: 'ping' })
  }

  async function takeNext(notice: Notice): Promise<void> {
    if (over) return
    try {
      await take(notice)
      if (!over) send({ type: 'ack', id: notice.id })
    } catch (error) {
      end({ problem: asProblem(error) })
    }
  }

  function hear(data: unknown): void {
    if (over) return
    const frame = parseFrame(data)
    if (!frame) return end({ problem: new Problem('server/unintelligible') })
    // Whatever is heard shows that the other end is there.
    wait(pingEveryMs, probe)
    if (frame.type === 'notice') taking = taking.then(() => takeNext(frame))
    else if (frame.type === 'current') current()
    else if (frame.type === 'bye')
      end({ problem: new Problem('server/unavailable'), retryAfterSeconds: frame.retry_after })
  }

  socket.addEventListener('open', () => {
    opened = true
    wait(pingEveryMs, probe)
    send({ type: 'hello', last_id: hello.lastId })
  })
  socket.addEventListener('message', (event) => hear(event.data))
  socket.addEventListener('close', () => end(silent()))
  socket.addEventListener('error', () => end(silent()))
  return { ended: ended.promise, probe, end: () => end(silent()) }
}

export function startLiveSocket(deps: Deps): LiveSocket {
  const { http, session, clock, random, report } = deps
  const call = createAuthorizedCall({ http, session })
  const backoff = createBackoff(random)
  const stopping = new AbortController()
  const stopped = Promise.withResolvers<never>()
  stopped.promise.catch(() => {}) // Most connections are stopped while nobody waits for this.
  let waking = new AbortController()
  let conversation: Conversation | undefined

  async function askTicket(): Promise<{ ticket: string; lastId: number }> {
    const { ticket } = await call({
      method: 'POST',
      path: '/v1/tickets',
      body: { for: 'live' },
      answer: ticketAnswer,
      signal: stopping.signal,
    })
    return { ticket, lastId: await deps.lastId() }
  }

  async function attempt(): Promise<Ending> {
    try {
      const hello = await Promise.race([askTicket(), stopped.promise])
      if (stopping.signal.aborted) return silent()
      conversation = converse(deps, hello, () => {
        backoff.reset()
        report(undefined)
      })
      return await conversation.ended
    } catch (error) {
      return { problem: asProblem(error) }
    } finally {
      conversation = undefined
    }
  }

  /** Milliseconds to stay away, and whether waking ends that. */
  function restAfter({ problem, retryAfterSeconds }: Ending): { ms: number; wakeable: boolean } {
    const passing = problem.remedy === 'retry' || problem.code === 'auth/expired'
    if (!passing) return { ms: longRestMs * (0.9 + fraction(random) / 5), wakeable: true }
    const asked = Math.min(retryAfterSeconds ?? problem.retryAfterSeconds ?? 0, longestAskedSeconds)
    const jittered = Math.max(shortestRestMs, backoff.next())
    return { ms: asked * 1000 + jittered, wakeable: asked <= 0 }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController()
      const ending = await attempt()
      if (stopping.signal.aborted) break
      report(ending.problem)
      const { ms, wakeable } = restAfter(ending)
      const until = wakeable ? AbortSignal.any([stopping.signal, waking.signal]) : stopping.signal
      await pause(clock, ms, until)
    }
  }

  const running = run()
  return {
    wake() {
      if (conversation) conversation.probe()
      else waking.abort()
    },
    async stop() {
      stopping.abort()
      stopped.reject(new Problem('store/closed'))
      conversation?.end()
      await running
    },
  }
}
