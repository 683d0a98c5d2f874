/**
 * The live connection (W69): `POST /v1/tickets` gives a ticket, `GET /v1/live` takes it and becomes a
 * WebSocket on which notices arrive within milliseconds of their commit, whichever process made it.
 * Nothing here holds a notice: what is not delivered stays in the inbox.
 */
import { setTimeout as pause } from 'node:timers/promises'
import {
  limits,
  liveProtocol,
  Problem,
  ticketOf,
  ticketRequest,
  type VaultId,
} from '@selene/shapes'
import { upgradeWebSocket } from '@hono/node-server'
import { Hono } from 'hono'
import type { WSEvents } from 'hono/ws'
import type { WebSocket } from 'ws'
import type { Authenticate, Claims } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Random } from '../core/random.ts'
import { readJson } from '../core/request-body.ts'
import { createSemaphore } from '../core/semaphore.ts'
import type { Db } from '../db/db.ts'
import { createAnnouncements } from './announcement.ts'
import { createConnection, type Connection } from './connection.ts'
import { createHub } from './hub.ts'
import type { Inbox } from './inbox.ts'
import { socketOf } from './socket.ts'
import { standingSessions } from './standing.ts'
import { createTickets, ticketSeconds } from './ticket.ts'

export interface LiveDeps {
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly authenticate: Authenticate
  readonly inbox: Inbox
}

export interface LiveOptions {
  /** In one process; 20 unless told. */
  readonly connectionsPerAccount?: number
  /** What may wait for one socket before it is cut, 1 MiB unless told. */
  readonly waitingBytes?: number
}

export interface Live {
  readonly routes: Hono
  /** Sends the accounts what is new for them, on every process; called after the commit. */
  told(accounts: readonly VaultId[]): void
  /** Ends what has no right to stay, removes old tickets, and delivers what nobody announced. */
  sweep(): Promise<void>
  /** Says `bye` to all and resolves when they have left, at the latest after two seconds. */
  close(): Promise<void>
}

const farewellMs = 2000
/** Sockets that all come at once, after a restart say, leave the database's other connections to alerts. */
const readersAtOnce = 4

/** The inbox, a few calls at a time; the others wait their turn. */
function inTurn(inbox: Inbox): Inbox {
  const turns = createSemaphore({ running: readersAtOnce, waiting: Number.POSITIVE_INFINITY })
  return {
    since: (account, from) => turns.run(() => inbox.since(account, from)),
    ack: (account, id) => turns.run(() => inbox.ack(account, id)),
    recentlyUnacked: () => inbox.recentlyUnacked(),
  }
}

export async function createLive(deps: LiveDeps, options: LiveOptions = {}): Promise<Live> {
  const { db, log } = deps
  const inbox = inTurn(deps.inbox)
  const tickets = createTickets(deps)
  const hub = createHub(options.connectionsPerAccount ?? 20)
  const bounds = { waitingBytes: options.waitingBytes ?? 1_048_576 }
  const announcing = new Set<Promise<void>>()
  let closing = false
  const announcements = await createAnnouncements(deps, {
    accounts: (accounts) => hub.wake(accounts),
    gap() {
      for (const connection of hub.all()) connection.wake()
    },
  })

  async function announce(accounts: readonly VaultId[]): Promise<void> {
    try {
      await announcements.tell(accounts)
    } catch (error) {
      log.warn({ error }, 'other processes were not told of a notice')
    }
  }
  function told(accounts: readonly VaultId[]): void {
    hub.wake(accounts)
    const announced = announce(accounts).finally(() => announcing.delete(announced))
    announcing.add(announced)
  }

  /** What the socket of one holder of a ticket does. */
  function eventsFor(claims: Claims): WSEvents {
    let connection: Connection | undefined
    return {
      onOpen(_, { raw }) {
        // The adapter's own type names fewer members than the socket of `ws` that it is.
        const ws = raw as WebSocket
        const opened = createConnection({ ...deps, inbox, claims, socket: socketOf(ws) }, bounds)
        connection = opened
        ws.on('pong', () => opened.heard())
        hub.add(opened)
        if (closing) opened.end('stopping')
      },
      onMessage: (event) => connection?.received(event.data),
      onClose() {
        if (!connection) return
        connection.closed()
        hub.remove(connection)
      },
    }
  }

  async function endSessions(): Promise<void> {
    const open = hub.all().filter((connection) => !connection.ended)
    const sessions = open.map((connection) => connection.claims.session)
    const standing = await standingSessions(db, [...new Set(sessions)])
    for (const connection of open)
      if (!standing.has(connection.claims.session)) connection.end('session-ended')
  }

  const routes = new Hono()
  routes.post('/v1/tickets', async (c) => {
    const claims = await deps.authenticate(c.req.raw)
    await readJson(c.req.raw, ticketRequest, limits.requestBytes)
    return c.json({ ticket: await tickets.mint(claims), seconds: ticketSeconds }, 201)
  })
  routes.get('/v1/live', async (c) => {
    const offered = (c.req.header('sec-websocket-protocol') ?? '').split(',').map((p) => p.trim())
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket' || !offered.includes(liveProtocol))
      throw new Problem('request/invalid', {
        faults: [`a WebSocket of ${liveProtocol} opens here`],
      })
    const claims = await tickets.redeem(ticketOf(offered) ?? '')
    if (!claims) throw new Problem('auth/refused')
    return upgradeWebSocket(c, eventsFor(claims))
  })

  return {
    routes,
    told,
    async sweep() {
      for (const connection of hub.all()) connection.check()
      await tickets.sweep()
      await endSessions()
      told(await inbox.recentlyUnacked())
    },
    async close() {
      closing = true
      const leaving = hub.all()
      for (const connection of leaving) connection.end('stopping')
      const gone = Promise.all(leaving.map((connection) => connection.gone))
      await Promise.race([gone, pause(farewellMs, undefined, { ref: false })])
      for (const connection of leaving) connection.cut()
      await Promise.all(announcing)
      await announcements.close()
    },
  }
}
