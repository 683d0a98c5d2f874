/** The engine as a server of its own, in-process, over a database with one table `item`, for suites. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import type { Db } from '../src/db/db.ts'
import {
  createShapeEngine,
  type EngineOptions,
  type ShapeEngine,
} from '../src/shape/engine/engine.ts'
import { createShapeServer, type ServeOptions } from '../src/shape/engine/serve.ts'
import type { OpenedDatabase, TestDatabase } from './databases.ts'
import { follow, type Following, type FollowOptions } from './following.ts'

const url = 'http://shapes.test/v1/shape'

/** A message as it came. */
export interface Told {
  readonly key?: string
  readonly value?: Record<string, string | null>
  readonly old_value?: Record<string, string | null>
  readonly headers: Record<string, unknown>
}
export type Query = Record<string, string>

const report = (problem: unknown): void => {
  throw problem
}

const tell = async (response: Response): Promise<Told[]> => (await response.json()) as Told[]
const handleOf = (response: Response): string => response.headers.get('electric-handle')!
const offsetOf = (response: Response): string => response.headers.get('electric-offset')!
const faultsOf = async (response: Response): Promise<unknown> => {
  expect(response.status).toBe(400)
  const { message, errors } = (await response.json()) as { message: string; errors: unknown }
  expect(message).toBe('Invalid request')
  return errors
}

const emptyTable = `
  DROP TABLE IF EXISTS item;
  CREATE TABLE item (id integer PRIMARY KEY, label varchar(20), owner uuid);
  DELETE FROM shape.definitions`

/** Registers the hooks of a suite: an empty table and a new engine for each test. */
// One suite's state and the helpers around it.
// oxlint-disable-next-line max-lines-per-function
export function shapeServer(database: TestDatabase) {
  let opened: OpenedDatabase
  let engine: ShapeEngine | undefined
  let serve: (request: Request) => Promise<Response>
  const closing: (() => unknown)[] = []

  async function restart(more: EngineOptions = {}, served: ServeOptions = {}): Promise<void> {
    await engine?.close()
    const options = { longPollMs: 400, ...more }
    engine = createShapeEngine({ db: opened.db, clock: systemClock }, options)
    serve = createShapeServer({ engine, report }, { allowsDeletion: true, ...served })
  }
  const send = (request: Request): Promise<Response> => serve(request)
  const ask = (query: Query, init: RequestInit = {}): Promise<Response> => {
    const parameters = new URLSearchParams({ table: 'item', ...query })
    return serve(new Request(`${url}?${parameters.toString()}`, init))
  }
  const begin = async (query: Query = {}): Promise<string> =>
    handleOf(await ask({ offset: '-1', ...query }))
  const write = async (sql: string): Promise<void> => {
    await opened.db.script(sql)
    engine!.changed()
  }
  /** The official client. */
  function reader(params: Query, more: FollowOptions = {}): Following {
    const following = follow(send, { url, params: { table: 'item', ...params }, ...more })
    closing.unshift(() => following.stop())
    return following
  }

  beforeAll(async () => {
    opened = await database.open()
  })
  afterAll(async () => {
    await engine?.close()
    await opened.drop()
  })
  beforeEach(async () => {
    await opened.db.script(emptyTable)
    await restart()
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return {
    url,
    db: (): Db => opened.db,
    /** A second way in; Postgres only. */
    databaseUrl: (): string => opened.url!,
    engine: (): ShapeEngine => engine!,
    restart,
    send,
    ask,
    tell,
    handleOf,
    offsetOf,
    begin,
    faultsOf,
    write,
    reader,
    /** Calls back when the test is over. */
    atEnd: (close: () => unknown): void => void closing.unshift(close),
  }
}
