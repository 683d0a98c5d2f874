/**
 * Where a run of the SOS simulation stands still: what each process waits for, what people's apps and the
 * server's tables hold of the latest alerts, and what the server complained of. No keys, tokens or positions.
 */
import { inspect } from 'node:util'
import { until, type Client } from '@selene/client-sdk'
import type { Process } from '../kill/process.ts'
import type { Person } from './sos-person.ts'
import type { SosWorld } from './sos-world.ts'

/** An answer that takes longer is part of what is wrong. */
const answerWithinMs = 2_000

async function inTime(asked: Promise<unknown>): Promise<unknown> {
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve('no answer'), answerWithinMs)
  try {
    return await Promise.race([asked, late.promise])
  } catch (error) {
    return String(error)
  } finally {
    clearTimeout(timer)
  }
}

const print = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each))

function describeProcess(process: Process): string[] {
  const now = performance.now()
  const waits = [...process.life().waits].map(
    ({ point, since }) => `${point} for ${Math.round(now - since)} ms`,
  )
  const fault = process.startFault()
  return [
    `${process.name} died ${process.deaths()} times; waits at ${waits.join(', ') || 'nothing'}`,
    ...(fault === undefined ? [] : [`  did not start: ${inspect(fault)}`]),
  ]
}

const ownAlert = (client: Client) =>
  until(client.sos.current, () => true).then(
    (alert) => alert && { id: alert.id, phase: alert.phase, unsent: alert.unsent },
  )

async function describePerson(person: Person): Promise<string[]> {
  const client = await inTime(person.client())
  const asked = (ask: (client: Client) => Promise<unknown>) =>
    typeof client === 'string' ? client : inTime(ask(client as Client))
  const { store } = person
  return [
    ...describeProcess(person),
    `  sync ${print(await asked((running) => until(running.sync.state, () => true)))}`,
    `  own alert ${print(await asked(ownAlert))}`,
    `  heard ${print(await inTime(store.query(`SELECT key, value FROM store_meta WHERE key IN ('live-last-id', 'session-status')`)))}`,
    `  alerts ${print(await inTime(store.query('SELECT alert_id, role, state FROM incoming_alerts ORDER BY received_at DESC LIMIT 4')))}`,
    `  writes ${print(await inTime(store.write(async () => 'in turn')))}`,
  ]
}

const tables = {
  alerts: `SELECT alert_id, state, raised_at, fires_at, closed_at FROM emergency_alerts
    ORDER BY received_at DESC LIMIT 4`,
  notices: `SELECT notice_id, account_id, alert_id, event, created_at, acked_at FROM inbox
    ORDER BY notice_id DESC LIMIT 12`,
  sessions: 'SELECT account_id, generation, expires_at, revoked_at FROM sessions',
  locks: `SELECT locktype, mode, granted FROM pg_locks WHERE locktype = 'advisory'`,
}

/** A text for people, one finding a line. */
export async function describeStall(world: SosWorld): Promise<string> {
  const lines = [`it is ${new Date(world.clock.now()).toISOString()}`]
  for (const person of Object.values(world.people)) lines.push(...(await describePerson(person)))
  lines.push(...describeProcess(world.server))
  for (const [name, sql] of Object.entries(tables))
    lines.push(`  ${name} ${print(await inTime(world.db.query(sql)))}`)
  const complaints = world.server.logLines().filter((line) => !line.includes('"level":30'))
  return [...lines, ...complaints.slice(-10)].join('\n  ')
}
