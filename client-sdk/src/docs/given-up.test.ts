import { decode, documentVoid, encode, parseEnvelope } from '@selene/shapes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Doc } from 'yjs'
import { until } from '../core/live.ts'
import { openEnvelope } from '../crypto/envelope.ts'
import { createTestAuthor, type WrittenEnvelope } from '../testing/test-author.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { addDevice } from '../testing/test-vault.ts'
import { createCompaction } from './compaction.ts'
import { createInbox } from './inbox.ts'
import { createSealer } from './sealer.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

async function arrive(...envelopes: readonly WrittenEnvelope[]): Promise<void> {
  const { documents, vault } = device.parts
  await documents.write(async (tx) => {
    for (const { header, bytes } of envelopes)
      await tx.query('INSERT INTO shape_rows_doc_updates VALUES ($1, $2, $3, $4, $5)', [
        vault.view().vault,
        header.doc,
        header.device,
        header.docSeq,
        bytes,
      ])
    await createInbox(device.parts).advance(tx)
  })
}

test('W27 what a person gives up leaves the list on all devices, and snapshots pass over it', async () => {
  const { crypto, vault, documents } = device.parts
  const keys = { view: vault.view, epochKey: vault.epoch().key }
  const [author, tablet] = [createTestAuthor(crypto, keys), createTestAuthor(crypto, keys)]
  for (const { keys: added } of [author, tablet]) {
    const log = { view: vault.view(), author: vault.keys, epochKey: vault.epoch().key }
    await documents.write((tx) => vault.append(tx, addDevice(crypto, log, added)))
  }
  const set = (field: string) => (doc: Doc) => {
    doc.getMap('registers').set(`10|${field}|${author.keys.id}`, [1, 0, true])
  }
  const good = author.write(set('mood.happy'))
  const shut = author.write(set('mood.sad'), { epochKey: new Uint8Array(32) })
  await arrive(good, shut, author.write(set('mood.anxious')))
  const place = { docId: good.header.doc, deviceId: author.keys.id, docSeq: 2 }
  const { sync } = device.client
  const [listed] = await until(sync.quarantined, (rows) => rows.length > 0)
  expect(listed).toMatchObject({ ...place, code: 'crypto/wrong-key', givable: true })
  await expect(sync.giveUp({ ...place, docSeq: 1 })).rejects.toThrow(TypeError)

  const compaction = createCompaction({ crypto, vault, after: { envelopes: 1, bytes: 1 } })
  const coversTo = () =>
    documents.write(async (tx) => (await compaction.draft(tx, place.docId))?.covers[0]?.docSeq)
  expect(await coversTo()).toBe(1)
  await sync.giveUp(place)
  expect(await until(sync.quarantined, () => true)).toEqual([])
  expect(await coversTo()).toBe(3)
  await expect(sync.giveUp(place)).rejects.toThrow(TypeError)

  const sealer = createSealer({ crypto, vault, clock: device.clock, compaction })
  const sealed = await documents.write((tx) => sealer.next(tx, 1))
  const parsed = parseEnvelope(sealed!.body)
  if (!parsed.ok) throw new Error(parsed.code)
  expect([sealed!.kind, parsed.value.header.kind]).toEqual(['doc.void', 'void'])
  const opened = openEnvelope(crypto, vault.epoch().key, parsed.value)
  const read = opened.ok && decode(documentVoid, opened.content)
  const given = read && read.ok && read.value.given
  expect(given).toEqual([{ device: author.keys.id, docSeq: 2, hash: shut.hash }])

  // Another device's void does the same here.
  const other = author.write(set('mood.calm'), { epochKey: new Uint8Array(32) })
  await arrive(other)
  expect(await until(sync.quarantined, (rows) => rows.length > 0)).toHaveLength(1)
  await arrive(
    tablet.write(() => {}, {
      header: { kind: 'void' },
      content: encode(documentVoid, {
        schemaMajor: 1,
        schemaMinor: 0,
        at: 1,
        name: 'month/2026-03',
        given: [{ device: author.keys.id, docSeq: 4, hash: other.hash }],
      }),
    }),
  )
  expect(await until(sync.quarantined, (rows) => rows.length === 0)).toEqual([])
})
