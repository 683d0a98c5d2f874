/** How soon an edit is seen: in a live query of the same device, and on another one. */
import { setTimeout } from 'node:timers/promises'
import { until } from '@selene/client-sdk'
import { addDays, civilDate } from '@selene/client-sdk/calendar'
import { figure, type Figure } from '../report.ts'
import { openOnFile, registerAnew, type Opened } from './people.ts'
import { quantile, timed } from './timing.ts'

const localEdits = 150
const remoteEdits = 50
/** A person's edits are not this close: each goes at once and none is merged with another. */
const pauseMs = 350
const firstDay = civilDate('2026-01-01')!
const valueOf = (n: number): number => 35 + n / 100

/** In each case milliseconds from the call to the value in what is watched. */
async function measureLocal({ client }: Opened): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < localEdits; n++) {
    const date = addDays(firstDay, n % 60)
    const watched = client.live<{ value: number }>(
      'SELECT temperature_value::float8 AS value FROM calendar_entries WHERE date = $1',
      [date],
    )
    await until(watched, () => true)
    const value = valueOf(n)
    times.push(
      await timed(() => {
        const seen = until(watched, (rows) => rows[0]?.value === value)
        return Promise.all([seen, client.diary.edit(date, { 'temperature.value': value })])
      }),
    )
  }
  return times.slice(20)
}

async function measureRemote(from: Opened, to: Opened): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < remoteEdits; n++) {
    await setTimeout(pauseMs)
    const date = addDays(firstDay, 70 + (n % 20))
    const value = valueOf(n)
    times.push(
      await timed(() => {
        const seen = until(
          to.client.diary.day(date),
          ({ values }) => values['temperature.value'] === value,
        )
        return Promise.all([seen, from.client.diary.edit(date, { 'temperature.value': value })])
      }),
    )
  }
  return times.slice(5)
}

const ms = (name: string, value: number, most?: number): Figure =>
  figure({ name, value, unit: 'ms', ...(most !== undefined && { bar: { of: 'value', most } }) })

export async function measureLatency(server: string): Promise<Figure[]> {
  const phone = await openOnFile(server)
  const local = await measureLocal(phone)
  const secret = await registerAnew(phone)
  const tablet = await openOnFile(server)
  await tablet.client.account.recover(secret)
  for (const { client } of [phone, tablet])
    await until(client.sync.state, ({ phase, unsent }) => phase === 'live' && unsent === 0)
  const remote = await measureRemote(phone, tablet)
  await phone.close()
  await tablet.close()
  return [
    ms('edit in a live query, median', quantile(local, 0.5)),
    ms('edit in a live query, p95', quantile(local, 0.95), 10),
    ms('edit on another device, median', quantile(remote, 0.5)),
    ms('edit on another device, p95', quantile(remote, 0.95), 150),
  ]
}
