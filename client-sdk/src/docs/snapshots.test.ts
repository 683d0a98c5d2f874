import {
  decode,
  documentSnapshot,
  encode,
  encodeCovers,
  parseEnvelope,
  snapshotVerdict,
  type Cover,
  type EnvelopeHeader,
} from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openEnvelope } from '../crypto/envelope.ts'
import { addDevice } from '../testing/test-vault.ts'
import { createTestAuthor, type TestAuthor, type WrittenEnvelope } from '../testing/test-author.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { createCompaction } from './compaction.ts'
import { createInbox, type Inbox } from './inbox.ts'
import { readRegisters } from './register.ts'
import { createSealer } from './sealer.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'
import { documentOf, stateHash } from './state-hash.ts'

const name = 'month/2026-03'

let device: TestDevice
let inbox: Inbox
let snapshots: Snapshots
let author: TestAuthor
let verdicts: { number: number; verdict: string }[]

beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

/** Every test has an author of its own and begins with nothing. */
beforeEach(async () => {
  const { parts } = device
  const { crypto, vault } = parts
  verdicts = []
  inbox = createInbox(parts)
  snapshots = createSnapshots({
    ...parts,
    async enqueue(_, { body }) {
      const read = decode(snapshotVerdict, body)
      if (read.ok) verdicts.push({ number: read.value.number, verdict: read.value.verdict })
    },
  })
  await parts.documents.write(async (tx) => {
    await parts.documents.rehome(tx)
    await tx.script(`DELETE FROM shape_rows_doc_updates; DELETE FROM shape_rows_doc_snapshots;
        DELETE FROM documents; DELETE FROM pending_edits`)
    await parts.documents.derive(tx)
  })
  await parts.documents.write(() => Promise.reject(new Error('begin anew'))).catch(() => {})
  author = createTestAuthor(crypto, { view: vault.view, epochKey: vault.epoch().key })
  const entry = addDevice(
    crypto,
    { view: vault.view(), author: vault.keys, epochKey: vault.epoch().key },
    author.keys,
  )
  expect(await parts.documents.write((tx) => vault.append(tx, entry))).toBeUndefined()
})

const set =
  (field: string, value: unknown) =>
  (doc: Y.Doc): void => {
    doc.getMap('registers').set(`10|${field}|${author.keys.id}`, [1, 0, value])
  }

async function arrive(...envelopes: readonly WrittenEnvelope[]): Promise<void> {
  const { documents, vault } = device.parts
  await documents.write(async (tx) => {
    for (const { header, bytes } of envelopes)
      await (header.kind === 'snapshot'
        ? tx.query(
            `INSERT INTO shape_rows_doc_snapshots VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
            [vault.view().vault, header.doc, header.docSeq, bytes],
          )
        : tx.query('INSERT INTO shape_rows_doc_updates VALUES ($1, $2, $3, $4, $5)', [
            vault.view().vault,
            header.doc,
            header.device,
            header.docSeq,
            bytes,
          ]))
    await inbox.advance(tx)
    await snapshots.check(tx)
  })
}

/** A snapshot that covers the author's envelopes up to `last`, of what they come to unless told otherwise. */
function snapshotOf(
  last: WrittenEnvelope,
  {
    state,
    hash,
    ...changes
  }: { state?: Uint8Array; hash?: Uint8Array } & Partial<EnvelopeHeader> = {},
): WrittenEnvelope {
  const { crypto } = device.parts
  const said = state ?? Y.encodeStateAsUpdate(author.doc(name))
  const covers: Cover[] = [{ device: author.keys.id, docSeq: last.header.docSeq, hash: last.hash }]
  const content = encode(documentSnapshot, {
    schemaMajor: 1,
    schemaMinor: 0,
    at: 1,
    name,
    stateHash: hash ?? stateHash(crypto, documentOf([said])),
    state: said,
  })
  const beside = createTestAuthor(
    crypto,
    { view: device.parts.vault.view, epochKey: device.parts.vault.epoch().key },
    author.keys,
  )
  return beside.write(() => {}, {
    name,
    content,
    header: {
      kind: 'snapshot',
      deviceSeq: 900,
      docSeq: 1,
      docPrev: new Uint8Array(32),
      ext: encodeCovers(covers),
      ...changes,
    },
  })
}

async function values(): Promise<Record<string, unknown>> {
  const registers = readRegisters(await device.parts.documents.read(name))
  return Object.fromEntries([...registers].map(([subject, [first]]) => [subject, first!.value]))
}
const found = (): Promise<object[]> =>
  device.parts.store.query('SELECT number, found FROM snapshot_checks ORDER BY number')
const fill = () => device.parts.documents.write((tx) => snapshots.fillGaps(tx))

describe('W25 a snapshot of another device', () => {
  test('that is what it covers is confirmed, before or after its envelopes come', async () => {
    const [a, b] = [author.write(set('bleeding.value', 1)), author.write(set('pain.cramps', true))]
    await arrive(snapshotOf(b))
    expect([await found(), verdicts]).toEqual([[], []])
    await arrive(a, b)
    expect(await found()).toEqual([{ number: 1, found: 'ok' }])
    expect(verdicts).toEqual([{ number: 1, verdict: 'ok' }])
  })

  test('that prunes what it never merged is bad, and nothing of it is taken', async () => {
    const early = author.write(set('bleeding.value', 1))
    const state = Y.encodeStateAsUpdate(author.doc(name))
    const late = author.write(set('pain.cramps', true))
    await arrive(early, late, snapshotOf(late, { state }))
    expect(await found()).toEqual([{ number: 1, found: 'doc/snapshot-bad' }])
    expect(verdicts).toEqual([{ number: 1, verdict: 'bad' }])
    expect(await values()).toEqual({ '10|bleeding.value': 1, '10|pain.cramps': true })
  })

  test('with the state vector of what it covers and other content is bad', async () => {
    const only = author.write(set('bleeding.value', 3))
    const real = author.doc(name)
    const altered = new Y.Doc()
    altered.clientID = real.clientID
    altered.getMap('registers').set(`10|bleeding.value|${author.keys.id}`, [1, 0, 0])
    const state = Y.encodeStateAsUpdate(altered)
    expect(Y.encodeStateVector(altered)).toEqual(Y.encodeStateVector(real))
    await arrive(only, snapshotOf(only, { state }))
    expect(verdicts).toEqual([{ number: 1, verdict: 'bad' }])
    expect(await values()).toEqual({ '10|bleeding.value': 3 })
  })

  test.each([
    ['that does not say its hash', { hash: new Uint8Array(32) }],
    ['whose state Yjs refuses', { state: Uint8Array.of(255, 255, 1), hash: new Uint8Array(32) }],
    ['that covers nothing', { ext: new Uint8Array(2) }],
  ])('%s is bad', async (_, changes) => {
    const only = author.write(set('bleeding.value', 1))
    await arrive(only, snapshotOf(only, changes))
    expect(verdicts).toEqual([{ number: 1, verdict: 'bad' }])
  })

  test('that passes over an envelope which does not open here gets no verdict', async () => {
    const good = author.write(set('bleeding.value', 1))
    const shut = author.write(set('mood.sad', true), { epochKey: new Uint8Array(32) })
    await arrive(good, shut, snapshotOf(shut))
    expect([await found(), verdicts]).toEqual([[], []])
  })

  test('signed by a stranger is nobody’s', async () => {
    const only = author.write(set('bleeding.value', 1))
    const forged = snapshotOf(only)
    forged.bytes[forged.bytes.length - 1]! ^= 1
    await arrive(only, forged)
    expect([await found(), verdicts]).toEqual([[], []])
  })
})

describe('W25 a snapshot whose envelopes are gone', () => {
  test('is taken, and its chains go on from the covers', async () => {
    const gone = author.write(set('bleeding.value', 1))
    const snapshot = snapshotOf(gone)
    const next = author.write(set('pain.cramps', true))
    await arrive(snapshot, next)
    expect(await values()).toEqual({})
    expect(await snapshots.hasGaps(device.parts.store)).toBe(true)
    expect(await fill()).toBe(true)
    await arrive()
    expect(await values()).toEqual({ '10|bleeding.value': 1, '10|pain.cramps': true })
    expect([await found(), verdicts]).toEqual([[{ number: 1, found: 'taken' }], []])
    expect(await fill()).toBe(false)
  })

  test('W26 what this device holds beyond it becomes an update of its own', async () => {
    const { documents, store } = device.parts
    const held = new Y.Doc()
    held.getMap('registers').set('11|mood.happy|someone', [1, 0, true])
    const id = device.parts.vault.docId(name)
    await documents.write((tx) => documents.merge(tx, { id, name }, [Y.encodeStateAsUpdate(held)]))
    await arrive(snapshotOf(author.write(set('bleeding.value', 1))))
    await fill()
    const [edit, ...more] = await store.query<{ content: Uint8Array }>(
      'SELECT content FROM pending_edits',
    )
    expect(more).toEqual([])
    const published = documentOf([edit!.content])
    expect(published.getMap('registers').toJSON()).toEqual({
      '11|mood.happy|someone': [1, 0, true],
    })
  })
})

describe('W24 a snapshot of its own', () => {
  const after = { envelopes: 3, bytes: 1_000_000 }
  const compaction = () => createCompaction({ ...device.parts, after })
  const wish = () => device.parts.documents.write((tx) => compaction().wish(tx))
  const seal = () => {
    const sealer = createSealer({ ...device.parts, clock: device.clock, compaction: compaction() })
    return device.parts.documents.write((tx) => sealer.next(tx, 7))
  }

  function contentOf(bytes: Uint8Array) {
    const parsed = parseEnvelope(bytes)
    if (!parsed.ok) throw new Error(parsed.code)
    const opened = openEnvelope(device.parts.crypto, device.parts.vault.epoch().key, parsed.value)
    const read = opened.ok && decode(documentSnapshot, opened.content)
    if (!read || !read.ok) throw new Error('not a snapshot')
    return documentOf([read.value.state]).getMap('registers').toJSON()
  }

  test('is made of the sealed envelopes alone, once there are enough', async () => {
    await arrive(author.write(set('bleeding.value', 1)), author.write(set('pain.cramps', true)))
    expect(await wish()).toBe(false)
    await arrive(author.write(set('mood.happy', true)))
    // An edit that nobody has yet is no part of it.
    await device.client.diary.edit('2026-03-12' as never, { 'mood.sad': true })
    expect(await wish()).toBe(true)
    expect((await seal())?.kind).toBe('doc.update')
    const sealed = await seal()
    expect([sealed?.kind, sealed?.envelope?.docSeq]).toEqual(['doc.snapshot', 1])
    expect(Object.keys(contentOf(sealed!.body))).toHaveLength(3)
  })

  test('W27 stops before an envelope that is set aside', async () => {
    const envelopes = ['a', 'b', 'c'].map((field) => author.write(set(field, 1)))
    const shut = author.write(set('d', 1), { epochKey: new Uint8Array(32) })
    await arrive(...envelopes, shut, author.write(set('e', 1)))
    const draft = await device.parts.documents.write((tx) =>
      compaction().draft(tx, device.parts.vault.docId(name)),
    )
    expect(draft?.covers).toEqual([{ device: author.keys.id, docSeq: 3, hash: envelopes[2]!.hash }])
  })

  test('is made upon the last good one, under a number of its own, and not again after that of another', async () => {
    const envelopes = ['a', 'b', 'c'].map((field) => author.write(set(field, 1)))
    await arrive(...envelopes, snapshotOf(envelopes[2]!, { hash: new Uint8Array(32) }))
    const draft = await device.parts.documents.write((tx) =>
      compaction().draft(tx, device.parts.vault.docId(name)),
    )
    expect([draft?.number, draft?.parent]).toEqual([2, new Uint8Array(32)])
    await arrive(snapshotOf(envelopes[2]!, { docSeq: 2 }))
    expect(await found()).toHaveLength(2)
    expect(await wish()).toBe(false)
  })
})
