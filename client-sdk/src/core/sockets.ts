/** The platform's way to open a WebSocket; one that tests and other hosts can replace. */

/** What the SDK uses of a WebSocket; the platform's own fits. */
export interface Socket {
  addEventListener(type: 'open' | 'close' | 'error', heard: () => void): void
  addEventListener(type: 'message', heard: (event: { readonly data: unknown }) => void): void
  send(text: string): void
  close(code?: number): void
}

/** Begins to open a socket; what becomes of it is told by its events. */
export type Sockets = (url: URL, protocols: string[]) => Socket

export const systemSockets: Sockets = (url, protocols) => new WebSocket(url, protocols)
