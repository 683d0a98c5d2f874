/**
 * A server that lies to one device: it stands between that device and the real server, and changes what
 * comes back. Rows are rewritten as Electric's protocol carries them, a JSON list of messages.
 */
import type { Network } from '@selene/client-sdk'

/** A message of a shape: a change of a row, or news about the stream. */
export interface ShapeMessage {
  readonly key?: string
  readonly value?: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, unknown>>
}

/** What comes back of a request in place of what the real server says. */
export type Lie = (request: Request, answer: Response) => Promise<Response>

export interface LyingServer {
  readonly network: Network
  /** From now on, until {@link LyingServer.tellTruth}. */
  tell(lie: Lie): void
  tellTruth(): void
}

export function createLyingServer(serve: Network): LyingServer {
  let lie: Lie | undefined
  return {
    async network(request) {
      const answer = await serve(request)
      // Also of what was asked before the lie began.
      return lie ? lie(request, answer) : answer
    },
    tell(next) {
      lie = next
    },
    tellTruth() {
      lie = undefined
    },
  }
}

type Shape = 'doc_updates' | 'vault_log'

/** Rewrites the answers about one shape. */
export const rewriting =
  (shape: Shape, change: (messages: readonly ShapeMessage[]) => readonly ShapeMessage[]): Lie =>
  async (request, response) => {
    const asked = new URL(request.url).pathname === `/v1/shape/${shape}`
    if (!asked || response.status !== 200) return response
    const messages = JSON.parse(await response.text()) as ShapeMessage[]
    const { status, headers } = response
    return new Response(JSON.stringify(change(messages)), { status, headers })
  }

/** Rewrites single rows; `undefined` withholds one. */
export const rewritingRows = (
  shape: Shape,
  change: (row: Readonly<Record<string, string>>) => Readonly<Record<string, string>> | undefined,
): Lie =>
  rewriting(shape, (messages) =>
    messages.flatMap((message) => {
      if (!message.value) return [message]
      const value = change(message.value)
      return value ? [{ ...message, value }] : []
    }),
  )

export const isRow = ({ value }: ShapeMessage): boolean => value !== undefined

/** A row that the real server does not have. */
export const madeUp = (value: Readonly<Record<string, string>>): ShapeMessage => ({
  key: `"made"."up"/"${Object.values(value).slice(0, -1).join('"/"')}"`,
  value,
  headers: { operation: 'insert' },
})

/** Bytes as Postgres prints them. */
export const toHex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`
