import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { createClient, type Client } from '../index.ts'
import { memoryPlatform } from '../testing/index.ts'

const date = '2026-03-10' as CivilDate
let client: Client
let text: string
beforeAll(async () => {
  client = await createClient({ platform: memoryPlatform(), deviceLabel: 'my phone' })
  await client.diary.edit(date, { 'bleeding.value': 2, 'note.value': 'hello' })
  await client.episodes.put({ kind: 'pregnancy', from: '2024-02-01' as CivilDate })
  await client.profile.set({ weightUnit: 'kg' })
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
        reminders: { rules: [] },
        contacts: [],
        addresses: [{ kind: 'phone', name: 'Grandma', address: '112' }],
        alerts: { own: [{ kind: 'test', phase: 'queued' }], others: [] },
        devices: [{ kind: 'device', label: 'my phone', removed: false }],
      },
    })
  })

  test('is read back by an import', async () => {
    await using other = await createClient({ platform: memoryPlatform() })
    const preview = await other.diary.preview(text)
    expect(preview).toMatchObject({ format: 'diary-json', days: 1, changing: 1, faults: [] })
  })

  test('has no key and no id', () => {
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
    expect(text).not.toMatch(/[A-Za-z0-9_-]{40}/)
  })
})
