/**
 * Ten years of a diary on a fresh device, from the moment it has its keys until everything is derived; beside it the
 * same ten years as single updates, ten a day, in the form that is best for them: already in the device's
 * tables, opened, and merged by document in one transaction, with no network at all.
 */
import { until, type Client } from '@selene/client-sdk'
import { addDays, civilDate, type LoggedDay } from '@selene/client-sdk/calendar'
import { writeDripCsv } from '@selene/client-sdk/interchange'
import { createInbox, createTestAuthor, type StoreTx } from '@selene/client-sdk/testing'
import { figure, type Figure } from '../report.ts'
import { openOnFile, registerAnew } from './people.ts'
import { timed } from './timing.ts'

const dayCount = 3_652
const fields = 10
const firstDay = civilDate('2016-01-01')!

function tenYears(): LoggedDay[] {
  return Array.from({ length: dayCount }, (_, i) => ({
    date: addDays(firstDay, i),
    values: {
      ...(i % 28 < 5 && { 'bleeding.value': (1 + (i % 3)) as 1 | 2 | 3 }),
      'temperature.value': 36 + (i % 97) / 100,
      'pain.cramps': i % 28 < 3,
      'mood.happy': i % 3 === 0,
      'mood.sad': i % 5 === 0,
      'note.value': `day ${i}, as one writes it in the evening`,
    },
  }))
}

async function countDays(client: Client): Promise<number> {
  const [row] = await client.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM calendar_entries',
  )
  return row!.count
}

/** Milliseconds until a fresh device has it all, after its first opening and the derivation of keys. */
async function bring(server: string): Promise<number> {
  const phone = await openOnFile(server)
  const secret = await registerAnew(phone)
  const preview = await phone.client.diary.preview(writeDripCsv(tenYears()))
  await preview.commit()
  await until(phone.client.sync.state, ({ phase, unsent }) => phase === 'live' && unsent === 0)
  const days = await countDays(phone.client)
  await phone.close()
  const fresh = await openOnFile(server)
  await fresh.client.account.recover(secret)
  const ms = await timed(() => until(fresh.client.sync.state, ({ phase }) => phase === 'live'))
  const there = await countDays(fresh.client)
  await fresh.close()
  if (there !== days) throw new Error(`${there} of ${days} days came`)
  return ms
}

async function storeRows(tx: StoreTx, rows: readonly (readonly unknown[])[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) {
    const some = rows.slice(from, from + 1000)
    const places = some.map((_, i) => `($${[1, 2, 3, 4, 5].map((n) => i * 5 + n).join(',$')})`)
    await tx.query(
      `INSERT INTO shape_rows_doc_updates VALUES ${places.join(',')}`,
      some.flat() as never,
    )
  }
}

/** Milliseconds of taking as many single updates. */
async function replay(server: string): Promise<{ ms: number; updates: number }> {
  const { client, parts, close } = await openOnFile(server)
  const { crypto, vault, documents } = parts
  const author = createTestAuthor(
    crypto,
    { view: vault.view, epochKey: vault.epoch().key },
    vault.keys,
  )
  const rows: unknown[][] = []
  for (let i = 0; i < dayCount; i++) {
    const date = addDays(firstDay, i)
    for (let field = 0; field < fields; field++) {
      const act = author.write(
        (doc) => {
          const value = [1, 0, field === 0 ? 36.5 : true]
          const name = field === 0 ? 'temperature.value' : `field.${field}`
          doc.getMap('registers').set(`${date.slice(8)}|${name}|${vault.device}`, value)
        },
        { name: `month/${date.slice(0, 7)}` },
      )
      const { vault: owner, doc, device, docSeq } = act.header
      rows.push([owner, doc, device, docSeq, act.bytes])
    }
  }
  const inbox = createInbox(parts)
  const ms = await timed(() =>
    documents.write(async (tx) => {
      await storeRows(tx, rows)
      await inbox.advance(tx)
    }),
  )
  const there = await countDays(client)
  await close()
  if (there !== dayCount) throw new Error(`${there} of ${dayCount} days were replayed`)
  return { ms, updates: rows.length }
}

export async function measureTenYears(server: string): Promise<Figure[]> {
  const ms = await bring(server)
  const raw = await replay(server)
  return [
    figure({
      name: 'ten years on a fresh device',
      value: ms,
      unit: 'ms',
      bar: { of: 'value', most: 2000 },
    }),
    figure({
      name: `beside ${raw.updates} updates replayed`,
      value: ms,
      unit: 'ms',
      against: raw.ms,
      bar: { of: 'ratio', most: 0.1 },
    }),
  ]
}
