/**
 * What Postgres leaves to its own processes elsewhere and to nobody here: checkpoints, so that its log stays short;
 * VACUUM where a table has grown; and giving room back. It waits for a quiet moment, and stops when a write comes.
 */
import type { PGlite } from '@electric-sql/pglite'
import type { Clock } from '../core/clock.ts'
import { nextTurn } from '../core/next-turn.ts'
import type { Pack } from './sealed/pack.ts'

export interface UpkeepDeps {
  readonly pg: PGlite
  readonly pack: Pack
  readonly clock: Clock
  /** Is told after work that may have changed the size of the file. */
  readonly done: () => void
}

export interface Upkeep {
  /** After each commit. */
  wrote(): void
  /** Resolves once what is under way has ended. */
  settled(): Promise<void>
  /** Gives back all room that can be given back. */
  compact(): Promise<void>
  /** Ends the timer, lets what is under way end, and does what makes the next opening fast. */
  stop(): Promise<void>
}

const quietMs = 3_000
const commitsPerLook = 64
const mebibyte = 2 ** 20
/** Bytes of the log: at once, in a quiet moment, at close. */
const mostLog = { busy: 8 * mebibyte, quiet: mebibyte, closing: mebibyte / 4 }
const compaction = { blocksPerStep: 64, ratio: 1.25, leastExcess: 8 * mebibyte }
const mostStepsAtClose = 8

const logBytesSql = `
SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 AS bytes
  FROM pg_control_checkpoint()`

/** Tables, or what of them is stored apart, that have grown by half since they were last vacuumed. */
const grownSql = `
SELECT c.oid::regclass::text AS name
  FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
   AND (pg_relation_size(c.oid) / 8192 > 1.5 * c.relpages + 32
    OR coalesce(pg_relation_size(t.oid) / 8192 > 1.5 * t.relpages + 32, false))`

export function createUpkeep({ pg, pack, clock, done }: UpkeepDeps): Upkeep {
  let commits = 0
  let cancel: (() => void) | undefined
  let working: Promise<void> = Promise.resolve()
  let isStopped = false

  const isIdleStill = (since: number) => (): boolean => !isStopped && commits === since

  async function checkpoint(most: number): Promise<void> {
    const { rows } = await pg.query<{ bytes: number }>(logBytesSql)
    if ((rows[0]?.bytes ?? 0) > most) await pg.exec('CHECKPOINT')
  }

  /** Table by table, so that whoever waits for the thread gets it in between. */
  async function vacuum(goesOn: () => boolean): Promise<void> {
    const { rows } = await pg.query<{ name: string }>(grownSql)
    for (const { name } of rows) {
      if (!goesOn()) return
      await pg.exec(`VACUUM (ANALYZE) ${name}`)
      await nextTurn()
    }
  }

  function hasExcess(): boolean {
    const { fileBytes, liveBytes } = pack.space()
    return fileBytes > compaction.ratio * liveBytes + compaction.leastExcess
  }

  async function compactWhile(goesOn: () => boolean): Promise<void> {
    while (goesOn() && pack.compact(compaction.blocksPerStep)) await nextTurn()
  }

  async function work(goesOn: () => boolean): Promise<void> {
    if (pack.isReadOnly || pack.hasFailed) return
    await checkpoint(mostLog.quiet)
    await vacuum(goesOn)
    if (hasExcess()) await compactWhile(goesOn)
    done()
  }

  /** What fails is left to the next time: none of it is needed. */
  function next(task: () => Promise<void>): void {
    working = working.then(task).catch(() => {})
  }

  function arm(): void {
    cancel?.()
    if (isStopped) return
    const since = commits
    cancel = clock.after(quietMs, () => next(() => work(isIdleStill(since))))
  }

  arm()
  return {
    wrote() {
      commits += 1
      if (commits % commitsPerLook === 0) next(() => checkpoint(mostLog.busy))
      arm()
    },
    settled: () => working,
    async compact() {
      await working
      await pg.exec('CHECKPOINT')
      await compactWhile(() => !isStopped)
      done()
    },
    async stop() {
      isStopped = true
      cancel?.()
      await working
      if (pack.isReadOnly || pack.hasFailed) return
      await checkpoint(mostLog.closing)
      for (let steps = 0; steps < mostStepsAtClose && hasExcess(); steps++)
        if (!pack.compact(compaction.blocksPerStep)) return
    },
  }
}
