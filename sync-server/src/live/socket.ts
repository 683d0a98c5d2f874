/** One open WebSocket, as far as a connection needs it. */
import type { WebSocket } from 'ws'

/** Codes of RFC 6455 §7.4.1. */
export const closeCodes = { normal: 1000, goingAway: 1001, policy: 1008, fault: 1011 } as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

export interface Socket {
  /** Resolves when the text has left this process, or never will. */
  send(text: string): Promise<void>
  ping(): void
  /** Says that this end is done; what was sent before still goes out. */
  close(code: CloseCode): void
  /** Ends it at once, and what waits to be sent with it. */
  terminate(): void
  /** What has not left this process yet, in bytes. */
  readonly waitingBytes: number
}

/** Wraps a socket of `ws`; one that has closed takes everything and does nothing. */
export const socketOf = (ws: WebSocket): Socket => ({
  send: (text) =>
    new Promise((resolve) => {
      ws.send(text, () => resolve())
    }),
  ping() {
    if (ws.readyState === ws.OPEN) ws.ping()
  },
  close: (code) => ws.close(code),
  terminate: () => ws.terminate(),
  get waitingBytes() {
    return ws.bufferedAmount
  },
})
