/** A listening port over a fetch function. */
import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { Fetch } from './drain.ts'

export interface Listener {
  /** The port it listens on; another than asked for when 0 was. */
  readonly port: number
  /** Takes no new connection and ends those there are. */
  close(): Promise<void>
}

/** @throws Error that says so when the port is in use. */
export async function listen(options: { fetch: Fetch; port: number }): Promise<Listener> {
  const server = createAdaptorServer({ fetch: options.fetch }) as Server
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
        server.closeAllConnections()
      }),
  }
}
