/** What the gatekeeper adds: one vault's shape read through the whole server, and from the engine alone. */
import { shapeRequest, type VaultId } from '@selene/shapes'
import { createPgDb } from '@selene/sync-server'
import { readWhole, rowsPerSecond } from './initial.ts'
import { fillVault, registerReader } from './person.ts'
import { rowCount } from './rows.ts'
import { startServer } from './server.ts'

export interface GatekeeperCost {
  /** Rows per second of a warm reading. */
  readonly through: number
  readonly bare: number
}

/** The engine's own address of the shape that the gatekeeper makes of the name. */
function bareUrl(engine: string, vault: string): URL {
  const { table, columns, where, params } = shapeRequest('doc_updates', vault as VaultId)
  const url = new URL('/v1/shape', engine)
  const asked = { table, columns: columns.join(','), where, 'params[1]': params[0]! }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url
}

/** @param databaseUrl Of an empty database. */
export async function measureGatekeeper(
  databaseUrl: string,
  rounds: number,
): Promise<GatekeeperCost> {
  const whole = await startServer({ serves: 'everything', databaseUrl })
  const engine = await startServer({ serves: 'engine', databaseUrl })
  const db = createPgDb({ url: databaseUrl, connections: 1 })
  try {
    const { vault, authorization } = await registerReader(whole.url, db)
    await fillVault(db, vault, rowCount)
    const gate = new URL('/v1/shape/doc_updates', whole.url)
    const bare = bareUrl(engine.url, vault)
    const readers = {
      through: () => readWhole(gate, { authorization }),
      bare: () => readWhole(bare),
    }
    const { rows } = await readers.through()
    await readers.bare()
    // In turns, so that whatever else the machine does concerns both.
    const rates = { through: [] as number[], bare: [] as number[] }
    for (let round = 0; round < rounds; round++)
      for (const name of ['through', 'bare'] as const)
        rates[name].push(await rowsPerSecond(rows, 1, readers[name]))
    const best = (list: number[]): number => list.toSorted((a, b) => a - b)[rounds >> 1]!
    return { through: best(rates.through), bare: best(rates.bare) }
  } finally {
    await db.close()
    await engine.stop()
    await whole.stop()
  }
}
