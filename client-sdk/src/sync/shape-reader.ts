/**
 * Reads one shape with Electric's client and stores it: rows and the stream's offset in one local
 * transaction, so a restart goes on exactly where the last commit ended. `must-refetch` empties the
 * copy of the shape's rows and nothing else; it is never an instruction to forget (W23).
 */
import {
  isChangeMessage,
  isControlMessage,
  ShapeStream,
  type Message,
  type Offset,
} from '@electric-sql/client'
import {
  columnNames,
  Problem,
  problemFromBody,
  rowFromShape,
  shapes,
  type RowOf,
  type ShapeName,
  type Table,
} from '@selene/shapes'
import { createBackoff } from '../core/backoff.ts'
import { pause, type Clock } from '../core/clock.ts'
import { problemFromResponse } from '../core/http.ts'
import type { Random } from '../core/random.ts'
import type { Reader, SqlValue, StoreTx } from '../store/store.ts'

export type ShapeRow<N extends ShapeName> = RowOf<(typeof shapes)[N]['table']>

export interface ShapeReader {
  /** The network may be back: try now. */
  wake(): void
  stop(): Promise<void>
}

export interface ShapeReaderDeps<N extends ShapeName> {
  readonly name: N
  /** Whether a row that vanishes is taken out of the copy; what was made of it stays in any case (W23). */
  readonly dropsVanished?: boolean
  readonly server: URL
  readonly fetch: (request: Request) => Promise<Response>
  readonly store: Reader
  /** Runs a transaction; when it fails, all is as before, in memory too. */
  readonly write: <T>(work: (tx: StoreTx) => Promise<T>) => Promise<T>
  readonly clock: Clock
  readonly random: Random
  /** Takes new rows further, in the transaction that stores them; what it returns runs after commit. */
  readonly take: (tx: StoreTx, rows: readonly ShapeRow<N>[]) => Promise<() => void>
  readonly upToDate: (value: boolean) => Promise<void>
  readonly report: (problem: Problem | undefined) => void
}

const asText = (text: string): string => text
/** Values stay as Postgres prints them; the table's columns parse them. */
export const textParser = { int2: asText, int4: asText, int8: asText, bool: asText }
/** Electric's client reports every failure at once; when to try again is decided here, by our clock. */
export const backoffOptions = {
  initialDelay: 250,
  maxDelay: 10_000,
  multiplier: 1.6,
  maxRetries: 0,
}
/** Electric's answer to an offset of a shape that is no more; its client begins anew by itself. */
const mustRefetch = 409

type Texts = Record<string, string>

async function storeRow(tx: StoreTx, table: Table, values: Readonly<Record<string, unknown>>) {
  const columns = columnNames(table)
  const places = columns.map((_, i) => `$${i + 1}`)
  const set = columns.map((column) => `${column} = excluded.${column}`)
  await tx.query(
    `INSERT INTO shape_rows_${table.name} (${columns.join(', ')}) VALUES (${places.join(', ')})
     ON CONFLICT (${table.key.join(', ')}) DO UPDATE SET ${set.join(', ')}`,
    columns.map((column) => values[column] as SqlValue),
  )
}

async function dropRow(tx: StoreTx, table: Table, values: Texts): Promise<void> {
  const places = table.key.map((column, i) => `${column} = $${i + 1}`)
  await tx.query(
    `DELETE FROM shape_rows_${table.name} WHERE ${places.join(' AND ')}`,
    table.key.map((column) => values[column] ?? null),
  )
}

export function startShapeReader<N extends ShapeName>(deps: ShapeReaderDeps<N>): ShapeReader {
  const { name, store, clock, random, take, upToDate, report } = deps
  const table: Table = shapes[name].table
  const backoff = createBackoff(random)
  const stopping = new AbortController()
  let waking = new AbortController()
  let connected = false
  let storing: Promise<void> = Promise.resolve()

  async function storeBatch(
    stream: ShapeStream<Texts>,
    messages: readonly Message<Texts>[],
  ): Promise<void> {
    const after = await deps.write(async (tx) => {
      const taken: ShapeRow<N>[] = []
      for (const message of messages)
        if (isChangeMessage(message)) {
          if (message.headers.operation === 'delete') {
            // A row that vanishes is never an instruction to forget (W23).
            if (deps.dropsVanished) await dropRow(tx, table, message.value)
            continue
          }
          const row = rowFromShape(table, message.value)
          await storeRow(tx, table, row)
          taken.push(row as ShapeRow<N>)
        } else if (isControlMessage(message) && message.headers.control === 'must-refetch') {
          await tx.script(`DELETE FROM shape_rows_${name}`)
          taken.length = 0
        }
      const handle = stream.shapeHandle
      if (handle)
        await tx.query(
          `INSERT INTO shape_state VALUES ($1, $2, $3)
           ON CONFLICT (name) DO UPDATE SET handle = excluded.handle, "offset" = excluded."offset"`,
          [name, handle, stream.lastOffset],
        )
      return take(tx, taken)
    })
    after()
    backoff.reset()
    if (messages.some((m) => isControlMessage(m) && m.headers.control === 'up-to-date'))
      await upToDate(true)
  }

  /**
   * A lost connection ends the stream: a new one begins with a request that is answered at once, while
   * the old one would wait in a long poll and not know whether it is up to date.
   */
  async function fetchShape(request: Request, lost: (problem: unknown) => void): Promise<Response> {
    try {
      const response = await deps.fetch(request)
      if (!response.ok && response.status !== mustRefetch) throw await problemFromResponse(response)
      connected = true
      report(undefined)
      return response
    } catch (error) {
      if (!request.signal.aborted) {
        connected = false
        lost(error)
      }
      throw error
    }
  }

  /** Follows the shape until the stream ends or a batch cannot be stored. */
  async function follow(signal: AbortSignal): Promise<void> {
    const ended = Promise.withResolvers<void>()
    const [state] = await store.query<{ handle: string; offset: Offset }>(
      'SELECT handle, "offset" FROM shape_state WHERE name = $1',
      [name],
    )
    if (signal.aborted) return
    const stop = new AbortController()
    const stream = new ShapeStream<Texts>({
      url: new URL(`/v1/shape/${name}`, deps.server).href,
      ...(state && { handle: state.handle, offset: state.offset }),
      fetchClient: (input, init) => fetchShape(new Request(input, init), ended.reject),
      signal: AbortSignal.any([signal, stop.signal]),
      parser: textParser,
      backoffOptions,
      onError: (error) => ended.reject(error),
    })
    signal.addEventListener('abort', () => ended.resolve(), { once: true })
    const storeNext = async (messages: readonly Message<Texts>[]): Promise<void> => {
      if (stop.signal.aborted || signal.aborted) return
      try {
        await storeBatch(stream, messages)
      } catch (error) {
        // Going on would leave a hole: the stream must start again from the stored offset.
        stop.abort()
        ended.reject(error)
      }
    }
    stream.subscribe((messages) => (storing = storeNext(messages)))
    try {
      await ended.promise
    } finally {
      stop.abort()
      stream.unsubscribeAll()
      await storing
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController()
      try {
        await follow(AbortSignal.any([stopping.signal, waking.signal]))
      } catch (error) {
        if (stopping.signal.aborted) break
        const problem = shapeProblem(error)
        report(problem)
        await upToDate(false)
        const asked = problem.retryAfterSeconds ?? 0
        const woken = AbortSignal.any([stopping.signal, waking.signal])
        await pause(clock, backoff.next(asked), asked > 0 ? stopping.signal : woken)
      }
    }
  }

  const running = run()
  return {
    wake() {
      if (!connected) waking.abort()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** What Electric's client gave up on, as a problem. */
function shapeProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const body = typeof error === 'object' && error !== null && 'json' in error && error.json
  return body ? problemFromBody(body) : new Problem('server/unexpected', { cause: error })
}
