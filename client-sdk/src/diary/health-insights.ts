/**
 * The table `health_insights`, for apps that ask by SQL. It depends on today as well, so it follows a
 * moment after the commit that changed a day, in a transaction of its own, and after midnight.
 */
import type { Insight } from '../calendar/index.ts'
import type { Signal } from '../core/signal.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import { readerRole, type Store, type StoreTx } from '../store/store.ts'

const deriverVersion = 1
const versionKey = 'health-insights-version'

const createTable = `
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
GRANT SELECT ON health_insights TO ${readerRole};`

/** Creates the table anew when another version of the app wrote it; it fills itself. */
export async function prepareHealthInsights(tx: StoreTx): Promise<boolean> {
  if ((await readMeta<number>(tx, versionKey)) === deriverVersion) return false
  await tx.script(createTable)
  await writeMeta(tx, versionKey, deriverVersion)
  return false
}

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
}): { stop(): Promise<void> } {
  const { store, insights, changed } = deps
  let written: string | undefined
  let isStale = false
  let working: Promise<void> = Promise.resolve()
  let stopped = false

  async function follow(): Promise<void> {
    if (!isStale || stopped) return
    isStale = false
    const rows = rowsOf(await insights())
    if (rows === written || stopped) return
    await store.write(async (tx) => {
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
  return {
    async stop() {
      stopped = true
      end()
      await working
    },
  }
}
