/** A TCP proxy between a device and the server: cutting it is what a lost network looks like. */
import { createServer, connect, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface TcpProxy {
  readonly url: URL
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>
  /** Listens again on the same port. */
  restore(): Promise<void>
  close(): Promise<void>
}

const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

/** @param target Where the proxy leads: an `http:` URL, since a certificate would not name the proxy. */
export async function openTcpProxy(target: URL): Promise<TcpProxy> {
  if (target.protocol !== 'http:') throw new TypeError('the proxy leads to http servers only')
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port || 80), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  await listenOn(server, 0)
  const { port } = server.address() as AddressInfo

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  return {
    url: new URL(`http://127.0.0.1:${port}`),
    cut,
    restore: () => listenOn(server, port),
    close: cut,
  }
}
