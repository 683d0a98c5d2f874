/**
 * The table `health_insights`, for apps that ask by SQL. It depends on today as well, so it follows a
 * moment after the commit that changed a day, in a transaction of its own, after midnight, and a while
 * after opening.
 */
import type { Insight } from '../calendar/index.ts'
import type { Clock } from '../core/clock.ts'
import type { Signal } from '../core/signal.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import { prepareTable, type DerivedTable } from '../store/derived-table.ts'
import { readerRole, type Store, type StoreTx } from '../store/store.ts'

/** What the table holds, so that opening on the same day writes nothing. */
const rowsKey = 'health-insights-rows'

const table: DerivedTable = {
  name: 'health-insights',
  version: 1,
  createSql: `
DROP TABLE IF EXISTS health_insights;
CREATE TABLE health_insights (
  place integer PRIMARY KEY,
  kind text NOT NULL,
  reason text NOT NULL,
  since date NOT NULL,
  until date NOT NULL,
  severity text NOT NULL,
  notify boolean NOT NULL,
  evidence jsonb NOT NULL
);
GRANT SELECT ON health_insights TO ${readerRole};`,
}

/** It fills itself: no document is to be derived for it. */
export async function prepareHealthInsights(tx: StoreTx): Promise<boolean> {
  if (await prepareTable(tx, table)) await writeMeta(tx, rowsKey, '')
  return false
}

/** Opening is for what she sees first; the table may be of another day until then. */
const afterOpeningMs = 3_000

const rowsOf = (insights: readonly Insight[]): string =>
  JSON.stringify(
    insights.map(({ kind, reason, period, severity, notify, evidence }, place) => ({
      place,
      kind,
      reason,
      since: period.from,
      until: period.to,
      severity,
      notify,
      evidence,
    })),
  )

export function keepHealthInsights(deps: {
  store: Store
  insights: () => Promise<readonly Insight[]>
  changed: Signal
  clock: Clock
}): { stop(): Promise<void> } {
  const { store, insights, changed, clock } = deps
  let written: string | undefined
  let isStale = false
  let working: Promise<void> = Promise.resolve()
  let stopped = false

  async function follow(): Promise<void> {
    if (!isStale || stopped) return
    isStale = false
    const rows = rowsOf(await insights())
    written ??= await readMeta<string>(store, rowsKey)
    if (rows === written || stopped) return
    await store.write(async (tx) => {
      await writeMeta(tx, rowsKey, rows)
      await tx.script('DELETE FROM health_insights')
      await tx.query(
        `INSERT INTO health_insights
         SELECT r.* FROM jsonb_populate_recordset(NULL::health_insights, $1::text::jsonb) AS r`,
        [rows],
      )
    })
    written = rows
  }

  function next(): void {
    isStale = true
    // What cannot be written now is written with the next change.
    working = working.then(follow).catch(() => {
      isStale = true
    })
  }

  const end = changed.subscribe(next)
  const cancelFirst = clock.after(afterOpeningMs, next)
  return {
    async stop() {
      stopped = true
      cancelFirst()
      end()
      await working
    },
  }
}
