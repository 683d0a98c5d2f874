import { cellMercator, cellOf, type Cell, type VaultId } from '@selene/shapes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEachDatabase, type OpenedDatabase } from '../../test/databases.ts'
import { newId, randomBytes } from '../../test/device-fixture.ts'
import { seeded } from '../../test/seeded.ts'
import { createFindNearby } from './nearby.ts'

const now = Date.UTC(2026, 10, 22, 12)
const findNearby = createFindNearby({ clock: { now: () => now } })
const at = (latitude: number, longitude: number): Cell => cellOf({ latitude, longitude })

onEachDatabase('nearby', (database) => {
  let opened: OpenedDatabase
  beforeAll(async () => {
    opened = await database.open()
  })
  afterAll(() => opened.drop())

  interface Place {
    readonly cell: Cell
    readonly accept?: number
    readonly age?: number
  }
  /** Puts somebody into a cell, as a beat some seconds ago would have. */
  async function stand({ cell, accept = 20_000, age = 0 }: Place): Promise<VaultId> {
    const account = newId<VaultId>()
    const { x, y } = cellMercator(cell)
    await opened.db.query(
      `INSERT INTO user_locations VALUES
        ($1, ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 3857), $4, $5)`,
      [account, x, y, accept, new Date(now - age * 1000)],
    )
    return account
  }
  type Query = Partial<Parameters<typeof findNearby>[1]> & { cell: Cell }
  const find = (query: Query) =>
    findNearby(opened.db, {
      radiusMetres: 5_000,
      owner: newId<VaultId>(),
      exclude: [],
      limit: 50,
      ...query,
    })

  test('finds people nearest first, and no more than asked for', async () => {
    const cells = [0.03, 0, 0.01, 0.02].map((north) => at(48 + north, 11))
    const [third, first, second, later] = await Promise.all(
      [cells[0]!, cells[1]!, cells[2]!, cells[3]!].map((cell) => stand({ cell })),
    )
    expect(await find({ cell: at(48, 11) })).toEqual([first, second, later, third])
    expect(await find({ cell: at(48, 11), limit: 2 })).toEqual([first, second])
  })

  test.each([
    ['the equator', 0, 20],
    ['Berlin', 52.5, 13.4],
    ['Tromsø', 69.6, 18.9],
    ['Longyearbyen', 78.2, 15.6],
    ['north of all towns', 84.5, -30],
    ['the far south', -77.8, 166.7],
  ])('metres are metres in %s', async (_, latitude, longitude) => {
    const degreesEast = 1 / (111.32 * Math.cos((latitude * Math.PI) / 180))
    const centre = at(latitude, longitude)
    const [east, north, farEast, farNorth] = await Promise.all([
      stand({ cell: at(latitude, longitude + 4 * degreesEast) }),
      stand({ cell: at(latitude - 4 / 111.32, longitude) }),
      stand({ cell: at(latitude, longitude + 6.2 * degreesEast) }),
      stand({ cell: at(latitude - 6.2 / 111.32, longitude) }),
    ])
    const found = await find({ cell: centre })
    expect(found.toSorted()).toEqual([east, north].toSorted())
    const further = await find({ cell: centre, radiusMetres: 8_000 })
    expect(further.toSorted()).toEqual([east, north, farEast, farNorth].toSorted())
  })

  test('people are found across ±180°, on Fiji', async () => {
    const [west, east, far] = await Promise.all([
      stand({ cell: at(-16.8, 179.985) }),
      stand({ cell: at(-16.8, -179.97) }),
      stand({ cell: at(-16.8, -179.8) }),
    ])
    expect(await find({ cell: at(-16.8, 179.99) })).toEqual([west, east])
    expect(await find({ cell: at(-16.8, -179.975) })).toEqual([east, west])
    expect(await find({ cell: at(-16.8, -179.975), limit: 1 })).toEqual([east])
    expect(await find({ cell: at(-16.8, -179.96), radiusMetres: 20_000 })).toContain(far)
  })

  test('nobody is near where the map ends', async () => {
    await stand({ cell: at(84.99, 40) })
    expect(await find({ cell: at(85.3, 40), radiusMetres: 20_000 })).toEqual([])
    expect(await find({ cell: at(90, 0), radiusMetres: 20_000 })).toEqual([])
  })

  test('both sides’ reach counts', async () => {
    const [cell, centre] = [at(40.03, -3), at(40, -3)]
    const willing = await stand({ cell, accept: 4_000 })
    await stand({ cell, accept: 2_000 })
    expect(await find({ cell: centre, radiusMetres: 4_000 })).toEqual([willing])
    expect(await find({ cell: centre, radiusMetres: 2_000 })).toEqual([])
  })

  test('W67 a cell counts for five minutes', async () => {
    const cell = at(30, 31)
    const fresh = await stand({ cell, age: 300 })
    await stand({ cell, age: 301 })
    expect(await find({ cell })).toEqual([fresh])
  })

  test('the owner, her contacts and whom she excludes are not found', async () => {
    const cell = at(35, 139)
    const [owner, contact, excluded, other] = await Promise.all(
      Array.from({ length: 4 }, () => stand({ cell })),
    )
    for (const id of [owner!, contact!])
      await opened.db.query(
        "INSERT INTO accounts VALUES ($1, $2, '\\x00', $3, 3, 1, '2026-01-01')",
        [id, randomBytes(32), randomBytes(16)],
      )
    await opened.db.query("INSERT INTO contacts VALUES ($1, $2, $3, '\\x00')", [
      owner!,
      newId(),
      contact!,
    ])
    expect(await find({ cell, owner: owner!, exclude: [excluded!] })).toEqual([other])
  })

  test('the index gives the order: nothing is sorted', async () => {
    const { next } = seeded('nearby')
    const rows = Array.from({ length: 5_000 }, () => {
      const { x, y } = cellMercator(at(10 + next(), 10 + next()))
      return `('${newId()}', ST_SetSRID(ST_MakePoint(${x}, ${y}), 3857), 20000, '${new Date(now).toISOString()}')`
    })
    await opened.db.script(
      `INSERT INTO user_locations VALUES ${rows.join(', ')}; ANALYZE user_locations;`,
    )
    const { x, y } = cellMercator(at(10.5, 10.5))
    const plan = await opened.db.transaction(async (tx) => {
      const [fn] = await tx.query<{ body: string; settings: string }>(
        `SELECT prosrc AS body, array_to_string(proconfig, ';') AS settings FROM pg_proc
          WHERE proname = 'people_nearby'`,
      )
      for (const setting of fn!.settings.split(';')) await tx.script(`SET LOCAL ${setting}`)
      const params = [x, y, 5_000, 1, new Date(now - 300_000), newId(), '{}', 50]
      return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${fn!.body}`, params)
    })
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toMatch(/Index Scan using user_locations_pos/)
    expect(text).toMatch(/Order By: \(pos <->/)
    expect(text).toMatch(/Index Cond: \(pos &&/)
    expect(text).not.toMatch(/Sort/)
  })
})
