/** `npm run bench -- sync`: what sealing costs, how soon an edit is elsewhere, and how fast ten years come and go. */
import { findLocalPostgres, startCluster } from '../verify/postgres.ts'
import { table, type BenchOptions, type Figure } from './report.ts'
import { measureDrain } from './sync/drain.ts'
import { measureLatency } from './sync/latency.ts'
import { openOnFile } from './sync/people.ts'
import { measureSealing } from './sync/sealing.ts'
import { startServerProcess } from './sync/server-process.ts'
import { measureTenYears } from './sync/ten-years.ts'

async function onEmbedded(progress: (done: string) => void): Promise<Figure[]> {
  const { url, stop } = await startServerProcess()
  try {
    const local = await openOnFile(url)
    const figures = await measureSealing(local.parts)
    await local.close()
    progress('sealing')
    figures.push(...(await measureLatency(url)))
    progress('latency')
    figures.push(...(await measureTenYears(url)))
    progress('ten years')
    figures.push(await measureDrain(url, { kind: 'embedded', least: 400 }))
    progress('drain, embedded')
    return figures
  } finally {
    await stop()
  }
}

/** Nothing where no Postgres is installed. */
async function onPostgres(progress: (done: string) => void): Promise<Figure[]> {
  const found = findLocalPostgres()
  if (!found.ok) {
    progress(`not on Postgres: ${found.reason}`)
    return []
  }
  const cluster = await startCluster(found.postgres)
  try {
    const { url, stop } = await startServerProcess(cluster.url)
    try {
      return [await measureDrain(url, { kind: 'Postgres', least: 2000 })]
    } finally {
      await stop()
      progress('drain, Postgres')
    }
  } finally {
    await cluster.stop()
  }
}

export async function benchSync({ say }: BenchOptions): Promise<readonly Figure[]> {
  const progress = (done: string): void => say(`  ${done}\n`)
  const figures = [...(await onEmbedded(progress)), ...(await onPostgres(progress))]
  const rows = figures.map(({ name, unit, value, against, ratio, bar, ok }) => [
    name,
    unit,
    value,
    against,
    ratio,
    bar,
    ok === null ? null : ok ? 'met' : 'missed',
  ])
  say(`\n${table(['', '', 'value', 'against', 'ratio', 'bar', ''], rows)}`)
  return figures
}
