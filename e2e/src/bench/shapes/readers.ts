/**
 * Readers who speak the protocol and do as little else as they can, so that many of them cost the load's process less
 * than they cost the server: the official client takes longer for an answer than the engine.
 */
import { once } from 'node:events'
import { Agent, get } from 'node:http'

export interface Reader {
  /** Resolves when it is up to date for the first time. */
  readonly ready: Promise<void>
  /** Resolves when a row with this title has come. */
  told(title: string): Promise<void>
  stop(): void
}

interface Answer {
  readonly handle: string
  readonly offset: string
  readonly cursor: string
  readonly isUpToDate: boolean
  readonly body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

function ask(url: URL, signal: AbortSignal): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const request = get(url, { agent, signal }, (response) => {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', (part: string) => (body += part))
    response.once('error', reject)
    response.once('end', () => {
      if (response.statusCode !== 200) return reject(new Error(`${response.statusCode}: ${body}`))
      const header = (name: string): string => String(response.headers[name] ?? '')
      resolve({
        handle: header('electric-handle'),
        offset: header('electric-offset'),
        cursor: header('electric-cursor'),
        isUpToDate: 'electric-up-to-date' in response.headers,
        body,
      })
    })
  })
  request.once('error', reject)
  return promise
}

/** Sends a request whose answer begins and never ends; returns what gives it up. */
export async function holdRequest(url: string): Promise<() => void> {
  const request = get(url, { agent })
  request.on('error', () => {})
  await once(request, 'response')
  return () => void request.destroy()
}

const titlesIn = (body: string): string[] =>
  (JSON.parse(body) as { value?: { title?: string } }[]).flatMap(({ value }) => value?.title ?? [])

/** Follows the rows of one owner. */
export function startReader(server: string, owner: string): Reader {
  const stopping = new AbortController()
  const ready = Promise.withResolvers<void>()
  const waiting = new Map<string, () => void>()
  const url = new URL(`${server}/v1/shape`)
  const set = (parameters: Record<string, string>): void => {
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  }

  async function follow(): Promise<void> {
    set({ table: 'note', where: 'owner = $1', 'params[1]': owner, offset: '-1' })
    for (let isLive = false; ;) {
      const { handle, offset, cursor, isUpToDate, body } = await ask(url, stopping.signal)
      set({ handle, offset })
      if (isLive) for (const title of titlesIn(body)) waiting.get(title)?.()
      if (isUpToDate) ready.resolve()
      isLive ||= isUpToDate
      if (isLive) set({ live: 'true', cursor })
    }
  }
  follow().catch((error: unknown) => {
    if (!stopping.signal.aborted) ready.reject(error)
  })
  return {
    ready: ready.promise,
    told: (title) => new Promise((resolve) => waiting.set(title, resolve)),
    stop: () => stopping.abort(),
  }
}
