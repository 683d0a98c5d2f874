/** The official client following a shape in-process, for suites: what it was told, and what it holds. */
import {
  isChangeMessage,
  isControlMessage,
  ShapeStream,
  type ChangeMessage,
  type Message,
  type Offset,
  type Row,
  type ShapeStreamOptions,
} from '@electric-sql/client'

export type Fetch = (request: Request) => Promise<Response>

export interface Following {
  /** Rows by key, as the messages built them. */
  readonly rows: ReadonlyMap<string, Row>
  /** Every change that came, in order. */
  readonly changes: readonly ChangeMessage<Row>[]
  /** How often the client was told to start anew. */
  readonly refetches: () => number
  /** Resolves when the client is up to date and `isRight` holds; rejects when it gives up. */
  until(isRight: () => boolean): Promise<void>
  /** Where a later client can go on. */
  place(): { offset: Offset; handle: string }
  stop(): void
}

/** Applies a change as a reader would who trusts the stream: what does not fit is an error. */
function apply(rows: Map<string, Row>, { key, value, headers }: ChangeMessage<Row>): void {
  const has = rows.has(key)
  if (headers.operation === 'insert') {
    if (has) throw new Error(`${key} was inserted twice`)
    rows.set(key, value)
    return
  }
  if (!has) throw new Error(`${headers.operation} of ${key}, which is not there`)
  if (headers.operation === 'delete') rows.delete(key)
  else rows.set(key, { ...rows.get(key), ...value })
}

/** What the messages say, so far. */
interface Told {
  readonly rows: Map<string, Row>
  readonly changes: ChangeMessage<Row>[]
  refetches: number
  isUpToDate: boolean
}

function take(told: Told, message: Message): void {
  if (isChangeMessage(message)) {
    told.isUpToDate = false
    told.changes.push(message)
    apply(told.rows, message)
    return
  }
  if (!isControlMessage(message)) return
  if (message.headers.control === 'up-to-date') told.isUpToDate = true
  if (message.headers.control !== 'must-refetch') return
  told.refetches += 1
  told.isUpToDate = false
  told.rows.clear()
}

export interface FollowOptions extends Partial<ShapeStreamOptions> {
  /** What a client before this one held at the place where it goes on. */
  readonly rows?: ReadonlyMap<string, Row>
  /** Called after each batch that ends up to date; throws when the rows are not right then. */
  readonly onUpToDate?: (rows: ReadonlyMap<string, Row>) => void
}

/** Starts a client. */
export function follow(fetch: Fetch, options: FollowOptions): Following {
  const { rows, onUpToDate, ...streamOptions } = options
  const told: Told = { rows: new Map(rows), changes: [], refetches: 0, isUpToDate: false }
  const stopping = new AbortController()
  const waiting = new Set<{ check: () => void; fail: (error: unknown) => void }>()
  let failure: unknown

  function fail(error: unknown): void {
    failure ??= error
    for (const waiter of waiting) waiter.fail(error)
  }

  const stream = new ShapeStream({
    url: 'http://selene.test/v1/shape/vault_log',
    ...streamOptions,
    signal: stopping.signal,
    fetchClient: (input, init) => fetch(new Request(input, init)),
    onError: fail,
  })
  stream.subscribe((messages) => {
    try {
      for (const message of messages) {
        take(told, message)
        if (told.isUpToDate) onUpToDate?.(told.rows)
      }
    } catch (error) {
      fail(error)
    }
    for (const { check } of waiting) check()
  }, fail)

  return {
    rows: told.rows,
    changes: told.changes,
    refetches: () => told.refetches,
    async until(isRight) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const check = (): void => {
        if (told.isUpToDate && isRight()) resolve()
      }
      const waiter = { check, fail: reject }
      waiting.add(waiter)
      if (failure !== undefined) reject(failure)
      check()
      await promise.finally(() => waiting.delete(waiter))
    },
    place: () => ({ offset: stream.lastOffset, handle: stream.shapeHandle! }),
    stop: () => stopping.abort(),
  }
}
