import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPlans } from '@selene/shapes/kept-plans'

const most = 4
let plain: PGlite
let keeping: PGlite

beforeAll(async () => {
  ;[plain, keeping] = await Promise.all([PGlite.create(), PGlite.create()])
  keepPlans(keeping, most)
})
afterAll(() => Promise.all([plain.close(), keeping.close()]))

const keptBy = async (pg: PGlite): Promise<string[]> => {
  const sql = `SELECT statement FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared%' ORDER BY 1`
  return (await pg.query<{ statement: string }>(sql)).rows.map(({ statement }) => statement)
}

test('a statement is kept when it comes again, and the one used longest ago is let go', async () => {
  const numbers = [1, 2, 3, 4, 5]
  const ask = async (n: number): Promise<void> => {
    const { rows } = await keeping.query(`SELECT $1::integer AS n${n}`, [n])
    expect(rows).toEqual([{ [`n${n}`]: n }])
  }
  for (const n of [1, 1, 2]) await ask(n)
  expect(await keptBy(keeping)).toEqual(['SELECT $1::integer AS n1'])
  for (const n of numbers) for (let times = 0; times < 3; times++) await ask(n)
  // One of the four is the question for them.
  expect(await keptBy(keeping)).toEqual([3, 4, 5].map((n) => `SELECT $1::integer AS n${n}`))
})

const columns = async (on: Pick<PGlite, 'query'>): Promise<string[]> =>
  (await on.query('SELECT * FROM columns')).fields.map(({ name }) => name)

test('what was kept within a transaction that changed a table does not outlive it', async () => {
  await keeping.exec('CREATE TABLE columns (first integer)')
  const undone = keeping.transaction(async (tx) => {
    await tx.query('ALTER TABLE columns ADD COLUMN second integer')
    for (let times = 0; times < 3; times++) expect(await columns(tx)).toEqual(['first', 'second'])
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await columns(keeping)).toEqual(['first'])
  await keeping.exec('DROP TABLE columns')
})

test('a script that fails may have changed tables before it did', async () => {
  await keeping.exec('CREATE TABLE columns (first integer)')
  for (let times = 0; times < 3; times++) expect(await columns(keeping)).toEqual(['first'])
  const failing = 'BEGIN; ALTER TABLE columns ADD COLUMN second integer; COMMIT; SELECT 1 / 0'
  await expect(keeping.exec(failing)).rejects.toThrow('division by zero')
  expect(await columns(keeping)).toEqual(['first', 'second'])
  await keeping.exec('DROP TABLE columns')
})

/** What a step answers, or how it fails. */
async function answerOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

interface Step {
  readonly sql: string
  readonly params?: readonly unknown[]
  readonly isScript?: boolean
}

const asked = fc.constantFrom<Step>(
  { sql: 'SELECT * FROM things' },
  { sql: 'SELECT * FROM things WHERE n = $1', params: [1] },
  { sql: 'INSERT INTO things (n) VALUES ($1) RETURNING *', params: [1] },
  { sql: 'INSERT INTO things (n) VALUES ($1) RETURNING *', params: ['no number'] },
  { sql: 'DELETE FROM things' },
  { sql: 'SELECT 1 / $1::integer AS share', params: [0] },
)
const changing = fc.constantFrom<Step>(
  { sql: 'CREATE TABLE things (n integer)' },
  { sql: 'CREATE TEMP TABLE things (n integer, passing boolean) ON COMMIT DROP' },
  { sql: 'ALTER TABLE things ADD COLUMN IF NOT EXISTS more text' },
  { sql: 'ALTER TABLE things DROP COLUMN IF EXISTS more' },
  { sql: 'DROP TABLE things; CREATE TABLE things (other date, n bigint)', isScript: true },
  { sql: 'ALTER TABLE things ADD COLUMN late json; SELECT 1 / 0', isScript: true },
  { sql: `DO $$ BEGIN ALTER TABLE things ALTER COLUMN n TYPE text; END $$` },
  { sql: 'DEALLOCATE ALL' },
  { sql: 'SAVEPOINT here', isScript: true },
  { sql: 'ROLLBACK TO here', isScript: true },
)
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: asked }, changing), { maxLength: 12 })
const transactions = fc.array(fc.record({ steps, isAlone: fc.boolean(), isUndone: fc.boolean() }), {
  maxLength: 6,
})
type Transactions = Parameters<Parameters<typeof transactions.map>[0]>[0]

async function tell(pg: PGlite, all: Transactions): Promise<unknown[]> {
  const answers: unknown[] = []
  await pg.exec('DROP TABLE IF EXISTS things; CREATE TABLE things (n integer)')
  const take = async (on: Pick<PGlite, 'query' | 'exec'>, step: Step): Promise<void> => {
    const { sql, params = [], isScript = false } = step
    const asking = async (): Promise<unknown> =>
      isScript ? on.exec(sql) : (await on.query(sql, [...params])).rows
    answers.push(await answerOf(asking))
  }
  for (const each of all) {
    if (each.isAlone) for (const step of each.steps) await take(pg, step)
    else
      await answerOf(() =>
        pg.transaction(async (tx) => {
          for (const step of each.steps) await take(tx, step)
          if (each.isUndone) throw new Error('undone')
        }),
      )
  }
  return answers
}

test('answers and faults are the same, whatever changes the tables meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(transactions, async (all) => {
      expect(await tell(keeping, all)).toEqual(await tell(plain, all))
    }),
    { numRuns: 150 },
  )
})
