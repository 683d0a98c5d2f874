/**
 * The built-in shape engine: answers `/v1/shape` as Electric does, from triggers and a log in the
 * database itself. ENGINE.md says why nothing committed is missed, repeated or reordered.
 */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/db.ts'
import type { Upstream } from '../upstream.ts'
import { invalidAnswer, refusal, type CacheAges } from './answer.ts'
import { createAsking } from './asking.ts'
import { createBodies } from './bodies.ts'
import { coalesce } from './coalesce.ts'
import { createDefinitions, dropUnstored } from './definition.ts'
import { prepareForgetting, type Forget } from './forgetting.ts'
import { createKnown } from './known.ts'
import { createLargeMaker } from './make-large.ts'
import { createMakers } from './make.ts'
import { parseQuery, type ProtocolQuery } from './query.ts'
import { resolve, type Asked } from './question.ts'
import { createRelations } from './relation.ts'
import { forgetChanges, forgetForeignLog, type Retention } from './retention.ts'
import { createReaderRole } from './role.ts'
import { createStoring } from './storing.ts'
import { createStream } from './stream.ts'
import { createSubsets } from './subset.ts'
import { createTail } from './tail.ts'
import { createWheres } from './where.ts'

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
  /** How long a stream of events goes on, 60 s unless told. */
  readonly eventsMs?: number
  /** How long a stream of events may be silent, 21 s unless told. */
  readonly keepAliveMs?: number
  /** About how many bytes of rows one answer holds, 10 MB unless told. */
  readonly chunkBytes?: number
  /** How long the first rows of a large shape are handed out before they are stored, 1 s unless told. */
  readonly storeAfterMs?: number
  /** How long another process is given for that before its shape counts as lost, 5 s unless told. */
  readonly storedWithinMs?: number
  /** How long caches may keep answers that are not live, 60 s and 300 s unless told. */
  readonly cacheAges?: CacheAges
  /** What is kept of the log: a week, a million changes and 1 GB unless told. */
  readonly retention?: Retention
  /** Whether writers' transactions wake readers by themselves, as nobody calls {@link Upstream.changed}. */
  readonly wakesItself?: boolean
}

export interface ShapeEngine extends Upstream {
  /** Answers what is asked in any way, as {@link Upstream.read} does. */
  answer(asked: Asked, protocol: URLSearchParams, signal: AbortSignal): Promise<Response>
  /** Drops the shape of a handle, or the one that is asked for; whether there was one. */
  drop(target: { handle: string } | { asked: Asked; protocol: URLSearchParams }): Promise<boolean>
  /** What takes an owner's rows out, by the owner's shapes and the text of their tables' first column. */
  prepareForgetting(asked: readonly Asked[], owner: string): Promise<Forget>
  /** Whether the database answers. */
  isReady(): Promise<boolean>
}

const channel = 'selene_shape'
/** Sent when shapes were dropped. */
const dropped = 'dropped '
const forgetEveryMs = 3_600_000
const week = 7 * 24 * 3_600_000

/** SQLSTATE of an error of Postgres. */
const stateOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

export function createShapeEngine(deps: EngineDeps, options: EngineOptions = {}): ShapeEngine {
  const { db, clock, random = Math.random, report = () => {} } = deps
  const { longPollMs = 20_000, eventsMs = 60_000, keepAliveMs = 21_000 } = options
  const { chunkBytes = 10_000_000, cacheAges = { maxAge: 60, staleAge: 300 } } = options
  const { storeAfterMs = 1000, storedWithinMs = 5000 } = options
  const retention = options.retention ?? {
    maxAgeMs: week,
    maxChanges: 1_000_000,
    maxBytes: 1_000_000_000,
  }
  const self = randomUUID()
  const closing = new AbortController()
  const answering = new Set<Promise<unknown>>()
  const role = createReaderRole(db)
  const relations = createRelations(db)
  const wheres = createWheres(db)
  const tail = createTail({ db, clock, report })
  const settled = async (): Promise<bigint> => (await tail.advance()).settled
  const wakeOn = options.wakesItself ? channel : undefined
  /** Who waits for a shape that was dropped, here or elsewhere, is to look. */
  async function tellDropped(): Promise<void> {
    tail.ringAll()
    if (db.kind === 'postgres')
      await db.query('SELECT pg_notify($1, $2)', [channel, `${dropped}${self}`])
  }
  async function dropLost(handle: string, chunk: number): Promise<void> {
    await dropUnstored(db, handle, chunk)
    await tellDropped()
  }
  const bodies = createBodies({ db, clock, storedWithinMs, dropLost })
  const storing = createStoring({ db, bodies, report, dropLost, storeAfterMs })
  const large = createLargeMaker({ db, role, settled, storing }, chunkBytes)
  const makers = createMakers({ db, role, settled, wakeOn, large }, chunkBytes)
  const definitions = createDefinitions(db, makers)
  const subsets = createSubsets({ db, role, wheres, random })
  const known = createKnown(db)
  const stream = createStream(
    { db, clock, role, tail, known, definitions, bodies, subsets, streaming },
    { longPollMs, eventsMs, keepAliveMs, chunkBytes, ages: cacheAges, random },
  )
  const ask = createAsking({ db, relations, wheres, known, stream })
  let stopListening: (() => Promise<void>) | undefined
  let lastForgotten = clock.now()

  function keep<T>(promise: Promise<T>): Promise<T> {
    answering.add(promise)
    return promise.finally(() => answering.delete(promise))
  }

  function streaming<T>(start: (ended: () => void) => T): T {
    const { promise, resolve } = Promise.withResolvers<void>()
    void keep(promise)
    return start(resolve)
  }

  const move = (): void => void tail.advance().catch(report)
  const tellOthers = coalesce(() => db.query('SELECT pg_notify($1, $2)', [channel, self]))

  function hear(payload: string): void {
    if (payload === self || payload === `${dropped}${self}`) return
    // Something may have been missed, or a shape dropped.
    if (payload === '' || payload.startsWith(dropped)) tail.ringAll()
    move()
  }

  const start = async (): Promise<void> => {
    await forgetForeignLog(db)
    await role.prepare()
    if (closing.signal.aborted) return
    stopListening ??= await db.listen(channel, hear)
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
    await forgetChanges(db, retention, await settled())
    tail.forget()
  }

  function forgetNowAndThen(): void {
    if (clock.now() - lastForgotten < forgetEveryMs) return
    lastForgotten = clock.now()
    void forget().catch(report)
  }

  async function answer(asked: Asked, query: ProtocolQuery, signal: AbortSignal) {
    await ready()
    forgetNowAndThen()
    const over = AbortSignal.any([signal, closing.signal])
    try {
      return await ask(asked, query, over)
    } catch (error) {
      const state = stateOf(error)
      // What a where makes of the values it is given, or of a row's, is the client's affair.
      if (state.startsWith('22')) return invalidAnswer({ where: ['the values do not fit'] })
      if (state === '57014')
        return refusal(503, { message: 'The rows took too long to read' }, { 'retry-after': '10' })
      throw error
    }
  }

  /** Whoever waits holds on to no more than they need: not to the words they came with. */
  function read(asked: Asked, protocol: URLSearchParams, signal: AbortSignal): Promise<Response> {
    const parsed = parseQuery(protocol)
    return parsed.ok
      ? keep(answer(asked, parsed.query, signal))
      : Promise.resolve(invalidAnswer(parsed.faults))
  }

  async function handleOf(target: Parameters<ShapeEngine['drop']>[0]): Promise<string | undefined> {
    if ('handle' in target) return target.handle
    const modes = new URLSearchParams(target.protocol)
    modes.set('offset', '-1')
    const parsed = parseQuery(modes)
    if (!parsed.ok) return undefined
    const resolved = await resolve({ db, relations, wheres }, target.asked, parsed.query)
    return resolved.ok ? (await definitions.current(resolved.question))?.handle : undefined
  }

  return {
    read,
    answer: read,
    prepareForgetting: (asked, owner) => prepareForgetting({ db, relations, wheres }, asked, owner),
    isReady: () =>
      ready()
        .then(() => db.query('SELECT 1'))
        .then(
          () => true,
          () => false,
        ),
    async drop(target) {
      await ready()
      const handle = await handleOf(target)
      if (handle === undefined || !(await definitions.drop(handle))) return false
      await tellDropped()
      return true
    },
    changed() {
      move()
      // One process has the embedded database to itself.
      if (db.kind === 'postgres') void tellOthers().catch(report)
    },
    async close() {
      closing.abort()
      await Promise.allSettled(answering)
      await storing.close()
      tail.close()
      await started?.catch(() => undefined)
      await stopListening?.()
    },
  }
}
