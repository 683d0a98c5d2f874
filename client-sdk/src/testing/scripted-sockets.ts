/** Sockets whose other end a test plays. */
import type { ClientFrame } from '@selene/shapes'
import type { Sockets } from '../core/sockets.ts'

export interface ScriptedSocket {
  readonly url: URL
  readonly protocols: readonly string[]
  /** What the client has sent, in order. */
  readonly sent: readonly ClientFrame[]
  /** Whether the client has closed it. */
  isClosed(): boolean
  open(): void
  /** Says a frame, or a text as it is. */
  say(frame: object | string): void
  /** Ends the connection from the other side. */
  drop(): void
}

export interface ScriptedSockets {
  readonly sockets: Sockets
  /** Every socket that was asked for, in order. */
  readonly all: readonly ScriptedSocket[]
}

export function scriptedSockets(): ScriptedSockets {
  const all: ScriptedSocket[] = []
  return {
    all,
    sockets(url, protocols) {
      const events = new EventTarget()
      const sent: ClientFrame[] = []
      let closed = false
      all.push({
        url,
        protocols,
        sent,
        isClosed: () => closed,
        open: () => events.dispatchEvent(new Event('open')),
        drop: () => events.dispatchEvent(new Event('close')),
        say(frame) {
          const data = typeof frame === 'string' ? frame : JSON.stringify(frame)
          events.dispatchEvent(new MessageEvent('message', { data }))
        },
      })
      return {
        addEventListener: (type: string, heard: (event: never) => void) =>
          events.addEventListener(type, heard as (event: Event) => void),
        send: (text) => void sent.push(JSON.parse(text) as ClientFrame),
        close: () => void (closed = true),
      }
    },
  }
}
