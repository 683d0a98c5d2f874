/**
 * The built-in shape engine: answers `/v1/shape` as Electric does, from triggers and a log in the
 * database itself. ENGINE.md says why nothing committed is missed, repeated or reordered.
 */
import { randomUUID } from 'node:crypto'
import type { ShapeRequest } from '@selene/shapes'
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import type { Upstream } from '../upstream.ts'
import { invalidAnswer } from './answer.ts'
import { coalesce } from './coalesce.ts'
import { createDefinitions } from './definition.ts'
import { parseQuery } from './query.ts'
import { findRelation, type Relation } from './relation.ts'
import { forgetChanges, forgetForeignLog, type Retention } from './retention.ts'
import { createStream } from './stream.ts'
import { createTail } from './tail.ts'

export interface EngineDeps {
  readonly db: Db
  readonly clock: Clock
  /** From 0 up to 1; `Math.random` unless told. */
  readonly random?: () => number
  /** Told what went wrong where no caller can be. */
  readonly report?: (problem: unknown) => void
}

export interface EngineOptions {
  /** How long a live request is held, 20 s unless told. */
  readonly longPollMs?: number
  /** About how many bytes of rows one answer holds, 10 MB unless told. */
  readonly chunkBytes?: number
  /** What is kept of the log: a week and a million changes unless told. */
  readonly retention?: Retention
}

const channel = 'selene_shape'
const forgetEveryMs = 3_600_000
const week = 7 * 24 * 3_600_000

/** What of the request does not fit the table. */
function tableFaults(request: ShapeRequest, relation: Relation | undefined): string[] {
  if (!relation) return [`Table ${request.table} does not exist`]
  if (relation.key.length === 0) return [`Table ${request.table} has no primary key`]
  const missing = request.columns.filter(
    (column) => !relation.columns.some(({ name }) => name === column),
  )
  const lost = relation.key.filter((column) => !request.columns.includes(column))
  return [
    ...(missing.length > 0
      ? [`The following columns are not found on the table: ${missing.join(', ')}`]
      : []),
    ...(lost.length > 0
      ? [`The list of columns must include all primary key columns, missing: ${lost.join(', ')}`]
      : []),
  ]
}

export function createShapeEngine(deps: EngineDeps, options: EngineOptions = {}): Upstream {
  const { db, clock, random = Math.random, report = () => {} } = deps
  const { longPollMs = 20_000, chunkBytes = 10_000_000 } = options
  const retention = options.retention ?? { maxAgeMs: week, maxChanges: 1_000_000 }
  const self = randomUUID()
  const closing = new AbortController()
  const answering = new Set<Promise<Response>>()
  const tail = createTail(db, report)
  const settledNow = async (): Promise<bigint> => (await tail.advance()).settled
  const definitions = createDefinitions({ db, settled: settledNow }, chunkBytes)
  const settings = { longPollMs, chunkBytes, random }
  const stream = createStream({ db, clock, tail, definitions }, settings)
  let stopListening: (() => Promise<void>) | undefined
  let lastForgotten = clock.now()

  const move = (): void => void tail.advance().catch(report)
  const tellOthers = coalesce(() => db.query('SELECT pg_notify($1, $2)', [channel, self]))

  const start = async (): Promise<void> => {
    await forgetForeignLog(db)
    if (closing.signal.aborted) return
    stopListening ??= await db.listen(channel, (sender) => {
      if (sender !== self) move()
    })
  }
  let started: Promise<void> | undefined
  const ready = async (): Promise<void> => {
    started ??= start()
    await started.catch((error: unknown) => {
      started = undefined
      throw error
    })
  }

  async function forget(): Promise<void> {
    await forgetChanges(db, retention, await settledNow())
    tail.ringAll()
  }

  function forgetNowAndThen(): void {
    if (clock.now() - lastForgotten < forgetEveryMs) return
    lastForgotten = clock.now()
    void forget().catch(report)
  }

  async function read(
    request: ShapeRequest,
    protocol: URLSearchParams,
    signal: AbortSignal,
  ): Promise<Response> {
    await ready()
    forgetNowAndThen()
    const parsed = parseQuery(protocol)
    if (!parsed.ok) return invalidAnswer(parsed.faults)
    const relation = await findRelation(db, request.table)
    const faults = tableFaults(request, relation)
    if (!relation || faults.length > 0) return invalidAnswer({ table: faults })
    const over = AbortSignal.any([signal, closing.signal])
    return stream.answer({ ...parsed.query, request, relation }, over)
  }

  return {
    async read(request, protocol, signal) {
      const answer = read(request, protocol, signal)
      answering.add(answer)
      return answer.finally(() => answering.delete(answer))
    },
    changed() {
      move()
      // One process has the embedded database to itself.
      if (db.kind === 'postgres') void tellOthers().catch(report)
    },
    async close() {
      closing.abort()
      await Promise.allSettled(answering)
      tail.close()
      await started?.catch(() => undefined)
      await stopListening?.()
    },
  }
}
