import { documentSnapshot, encode, encodeCovers } from '@selene/shapes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { civilDate, type CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles } from '../store/memory-files.ts'
import { memoryKeychain } from '../store/memory-keychain.ts'
import { createTestAuthor, type TestAuthor, type WrittenEnvelope } from '../testing/test-author.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { addDevice } from '../testing/test-vault.ts'
import { createCompaction } from './compaction.ts'
import { createInbox } from './inbox.ts'
import { copyInPieces } from './pieces.ts'
import { createSnapshots } from './snapshots.ts'
import { documentOf, stateHash } from './state-hash.ts'

const files = memoryFiles(await bakedImage())
const keychain = memoryKeychain()
let device: TestDevice
let author: TestAuthor
const day = (text: string): CivilDate => civilDate(text)!

beforeAll(async () => {
  device = await openTestDevice({ files, keychain })
  const { crypto, vault, documents } = device.parts
  author = createTestAuthor(crypto, { view: vault.view, epochKey: vault.epoch().key })
  const log = { view: vault.view(), author: vault.keys, epochKey: vault.epoch().key }
  const entry = addDevice(crypto, log, author.keys)
  expect(await documents.write((tx) => vault.append(tx, entry))).toBeUndefined()
})
afterAll(() => device.client.close())

/** Puts envelopes where the shapes' readers would, and takes them. */
async function arrive(...envelopes: readonly WrittenEnvelope[]): Promise<void> {
  const { documents, vault } = device.parts
  const snapshots = createSnapshots({ ...device.parts, enqueue: () => Promise.resolve() })
  await documents.write(async (tx) => {
    for (const { header, bytes } of envelopes) {
      const { doc, device: by, docSeq } = header
      const place = [vault.view().vault, doc]
      await (header.kind === 'snapshot'
        ? tx.query('INSERT INTO shape_rows_doc_snapshots VALUES ($1, $2, $3, $4)', [
            ...place,
            docSeq,
            bytes,
          ])
        : tx.query('INSERT INTO shape_rows_doc_updates VALUES ($1, $2, $3, $4, $5)', [
            ...place,
            by,
            docSeq,
            bytes,
          ]))
    }
    await createInbox(device.parts).advance(tx)
    await snapshots.check(tx)
  })
}

const set =
  (key: string, value: unknown) =>
  (doc: Y.Doc): void => {
    doc.getMap('registers').set(`${key}|${author.keys.id}`, [1, 0, value])
  }
const valuesOf = async (date: string) =>
  (await until(device.client.diary.day(day(date)), () => true)).values
const count = async (table: string): Promise<number> =>
  (await device.parts.store.query(`SELECT 1 FROM ${table}`)).length
const wished = () =>
  device.parts.documents.write((tx) =>
    createCompaction({ ...device.parts, after: { envelopes: 1, bytes: 1 } }).wish(tx),
  )
const newer = { code: 'doc/newer-schema' }

test('W31 a document with an envelope of a newer major is kept, shown as far as known, and not written to', async () => {
  const name = 'month/2026-03'
  const known = author.write(set('10|bleeding.value', 1), { name })
  const ahead = author.write(set('10|bleeding.value', 3), { name, schemaMajor: 2 })
  const behind = author.write(set('11|bleeding.value', 2), { name })
  await arrive(known, ahead, behind)
  expect(await valuesOf('2026-03-10')).toEqual({ 'bleeding.value': 1 })
  expect(await valuesOf('2026-03-11')).toEqual({})
  const { diary, sync } = device.client
  const before = [await count('pending_edits'), await device.parts.documents.read(name)] as const
  await expect(diary.edit(day('2026-03-12'), { 'mood.sad': true })).rejects.toMatchObject(newer)
  const file = 'date,bleeding.value\n2026-03-13,3\n2026-06-13,3\n'
  await expect((await diary.preview(file)).commit()).rejects.toMatchObject(newer)
  expect(await valuesOf('2026-06-13')).toEqual({})
  expect(await count('pending_edits')).toBe(before[0])
  const after = await device.parts.documents.read(name)
  expect(Y.encodeStateAsUpdate(after)).toEqual(Y.encodeStateAsUpdate(before[1]))
  expect(await wished()).toBe(false)
  expect(await until(sync.quarantined, () => true)).toMatchObject([{ docSeq: 2, ...newer }])
  await diary.edit(day('2026-04-12'), { 'mood.sad': true })
  expect(await valuesOf('2026-04-12')).toEqual({ 'mood.sad': true })
})

test('W31 what of known majors still comes is merged, and content whose layout is unknown waits whole', async () => {
  const name = 'month/2026-03'
  const { crypto, vault, documents } = device.parts
  const other = createTestAuthor(crypto, { view: vault.view, epochKey: vault.epoch().key })
  const log = { view: vault.view(), author: vault.keys, epochKey: vault.epoch().key }
  const entry = addDevice(crypto, log, other.keys)
  expect(await documents.write((tx) => vault.append(tx, entry))).toBeUndefined()
  await arrive(
    other.write((doc) => doc.getMap('registers').set('20|mood.sad|x', [1, 0, true]), { name }),
    other.write(() => {}, { name, content: new Uint8Array([9, 1, 2]) }),
  )
  expect(await valuesOf('2026-03-20')).toEqual({ 'mood.sad': true })
  const { quarantined } = device.client.sync
  const listed = await until(quarantined, (rows) => rows.length === 2)
  expect(listed.map(({ code }) => code)).toEqual([newer.code, newer.code])
})

test('W31 a snapshot of a newer major makes a document read-only too; it is neither taken nor called bad', async () => {
  const name = 'month/2026-05'
  const { crypto, store } = device.parts
  const known = author.write(set('10|bleeding.value', 1), { name })
  await arrive(known)
  const state = Y.encodeStateAsUpdate(author.doc(name))
  const content = encode(documentSnapshot, {
    schemaMajor: 2,
    schemaMinor: 0,
    at: 1,
    name,
    stateHash: stateHash(crypto, documentOf([state])),
    state,
  })
  const covers = [{ device: author.keys.id, docSeq: 1, hash: known.hash }]
  const snapshot = author.write(() => {}, {
    name,
    content,
    header: {
      kind: 'snapshot',
      docSeq: 1,
      docPrev: new Uint8Array(32),
      ext: encodeCovers(covers),
    },
  })
  await arrive(snapshot)
  const edit = device.client.diary.edit(day('2026-05-12'), { 'mood.sad': true })
  await expect(edit).rejects.toMatchObject(newer)
  expect(await store.query('SELECT found FROM snapshot_checks')).toEqual([{ found: newer.code }])
  expect(await count('doc_bases')).toBe(0)
  expect(await wished()).toBe(false)
})

test('W31 unknown registers, notes and minor versions survive edits and copies of the document', async () => {
  const name = 'month/2026-07'
  const { documents } = device.parts
  await arrive(
    author.write(
      (doc) => {
        doc.getMap('registers').set('10|of the future|x', [1, 0, { deep: [1] }])
        doc.getMap('registers').set('a whole new thing', 'text')
        doc.getText('note/of the future').insert(0, 'kept')
      },
      { name },
    ),
  )
  await device.client.diary.edit(day('2026-07-10'), { 'mood.sad': true })
  const held = await documents.read(name)
  const copy = new Y.Doc()
  copyInPieces(held, copy)
  for (const doc of [held, copy]) {
    expect(doc.getMap('registers').toJSON()).toMatchObject({
      '10|of the future|x': [1, 0, { deep: [1] }],
      'a whole new thing': 'text',
    })
    expect(doc.getText('note/of the future').toJSON()).toBe('kept')
  }
})

test('W31 an app that knows the schema goes on where another has waited', async () => {
  const name = 'month/2026-08'
  const { store } = device.parts
  const waited = author.write(set('10|bleeding.value', 2), { name })
  await store.write(async (tx) => {
    const { doc, docSeq } = waited.header
    await tx.query('INSERT INTO shape_rows_doc_updates VALUES ($1, $2, $3, $4, $5)', [
      waited.header.vault,
      doc,
      author.keys.id,
      docSeq,
      waited.bytes,
    ])
    await tx.query("INSERT INTO quarantine VALUES ($1, $2, $3, 'doc/newer-schema')", [
      doc,
      author.keys.id,
      docSeq,
    ])
  })
  const edit = device.client.diary.edit(day('2026-08-10'), { 'mood.sad': true })
  await expect(edit).rejects.toMatchObject(newer)
  await device.client.close()
  device = await openTestDevice({ files, keychain })
  expect(await valuesOf('2026-08-10')).toEqual({ 'bleeding.value': 2 })
  await device.client.diary.edit(day('2026-08-10'), { 'mood.sad': true })
  expect(await valuesOf('2026-08-10')).toEqual({ 'bleeding.value': 2, 'mood.sad': true })
})
