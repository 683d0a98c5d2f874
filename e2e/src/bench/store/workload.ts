/** What the stores that are compared are put through, in Node and in a browser. */
import type { PGlite } from '@electric-sql/pglite'

/** Milliseconds that steps took, by name. */
export type Taken = Map<string, number[]>

export const commitCount = 500
export const commits = `${commitCount} inserts, each a commit`

export const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!

export async function take(
  taken: Taken,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const start = performance.now()
  await work()
  const list = taken.get(name) ?? []
  list.push(performance.now() - start)
  taken.set(name, list)
}

const text = (i: number): string => `a note of some length, as one writes in a diary ${i}`

/** Everything that writes, in an empty database. */
export async function fillDatabase(pg: PGlite, taken: Taken): Promise<void> {
  await pg.exec('CREATE TABLE notes (id integer PRIMARY KEY, body text NOT NULL)')
  await take(taken, '10,000 inserts, one transaction', () =>
    pg.transaction(async (tx) => {
      for (let i = 0; i < 10_000; i++)
        await tx.query('INSERT INTO notes VALUES ($1, $2)', [i, text(i)])
    }),
  )
  await take(taken, 'checkpoint after it', () => pg.exec('CHECKPOINT'))
  await pg.exec(`CREATE TABLE days AS SELECT i AS id, md5(i::text) || md5(i::text) AS body
    FROM generate_series(1, 50000) i`)
  await pg.exec('VACUUM ANALYZE days')
}

/**
 * Small commits.
 * @param base Keys from here on are free.
 * @param committed Runs after each.
 */
export async function commitMany(
  pg: PGlite,
  base: number,
  committed: () => void = () => {},
): Promise<void> {
  for (let i = 0; i < commitCount; i++) {
    await pg.query('INSERT INTO notes VALUES ($1, $2)', [base + i, text(i)])
    committed()
  }
}

/**
 * A database that is there: opening, reading, small commits.
 * @param base Keys from here on are free.
 */
export async function useDatabase(
  open: () => Promise<PGlite>,
  taken: Taken,
  base: number,
): Promise<void> {
  let pg!: PGlite
  await take(taken, 'warm open', async () => {
    pg = await open()
  })
  const scan = () => pg.query('SELECT count(*), sum(length(body)) FROM days')
  await take(taken, 'scan of 50,000 rows after reopening', scan)
  // Postgres reads a table of more than a quarter of its buffers through a small ring of them.
  await take(taken, 'the same again', scan)
  for (let k = 0; k < 4; k++) {
    const few = () => pg.query('SELECT count(*), sum(length(body)) FROM notes')
    if (k === 0) await few()
    else await take(taken, 'scan of 10,000 rows, cached', few)
  }
  await take(taken, '1,000 point reads', async () => {
    for (let i = 0; i < 1000; i++) await pg.query('SELECT * FROM notes WHERE id = $1', [i * 7])
  })
  await take(taken, commits, () => commitMany(pg, base))
  await pg.close()
}
