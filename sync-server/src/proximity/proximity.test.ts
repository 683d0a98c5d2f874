import { cellOf, type Cell } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import { newId } from '../../test/device-fixture.ts'
import { signInDevice } from '../../test/server-fixture.ts'
import { openTestSos, type Person, type TestSos } from '../../test/sos-fixture.ts'

onEachDatabase('proximity', (database) => {
  let it: TestSos
  let ana: Person
  let token: string
  beforeAll(async () => {
    it = await openTestSos(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    ana = await it.person()
    token = ana.session.access_token
  })

  const optIn = (radius = 5_000) =>
    it.call('PUT', '/v1/responder', { token, body: { radius_metres: radius } })
  const beat = (cell: Cell) => it.call('PUT', '/v1/location/cell', { token, body: cell })
  const wait = async (seconds: number) => {
    it.clock.advance(seconds)
    token = (await signInDevice(it.it, ana.view.vault, ana.founder)).body.access_token
  }
  const kept = async () => {
    const [row] = await it.db.query<{ seen_at: Date; accept_metres: number; x: number }>(
      'SELECT seen_at, accept_metres, ST_X(pos) AS x FROM user_locations WHERE account_id = $1',
      [ana.view.vault],
    )
    return row
  }
  const withdrawn = async () => {
    const sql = 'SELECT seen_at FROM withdrawn_locations WHERE account_id = $1'
    return (await it.db.query(sql, [ana.view.vault]))[0]
  }
  const settings = async () => {
    const [row] = await it.db.query('SELECT * FROM responders WHERE account_id = $1', [
      ana.view.vault,
    ])
    return row
  }
  const isFound = async (cell: Cell) => {
    const query = { cell, radiusMetres: 1_000, owner: newId<never>(), exclude: [], limit: 50 }
    return (await it.proximity.findNearby(it.db, query)).includes(ana.view.vault)
  }

  test('a cell is taken only of an account that has opted in', async () => {
    const cell = it.newPlace()
    const refused = await beat(cell)
    expect([refused.status, refused.body.code]).toEqual([409, 'location/not-sharing'])
    expect(await kept()).toBeUndefined()
    expect((await optIn()).status).toBe(204)
    expect((await beat(cell)).status).toBe(204)
    expect(await isFound(cell)).toBe(true)
  })

  test('W68 one cell per account: the newest', async () => {
    const cell = it.newPlace()
    await optIn()
    await beat(cell)
    await wait(240)
    const next = { ...cell, column: cell.column + 12 }
    await beat(next)
    expect([await isFound(cell), await isFound(next)]).toEqual([false, true])
    const rows = await it.db.query('SELECT 1 FROM user_locations WHERE account_id = $1', [
      ana.view.vault,
    ])
    expect(rows).toHaveLength(1)
  })

  test('W67 equal cells give equal bits, so that a beat in place moves nothing in the index', async () => {
    await optIn()
    const cell = cellOf({ latitude: 52.52, longitude: 13.405 })
    await beat(cell)
    const before = await kept()
    await wait(240)
    await beat(cell)
    expect(await kept()).toMatchObject({ x: before!.x, seen_at: new Date(it.clock.now()) })
  })

  test('how far she goes changes at once', async () => {
    await optIn(5_000)
    await beat(it.newPlace())
    await optIn(2_000)
    expect((await kept())!.accept_metres).toBe(2_000)
  })

  test('after opting out no cell and no settings count, at once', async () => {
    await optIn()
    await beat(it.newPlace())
    expect((await it.call('DELETE', '/v1/responder', { token })).status).toBe(204)
    expect([await kept(), await settings()]).toEqual([undefined, undefined])
    expect((await it.call('DELETE', '/v1/responder', { token })).status).toBe(204)
  })

  test('opting out while beats come leaves no cell behind', async () => {
    await optIn()
    const cell = it.newPlace()
    await Promise.all([
      ...Array.from({ length: 6 }, () => beat(cell)),
      it.call('DELETE', '/v1/responder', { token }),
      ...Array.from({ length: 6 }, () => beat(cell)),
    ])
    expect(await kept()).toBeUndefined()
  })

  test('the cell alone may be deleted', async () => {
    await optIn()
    await beat(it.newPlace())
    expect((await it.call('DELETE', '/v1/location/cell', { token })).status).toBe(204)
    expect(await kept()).toBeUndefined()
    expect(await settings()).toBeDefined()
  })

  test('W67 the server forgets a cell after five minutes without a beat', async () => {
    await optIn()
    await beat(it.newPlace())
    it.clock.advance(300)
    await it.proximity.sweep()
    expect(await kept()).toBeDefined()
    it.clock.advance(1)
    await it.proximity.sweep()
    expect(await kept()).toBeUndefined()
  })

  test('days on which a cell came are counted, each once', async () => {
    await optIn()
    const cell = it.newPlace()
    const counted = async () => (await settings())!['cell_days']
    await beat(cell)
    await wait(240)
    await beat(cell)
    expect(await counted()).toBe(1)
    await wait(24 * 3600)
    await beat(cell)
    expect(await counted()).toBe(2)
  })

  describe('W68 faster than anything moves', () => {
    const from = cellOf({ latitude: 10, longitude: 20 })
    const across = (metres: number) => ({ ...from, column: from.column + Math.round(metres / 500) })

    test('freezes the account for an hour, in which no cell of it is kept', async () => {
      await optIn()
      await beat(from)
      await wait(240)
      const far = across(240 * 300 + 2_000)
      expect((await beat(far)).status).toBe(204)
      expect(await kept()).toBeUndefined()
      await wait(3599)
      await beat(far)
      expect(await kept()).toBeUndefined()
      await wait(1)
      await beat(far)
      expect(await isFound(far)).toBe(true)
    })

    const takeBack = async (way: 'the cell' | 'the offer to help') => {
      const path = way === 'the cell' ? '/v1/location/cell' : '/v1/responder'
      expect((await it.call('DELETE', path, { token })).status).toBe(204)
      if (way === 'the offer to help') await optIn()
    }

    test.each(['the cell', 'the offer to help'] as const)(
      'is seen through when %s was taken back before the leap',
      async (way) => {
        await optIn()
        await beat(from)
        await takeBack(way)
        const far = across(50_000)
        await beat(far)
        expect(await kept()).toBeUndefined()
        await takeBack('the offer to help')
        await wait(3599)
        await beat(far)
        expect(await kept()).toBeUndefined()
        await wait(1)
        await it.proximity.sweep()
        await beat(far)
        expect(await isFound(far)).toBe(true)
      },
    )

    test.each(['the cell', 'the offer to help'] as const)(
      'is not who takes %s back and returns within minutes: she is found at once',
      async (way) => {
        await optIn()
        await beat(from)
        await takeBack(way)
        expect(await isFound(from)).toBe(false)
        await wait(60)
        const near = across(1_000)
        await beat(near)
        expect(await isFound(near)).toBe(true)
      },
    )

    test('is seen through across the edge of the map too', async () => {
      await optIn()
      await beat(from)
      await beat(cellOf({ latitude: 88, longitude: 5 }))
      await beat(across(50_000))
      expect(await kept()).toBeUndefined()
    })

    test('is judged by what the beat before has stored, however close it came', async () => {
      await optIn()
      await Promise.all([beat(from), beat(across(50_000)), beat(from), beat(across(50_000))])
      expect(await kept()).toBeUndefined()
      expect(await withdrawn()).toBeUndefined()
    })

    test('a cell that was taken back is gone for good with the five minutes it had', async () => {
      await optIn()
      await beat(from)
      await wait(240)
      await takeBack('the cell')
      expect(await withdrawn()).toBeDefined()
      await wait(61)
      await it.proximity.sweep()
      expect(await withdrawn()).toBeUndefined()
      await beat(across(50_000))
      await beat(across(50_500))
      expect(await withdrawn()).toBeUndefined()
    })

    test('is not an airliner, and not a step over an edge', async () => {
      await optIn()
      await beat(from)
      await beat(across(500))
      expect(await kept()).toBeDefined()
      await wait(240)
      await beat(across(240 * 300))
      expect(await kept()).toBeDefined()
    })

    test('is not a step over ±180°', async () => {
      await optIn()
      await beat(cellOf({ latitude: -17, longitude: 179.995 }))
      await wait(10)
      await beat(cellOf({ latitude: -17, longitude: -179.995 }))
      expect(await kept()).toBeDefined()
    })
  })

  test('near the poles nothing is kept', async () => {
    await optIn()
    await beat(cellOf({ latitude: 88, longitude: 5 }))
    expect(await kept()).toBeUndefined()
  })

  test('W67 a cell can be read by nobody, and is in no event and no log', async () => {
    await optIn()
    await beat(it.newPlace())
    expect((await it.call('GET', '/v1/location/cell', { token })).status).toBe(404)
    expect((await it.call('GET', '/v1/responder', { token })).status).toBe(404)
    expect(await it.db.query("SELECT 1 FROM events WHERE topic = 'user-locations'")).toEqual([])
    expect(it.lines).toEqual([])
  })

  test('of a wrong form or without a token it is refused', async () => {
    await optIn()
    for (const body of [{}, { row: 1 }, { row: 0.5, column: 1 }, { row: 1e6, column: 0 }])
      expect((await it.call('PUT', '/v1/location/cell', { token, body })).status).toBe(400)
    for (const radius of [999, 20_001, 1_000.5]) expect((await optIn(radius)).status).toBe(400)
    for (const [method, path] of [
      ['PUT', '/v1/responder'],
      ['DELETE', '/v1/responder'],
      ['PUT', '/v1/location/cell'],
      ['DELETE', '/v1/location/cell'],
    ] as const)
      expect((await it.call(method, path, { body: {} })).status).toBe(401)
  })
})
