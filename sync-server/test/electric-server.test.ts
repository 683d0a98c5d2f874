/** A whole server that leaves its shapes to an Electric, played by the engine over HTTP. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../src/core/clock.ts'
import { createShapeEngine } from '../src/shape/engine/engine.ts'
import type { Upstream } from '../src/shape/upstream.ts'
import { onEachDatabase, type OpenedDatabase, type TestDatabase } from './databases.ts'
import { serveAsElectric, type ElectricFront } from './electric-front.ts'
import { newPerson } from './live-fixture.ts'
import { openTestServer, type TestServer } from './server-fixture.ts'

onEachDatabase('server with Electric', (database) => {
  let it: TestServer
  let engine: Upstream
  let front: ElectricFront
  beforeAll(async () => {
    const secret = randomUUID()
    const opened: OpenedDatabase = await database.open()
    const sameDatabase: TestDatabase = { ...database, open: async () => opened }
    engine = createShapeEngine({ db: opened.db, clock: systemClock })
    front = await serveAsElectric(engine, secret)
    it = await openTestServer(sameDatabase, { electric: { url: front.url, secret } })
  })
  afterAll(async () => {
    await engine.close()
    await it.close()
  })

  test('S24 a reader gets its rows from there', async () => {
    const { token, vault } = await newPerson(it)
    const { status, headers, body } = await it.call<{ value?: { vault_id: string } }[]>(
      'GET',
      '/v1/shape/vault_log?offset=-1',
      { token },
    )
    expect([status, headers.get('vary'), headers.get('cache-control')]).toMatchObject([
      200,
      'Authorization, Origin',
      expect.stringMatching(/^private, /),
    ])
    expect(body.flatMap(({ value }) => value?.vault_id ?? [])).toContain(vault)
    expect(front.asked.at(-1)!.get('params[1]')).toBe(vault)
  })

  test('S28 when it is gone readers are told when to come again, and all else goes on', async () => {
    await front.close()
    const { token } = await newPerson(it)
    const answer = await it.call('GET', '/v1/shape/vault_log?offset=-1', { token })
    expect([answer.status, answer.body.code]).toEqual([503, 'server/unavailable'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })
})
