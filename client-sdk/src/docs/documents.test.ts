import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { addDevice } from '../testing/test-vault.ts'
import { createTestAuthor } from '../testing/test-author.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { updateBytes } from './documents.ts'
import { readNote } from './note.ts'
import { copyInPieces } from './pieces.ts'
import { readRegisters } from './register.ts'

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

const put = (key: string, value: unknown) => (doc: Y.Doc) => {
  doc.getMap('registers').set(key, [1, 0, value])
}
const state = async (name: string): Promise<unknown> =>
  (await device.parts.documents.read(name)).getMap('registers').toJSON()
const pending = async (): Promise<number> =>
  (await device.parts.store.query('SELECT 1 FROM pending_edits')).length

describe('an edit', () => {
  test('whose transaction fails is gone everywhere, also for writers that were waiting', async () => {
    const { documents } = device.parts
    const failing = documents.write(async (tx) => {
      await documents.edit(tx, 'a', put('lost', 1))
      throw new Error('no')
    })
    const next = documents.write((tx) => documents.edit(tx, 'a', put('kept', 2)))
    await expect(failing).rejects.toThrow('no')
    await next
    expect(await state('a')).toEqual({ kept: [1, 0, 2] })
    const updates = await device.parts.store.query<{ content: Uint8Array }>(
      'SELECT content FROM pending_edits',
    )
    const replayed = new Y.Doc()
    for (const { content } of updates) Y.applyUpdate(replayed, content)
    expect(replayed.getMap('registers').toJSON()).toEqual({ kept: [1, 0, 2] })
  })

  test('and a log entry of a failed transaction are taken back before the next writer', async () => {
    const { crypto, documents, vault } = device.parts
    const before = vault.view()
    const other = createTestAuthor(crypto, { view: vault.view, epochKey: vault.epoch().key })
    const log = { view: before, author: vault.keys, epochKey: vault.epoch().key }
    const entry = addDevice(crypto, log, other.keys)
    const failing = documents.write(async (tx) => {
      await vault.append(tx, entry)
      throw new Error('no')
    })
    const seen = documents.write(async () => vault.view().hashes.length)
    await expect(failing).rejects.toThrow('no')
    expect(await seen).toBe(before.hashes.length)
    expect(await documents.write((tx) => vault.append(tx, entry))).toBeUndefined()
    expect(vault.members().map(({ id }) => id)).toContain(other.keys.id)
  })

  test('that changes nothing is no edit, and one beyond an envelope is refused whole', async () => {
    const { documents } = device.parts
    const before = await pending()
    expect(await documents.write((tx) => documents.edit(tx, 'b', () => {}))).toBeUndefined()
    const large = documents.write((tx) =>
      documents.edit(tx, 'b', put('large', 'x'.repeat(updateBytes))),
    )
    await expect(large).rejects.toMatchObject({ code: 'doc/too-large' })
    expect([await state('b'), await pending()]).toEqual([{}, before])
  })

  test('that SQL refuses in its derivation is refused whole', async () => {
    const { documents, store } = device.parts
    const before = await pending()
    const broken = documents.write(async (tx) => {
      await documents.edit(tx, 'b', put('x', 1))
      await tx.query('SELECT * FROM nowhere')
    })
    await expect(broken).rejects.toThrow(/nowhere/)
    expect([await state('b'), await pending()]).toEqual([{}, before])
    expect(await store.query("SELECT 1 FROM documents WHERE name = 'b'")).toEqual([])
  })
})

describe('W28 a document', () => {
  test('that is opened anew writes under another client id', async () => {
    const { documents } = device.parts
    const ids = await Promise.all([1, 2, 3].map(async () => (await documents.read('a')).clientID))
    expect(new Set(ids).size).toBe(3)
  })
})

describe('copying in pieces', () => {
  test('gives the same content in updates that fit', () => {
    const from = new Y.Doc()
    const long = '𝄞語é'.repeat(3_000)
    for (let day = 1; day <= 31; day++) {
      put(`${day}|pain.note|writer`, long.slice(0, 9_000))(from)
      from.getText(`note/${day}`).insert(0, long.repeat(2))
    }
    from.getMap('registers').set('1|cleared|writer', [7, 3, null])
    const into = new Y.Doc()
    const updates = copyInPieces(from, into)
    expect(updates.length).toBeGreaterThan(10)
    for (const update of updates) expect(update.length).toBeLessThan(updateBytes)
    const received = new Y.Doc()
    for (const update of updates) Y.applyUpdate(received, update)
    for (const copy of [into, received]) {
      expect(readRegisters(copy)).toEqual(readRegisters(from))
      for (let day = 1; day <= 31; day++)
        expect(readNote(copy, String(day))).toBe(readNote(from, String(day)))
    }
  })
})

describe('taking a diary to another vault', () => {
  test('queues all of it, in envelopes that fit, and shows the same days', async () => {
    const { client, parts } = device
    const date = (n: number): CivilDate => `2026-05-${n}` as CivilDate
    for (let n = 10; n < 22; n++)
      await client.diary.edit(date(n), {
        'note.value': '語'.repeat(9_000),
        'sex.note': '語'.repeat(9_000),
      })
    const before = await until(client.diary.range(date(10), date(31)), () => true)
    await parts.documents.write((tx) => parts.documents.rehome(tx))
    const edits = await parts.store.query<{ content: Uint8Array; doc_id: string }>(
      'SELECT content, doc_id FROM pending_edits WHERE doc_id = $1 ORDER BY id',
      [parts.vault.docId('month/2026-05')],
    )
    expect(edits.length).toBeGreaterThan(2)
    const elsewhere = new Y.Doc()
    for (const { content } of edits) {
      expect(content.length).toBeLessThan(updateBytes)
      Y.applyUpdate(elsewhere, content)
    }
    expect(readNote(elsewhere, '12')).toBe('語'.repeat(9_000))
    expect(await until(client.diary.range(date(10), date(31)), () => true)).toEqual(before)
    await client.diary.edit(date(12), { 'bleeding.value': 1 })
    await client.diary.rebuild()
    const after = await until(client.diary.range(date(10), date(31)), () => true)
    expect(after.find((day) => day.date === date(12))!.values['bleeding.value']).toBe(1)
  })
})
