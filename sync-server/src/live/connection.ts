/**
 * One live connection: `hello` first, then notices out and acknowledgements in. It ends with the
 * token that asked for it, with its session or device, on anything that is no frame, when the client
 * is silent for too long, and when it takes up more memory than one reader may.
 */
import { clientFrame, type ClientFrame, type ServerFrame } from '@selene/shapes'
import * as v from 'valibot'
import type { Claims } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { createAckQueue } from './ack-queue.ts'
import type { Inbox } from './inbox.ts'
import { createNoticePump } from './notice-pump.ts'
import { closeCodes, type CloseCode, type Socket } from './socket.ts'

export interface Connection {
  readonly claims: Claims
  readonly ended: boolean
  /** Takes a message as it came; text is what frames are. */
  received(data: unknown): void
  /** The other end has given a sign of life. */
  heard(): void
  /** There may be news. */
  wake(): void
  /** Ends what is overdue and pings what is quiet. */
  check(): void
  /** Says `bye` and closes; a second time changes nothing. */
  end(ending: Ending): void
  /** Ends without a word, also while it is being closed. */
  cut(): void
  /** The socket has closed. */
  closed(): void
  /** Resolves when the socket has closed and what was acknowledged is stored. */
  readonly gone: Promise<void>
}

interface Farewell {
  readonly code: CloseCode
  /** Seconds after which a new connection is welcome. */
  readonly retryAfter: number
}

const endings = {
  'token-ended': { code: closeCodes.normal, retryAfter: 0 },
  'session-ended': { code: closeCodes.policy, retryAfter: 60 },
  stopping: { code: closeCodes.goingAway, retryAfter: 1 },
  crowded: { code: closeCodes.policy, retryAfter: 30 },
  malformed: { code: closeCodes.policy, retryAfter: 60 },
  fault: { code: closeCodes.fault, retryAfter: 5 },
} as const satisfies Readonly<Record<string, Farewell>>
export type Ending = keyof typeof endings

const helloMs = 10_000
const quietMs = 45_000
const pongMs = 15_000
/** Above it the next notice waits for those before it. */
const highWaterBytes = 65_536

export interface ConnectionLimits {
  /** What may wait in this process for a socket that takes nothing. */
  readonly waitingBytes: number
}

interface ConnectionDeps {
  readonly socket: Socket
  readonly claims: Claims
  readonly inbox: Inbox
  readonly clock: Clock
  readonly log: Log
}

export function createConnection(deps: ConnectionDeps, limits: ConnectionLimits): Connection {
  const { socket, claims, inbox, clock } = deps
  const openedAt = clock.now()
  let heardAt = openedAt
  let pingedAt: number | undefined
  let phase: 'silent' | 'open' | 'ended' = 'silent'
  const account = claims.vault
  const { promise: socketClosed, resolve: closed } = Promise.withResolvers<void>()

  async function say(frame: ServerFrame): Promise<void> {
    if (socket.waitingBytes > limits.waitingBytes) return giveUp()
    const taken = socket.send(JSON.stringify(frame))
    if (socket.waitingBytes > highWaterBytes) await taken
  }
  function failed(error: unknown): void {
    deps.log.error({ error }, 'a live connection met a fault')
    end('fault')
  }
  function giveUp(): void {
    if (phase !== 'ended') deps.log.warn({}, 'a live connection that takes nothing was cut')
    cut()
  }
  const pump = createNoticePump({
    account,
    inbox,
    deliver: say,
    current: () => void say({ type: 'current' }),
    failed,
  })
  const acks = createAckQueue({ account, inbox, failed })

  function stopWith(close: () => void): void {
    if (phase === 'ended') return
    phase = 'ended'
    pump.stop()
    close()
  }
  function cut(): void {
    stopWith(() => {})
    socket.terminate()
  }
  const end = (ending: Ending): void =>
    stopWith(() => {
      const { code, retryAfter } = endings[ending]
      const bye: ServerFrame = { type: 'bye', retry_after: retryAfter }
      void socket.send(JSON.stringify(bye))
      socket.close(code)
    })

  /** Tells whether the frame may come now. */
  function obey(frame: ClientFrame): boolean {
    if (frame.type === 'hello') {
      if (phase !== 'silent') return false
      phase = 'open'
      pump.start(frame.last_id)
      return true
    }
    if (phase !== 'open') return false
    if (frame.type === 'ack') return acks.add(frame.id)
    void say({ type: 'pong' })
    return true
  }

  function heard(): void {
    heardAt = clock.now()
    pingedAt = undefined
  }

  async function allOver(): Promise<void> {
    await socketClosed
    await acks.idle()
    await pump.idle()
  }

  return {
    claims,
    get ended() {
      return phase === 'ended'
    },
    received(data) {
      if (phase === 'ended') return
      heard()
      const frame = frameOf(data)
      if (!frame || !obey(frame)) end('malformed')
    },
    heard,
    wake: () => pump.wake(),
    check() {
      const now = clock.now()
      if (now >= claims.expiresAt) end('token-ended')
      else if (phase === 'silent' && now - openedAt >= helloMs) end('malformed')
      else if (pingedAt !== undefined && now - pingedAt >= pongMs) cut()
      else if (pingedAt === undefined && now - heardAt >= quietMs) {
        pingedAt = now
        socket.ping()
      }
    },
    end,
    cut,
    closed() {
      stopWith(() => {})
      closed()
    },
    gone: allOver(),
  }
}

function frameOf(data: unknown): ClientFrame | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const parsed = v.safeParse(clientFrame, JSON.parse(data))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
