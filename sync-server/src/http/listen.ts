/** A listening port over a fetch function, for requests and WebSockets. */
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server'
import { liveProtocol } from '@selene/shapes'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Fetch } from './drain.ts'

export interface Listener {
  /** The port it listens on; another than asked for when 0 was. */
  readonly port: number
  /** Takes no new connection and ends those there are. */
  close(): Promise<void>
}

/** Longer than any frame of a client. */
const longestMessage = 4096

/** Longer than clients and proxies keep an idle connection, so that none sends into one that just ended. */
const idleConnectionMs = 75_000

/** @throws Error that says so when the port is in use. */
export async function listen(options: { fetch: Fetch; port: number }): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: options.fetch,
    // An offer of any other protocol is answered as the plain request that it also is.
    serverOptions: { shouldUpgradeCallback: wantsWebSocket },
    websocket: { server: createWebSocketServer() },
  }) as Server
  server.keepAliveTimeout = idleConnectionMs
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new Error(`Port ${options.port} is in use. Set PORT to another one.`, { cause })
          : cause,
      ),
    )
    server.listen(options.port, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // The server itself no longer knows of those that became WebSockets.
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const wantsWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket'

/** Uncompressed: compression would cost every socket a quarter of a megabyte. */
const createWebSocketServer = (): WebSocketServerLike =>
  new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestMessage,
    // Never the other protocol that is offered: it is the ticket.
    handleProtocols: (offered) => (offered.has(liveProtocol) ? liveProtocol : false),
  }) as unknown as WebSocketServerLike
