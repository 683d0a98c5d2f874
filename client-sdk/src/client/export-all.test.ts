import type { ContactId, GrantId } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { createLive } from '../core/live.ts'
import { createSignal } from '../core/signal.ts'
import { createClient, type Client, type Grants } from '../index.ts'
import { memoryPlatform, openClient, type ClientParts } from '../testing/index.ts'
import { exportAll } from './export-all.ts'

const date = '2026-03-10' as CivilDate
const endsAt = Date.UTC(2027, 0, 1)
let client: Client
let parts: ClientParts
let text: string
beforeAll(async () => {
  const opened = await openClient({ platform: memoryPlatform(), deviceLabel: 'my phone' })
  ;({ client, parts } = opened)
  await client.diary.edit(date, { 'bleeding.value': 2, 'note.value': 'hello' })
  await client.episodes.put({ kind: 'pregnancy', from: '2024-02-01' as CivilDate })
  await client.profile.set({ weightUnit: 'kg' })
  await client.settings.set({ theme: 'dark' })
  await client.contacts.setOwnName('Ada')
  await client.contacts.addAddress({ kind: 'phone', name: 'Grandma', address: '112' })
  await client.sos.raise({ kind: 'test', note: 'only a test' })
  text = await (await client.exportAll()).text()
})
afterAll(() => client.close())

describe('C123 the export of everything', () => {
  test('is one JSON with days, times, settings, names, alerts and devices', () => {
    expect(JSON.parse(text)).toMatchObject({
      format: 'selene-diary',
      version: 1,
      days: [{ date, values: { 'bleeding.value': 2, 'note.value': 'hello' } }],
      episodes: [{ kind: 'pregnancy', from: '2024-02-01' }],
      more: {
        version: 1,
        ownName: 'Ada',
        profile: { weightUnit: 'kg' },
        settings: { theme: 'dark' },
        reminders: { rules: [] },
        contacts: [],
        addresses: [{ kind: 'phone', name: 'Grandma', address: '112' }],
        grants: { given: [], received: [] },
        alerts: { own: [{ kind: 'test', phase: 'queued' }], others: [] },
        devices: [{ kind: 'device', label: 'my phone', removed: false }],
        setAside: { refused: [], quarantined: [] },
      },
    })
  })

  test('says who may read what, and not what others let her read', async () => {
    const days = [{ date, values: { 'note.value': 'not hers' } }]
    const grants: Grants = {
      ...client.grants,
      given: live([{ ...standing, from: date, refused: 'contact/unknown' }]),
      received: live([{ ...standing, days, forecast: [] }]),
    }
    const file = await (await exportAll({ ...client, grants }, parts.vault)).text()
    const until = new Date(endsAt).toISOString()
    const terms = { scope: ['periods'], until }
    expect(JSON.parse(file)).toMatchObject({
      more: {
        grants: {
          given: [{ to: 'Bea', from: date, refused: 'contact/unknown', ...terms }],
          received: [{ from: 'Bea', ...terms }],
        },
      },
    })
    expect(file).not.toContain('not hers')
    expectNoKeyNorId(file)
  })

  test('holds what is set aside, with what it wrote', async () => {
    await parts.store.write((tx) =>
      tx.script(`
        INSERT INTO set_aside SELECT op_id, 'doc.update', doc_id, content, 'doc/too-large', ${endsAt}
          FROM pending_edits ORDER BY at, op_id LIMIT 1;
        INSERT INTO quarantine SELECT doc_id, '${parts.vault.device}', 7, 'crypto/damaged'
          FROM documents LIMIT 1`),
    )
    const file = await (await client.exportAll()).text()
    expect(JSON.parse(file)).toMatchObject({
      more: {
        setAside: {
          refused: [
            {
              kind: 'doc.update',
              code: 'doc/too-large',
              at: new Date(endsAt).toISOString(),
              days: [{ date, values: { 'bleeding.value': 2, 'note.value': 'hello' } }],
            },
          ],
          quarantined: [{ kind: 'envelope', code: 'crypto/damaged', device: 'my phone' }],
        },
      },
    })
    expectNoKeyNorId(file)
  })

  test('is read back by an import', async () => {
    await using other = await createClient({ platform: memoryPlatform() })
    const preview = await other.diary.preview(text)
    expect(preview).toMatchObject({ format: 'diary-json', days: 1, changing: 1, faults: [] })
  })

  test('has no key and no id', () => expectNoKeyNorId(text))
})

function expectNoKeyNorId(file: string): void {
  expect(file).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  expect(file).not.toMatch(/[A-Za-z0-9_-]{40}/)
}

const standing = {
  id: '11111111-1111-4111-8111-111111111111' as GrantId,
  contact: '22222222-2222-4222-8222-222222222222' as ContactId,
  name: 'Bea',
  scope: ['periods'],
  expiresAt: endsAt,
} as const
const live = <T>(value: T) => createLive(async () => value, createSignal())
