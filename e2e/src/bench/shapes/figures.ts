/** Each part of the measurements, and its bars. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { figure, type Figure } from '../report.ts'
import { measureCapture } from './capture.ts'
import { measureGatekeeper } from './gatekeeper.ts'
import type { Ground } from './ground.ts'
import { readWhole, rowsPerSecond } from './initial.ts'
import { measureLive } from './live.ts'
import { measureCrowd, measureFloor, measureOwners } from './many.ts'
import { makeTable, median, quantile, rowCount, timed } from './rows.ts'
import { startServer, type MeasuredServer } from './server.ts'

const rounds = 5
const copySql = 'COPY (SELECT row_to_json(note) FROM note) TO STDOUT'

const shapeUrl = ({ url }: MeasuredServer): URL => new URL('/v1/shape?table=note', url)

/** Longer than a server takes to store what it has handed out, which is not to fall into another measurement. */
const storedMs = 3000

async function readCold(server: MeasuredServer) {
  await fetch(shapeUrl(server), { method: 'DELETE' })
  const read = await readWhole(shapeUrl(server))
  await new Promise((resolve) => setTimeout(resolve, storedMs))
  return read
}

export async function initialFigures({ db, server }: Ground): Promise<Figure[]> {
  await makeTable(db, 1000)
  const copies: number[] = []
  const cold: number[] = []
  await readCold(server)
  for (let round = 0; round < rounds; round++) {
    copies.push((1000 * rowCount) / (await timed(() => db.script(copySql))))
    cold.push(await rowsPerSecond(rowCount, 1, () => readCold(server)))
  }
  const warm = await rowsPerSecond(rowCount, rounds, () => readWhole(shapeUrl(server)))
  const [value, against] = [median(cold), median(copies)]
  const unit = 'rows/s'
  return [
    figure({ name: 'first sync, cold', value, unit, bar: { of: 'value', least: 60_000 } }),
    figure({
      name: 'first sync, cold, beside COPY',
      value,
      unit,
      against,
      bar: { of: 'ratio', least: 0.6 },
    }),
    figure({ name: 'first sync, warm', value: warm, unit, bar: { of: 'value', least: 90_000 } }),
  ]
}

export async function liveFigures({ db, server }: Ground): Promise<Figure[]> {
  const taken = await measureLive(server.url, db, 330)
  return [
    figure({ name: 'insert to client, p50', value: quantile(taken, 0.5), unit: 'ms' }),
    figure({
      name: 'insert to client, p95',
      value: quantile(taken, 0.95),
      unit: 'ms',
      bar: { of: 'value', most: 5 },
    }),
  ]
}

/** Of the table of many readers: ten rows each. */
const people = 5000

/** Seconds until all are ready, and until all have been told. */
const ownerBars = { 300: [1.2, 0.25], 1000: [4, 0.8] } as const

export async function ownerFigures(ground: Ground, count: 300 | 1000): Promise<Figure[]> {
  await makeTable(ground.db, people)
  const server = await startServer({ serves: 'engine', databaseUrl: ground.url })
  try {
    const { ready, delivered, cpu } = await measureOwners(server, ground.db, count)
    const [mostReady, mostDelivered] = ownerBars[count]
    const name = `${count} shapes`
    return [
      figure({
        name: `${name}, all up to date`,
        value: ready / 1000,
        unit: 's',
        bar: { of: 'value', most: mostReady },
      }),
      figure({
        name: `${name}, a write to each`,
        value: delivered / 1000,
        unit: 's',
        bar: { of: 'value', most: mostDelivered },
      }),
      figure({ name: `${name}, server's processor for one`, value: cpu, unit: 'ms' }),
    ]
  } finally {
    await server.stop()
  }
}

const megabytes = (name: string, bytes: number): Figure =>
  figure({ name: `memory ${name}`, value: bytes / 1e6, unit: 'MB' })

async function floorOf(count: number): Promise<number> {
  const bare = await startServer({ serves: 'nothing' })
  try {
    return await measureFloor(bare, count)
  } finally {
    await bare.stop()
  }
}

export async function crowdFigures({ db, url }: Ground, seconds: number): Promise<Figure[]> {
  const count = 2000
  await makeTable(db, people)
  const server = await startServer({ serves: 'engine', databaseUrl: url })
  try {
    const floor = await floorOf(count)
    const { before, waiting, after } = await measureCrowd(server, db, { count, seconds })
    return [
      megabytes('without readers', before),
      megabytes(`with ${count} readers`, waiting),
      megabytes(`with them ${seconds} s later`, after),
      figure({
        name: 'memory of one that waits',
        value: (waiting - before) / count / 1000,
        unit: 'KB',
        against: floor / 1000,
        bar: { of: 'value', most: 30 },
      }),
    ]
  } finally {
    await server.stop()
  }
}

export async function captureFigures({ db, server }: Ground): Promise<Figure[]> {
  const cost = await measureCapture(shapeUrl(server), db, rounds)
  return [
    figure({
      name: 'bulk insert under a shape',
      value: cost.with,
      unit: 'ms',
      against: cost.without,
      bar: { of: 'ratio', most: 2.5 },
    }),
  ]
}

export async function gatekeeperFigures({ url, db }: Ground): Promise<Figure[]> {
  await db.script('CREATE DATABASE selene_bench_gate')
  const own = Object.assign(new URL(url), { pathname: '/selene_bench_gate' }).href
  try {
    const { through, bare } = await measureGatekeeper(own, rounds)
    return [
      figure({
        name: 'warm, through the gatekeeper',
        value: through,
        unit: 'rows/s',
        against: bare,
        bar: { of: 'ratio', least: 0.85 },
      }),
    ]
  } finally {
    await db.script('DROP DATABASE selene_bench_gate WITH (FORCE)')
  }
}

/** The same first sync over the embedded database, in a directory. */
export async function embeddedFigures(onPostgres: readonly Figure[]): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'selene-bench-'))
  const server = await startServer({ serves: 'engine', directory: join(directory, 'data') })
  try {
    await makeTable(server, 1000)
    await readCold(server)
    const cold = await rowsPerSecond(rowCount, rounds, () => readCold(server))
    const warm = await rowsPerSecond(rowCount, rounds, () => readWhole(shapeUrl(server)))
    return [['cold', cold] as const, ['warm', warm] as const].map(([name, value]) =>
      figure({
        name: `first sync, ${name}, embedded`,
        value,
        unit: 'rows/s',
        against: onPostgres.find((each) => each.name === `first sync, ${name}`)!.value,
        bar: { of: 'ratio', least: 0.4 },
      }),
    )
  } finally {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
