import { docUpdates, type DocId } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { addDevice } from '../testing/test-vault.ts'
import { createTestAuthor, type TestAuthor, type WrittenEnvelope } from '../testing/test-author.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { missingLinks } from './heads.ts'
import { createInbox, forgetVanished, type Inbox } from './inbox.ts'
import { readRegisters } from './register.ts'

const name = 'month/2026-03'

let device: TestDevice
let inbox: Inbox
let author: TestAuthor

beforeAll(async () => {
  device = await openTestDevice()
  inbox = createInbox(device.parts)
})
afterAll(() => device.client.close())

/** Every test has an author of its own and begins with nothing. */
beforeEach(async () => {
  const { parts } = device
  const { crypto, vault } = parts
  await parts.documents.write(async (tx) => {
    await tx.script(`DELETE FROM shape_rows_doc_updates; DELETE FROM doc_heads;
        DELETE FROM quarantine; DELETE FROM documents; DELETE FROM pending_edits`)
    await parts.documents.derive(tx)
  })
  // A transaction that fails empties the cache of open documents.
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
  (field: string, value: unknown, day = '10') =>
  (doc: Doc): void => {
    doc.getMap('registers').set(`${day}|${field}|${author.keys.id}`, [1, 0, value])
  }

/** Puts rows where the shape's reader would, replacing what is there. */
async function arrive(...envelopes: readonly (WrittenEnvelope & { as?: Partial<Row> })[]) {
  const { parts } = device
  await parts.documents.write(async (tx) => {
    for (const { header, bytes, as } of envelopes) {
      const row = { doc_id: header.doc, device_id: header.device, doc_seq: header.docSeq, ...as }
      await tx.query(
        `INSERT INTO shape_rows_${docUpdates.name} VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (vault_id, doc_id, device_id, doc_seq) DO UPDATE SET envelope = excluded.envelope`,
        [parts.vault.view().vault, row.doc_id, row.device_id, row.doc_seq, bytes],
      )
    }
    await inbox.advance(tx)
  })
}
interface Row {
  readonly doc_id: DocId
  readonly device_id: string
  readonly doc_seq: number
}

/** What the day shows, by field. */
async function values(): Promise<Record<string, unknown>> {
  const registers = readRegisters(await device.parts.documents.read(name))
  return Object.fromEntries([...registers].map(([subject, [first]]) => [subject, first!.value]))
}
const quarantined = (): Promise<object[]> =>
  device.parts.store.query('SELECT doc_seq, code FROM quarantine ORDER BY doc_seq')
const heads = async (): Promise<number[]> =>
  (await device.parts.store.query<{ doc_seq: number }>('SELECT doc_seq FROM doc_heads')).map(
    ({ doc_seq }) => doc_seq,
  )

describe('W21 the chain of a device in a document', () => {
  test('is taken in its order, whatever order it comes in; a gap waits and then goes on', async () => {
    const [a, b, c] = [1, 2, 3].map((n) => author.write(set('bleeding.value', n)))
    await arrive(c!)
    await arrive(b!)
    expect([await values(), await heads(), await quarantined()]).toEqual([{}, [], []])
    await arrive(a!)
    expect([await values(), await heads()]).toEqual([{ '10|bleeding.value': 3 }, [3]])
  })

  test('is not changed by rows that come again', async () => {
    const envelopes = [1, 2].map((n) => author.write(set('bleeding.value', n)))
    await arrive(...envelopes)
    const before = await device.parts.store.query('SELECT * FROM documents')
    await arrive(...envelopes)
    expect(await device.parts.store.query('SELECT * FROM documents')).toEqual(before)
    expect(await heads()).toEqual([2])
  })

  test('waits at an envelope that does not continue it, shows it, and goes on with the true one', async () => {
    const a = author.write(set('bleeding.value', 1))
    const wrong = author.write(set('pain.cramps', true), {
      header: { docSeq: 2, docPrev: new Uint8Array(32).fill(7) },
    })
    await arrive(a, wrong)
    expect(await quarantined()).toEqual([{ doc_seq: 2, code: 'doc/chain' }])
    const other = createTestAuthor(
      device.parts.crypto,
      { view: device.parts.vault.view, epochKey: device.parts.vault.epoch().key },
      author.keys,
    )
    const again = other.write(set('bleeding.value', 1))
    const right = other.write(set('mood.happy', true), { header: { docSeq: 2, docPrev: a.hash } })
    expect(again.header.docSeq).toBe(1)
    await arrive(right)
    expect([await heads(), await quarantined()]).toEqual([[2], []])
  })

  test('W23 forgets nothing when rows vanish and come again', async () => {
    const envelopes = [1, 2].map((n) => author.write(set('bleeding.value', n)))
    await arrive(...envelopes)
    await device.parts.store.write((tx) => tx.script('DELETE FROM shape_rows_doc_updates'))
    await arrive()
    expect([await values(), await heads()]).toEqual([{ '10|bleeding.value': 2 }, [2]])
    await arrive(author.write(set('bleeding.value', 0)))
    expect(await values()).toEqual({ '10|bleeding.value': 0 })
  })
})

describe('W27 what cannot be opened', () => {
  test.each([
    ['sealed with another key', { epochKey: new Uint8Array(32) }, 'crypto/wrong-key'],
    ['of another layout', { content: new Uint8Array(3) }, 'wire/malformed'],
    ['that stands for a snapshot', { header: { kind: 'snapshot' } }, 'wire/malformed'],
    ['that Yjs refuses', { update: Uint8Array.of(255, 255, 255, 1) }, 'doc/unreadable'],
  ] as const)('%s is set apart, and its chain goes on', async (_, writing, code) => {
    await arrive(
      author.write(set('bleeding.value', 1)),
      author.write(() => {}, writing),
      author.write(set('pain.cramps', true)),
    )
    expect(await quarantined()).toEqual([{ doc_seq: 2, code }])
    expect([await values(), await heads()]).toEqual([
      { '10|bleeding.value': 1, '10|pain.cramps': true },
      [3],
    ])
  })

  test('named for another document is set apart', async () => {
    const real = author.write(set('bleeding.value', 1))
    const foreign = author.write(set('pain.cramps', true), {
      name: 'month/2026-04',
      header: { doc: real.header.doc, docSeq: 2, docPrev: real.hash },
    })
    await arrive(real, foreign)
    expect(await quarantined()).toEqual([{ doc_seq: 2, code: 'doc/foreign-id' }])
    expect(await values()).toEqual({ '10|bleeding.value': 1 })
  })

  test('half applied leaves no trace in the document', async () => {
    const good = author.write(set('bleeding.value', 1))
    const update = encodeStateAsUpdate(author.doc(name))
    const cut = author.write(() => {}, { update: update.slice(0, -3) })
    const last = author.write(set('mood.happy', true))
    await arrive(good, cut, last)
    expect(await quarantined()).toEqual([{ doc_seq: 2, code: 'doc/unreadable' }])
    expect(await values()).toEqual({ '10|bleeding.value': 1, '10|mood.happy': true })
  })

  test('that would make the document too large is set apart, and stops nothing', async () => {
    const long = (day: number): Uint8Array => {
      const doc = new Doc()
      doc.getText(`note/${day}`).insert(0, 'x'.repeat(5_000_000))
      return encodeStateAsUpdate(doc)
    }
    await arrive(
      author.write(() => {}, { update: long(1) }),
      author.write(() => {}, { update: long(2) }),
      author.write(set('bleeding.value', 2)),
    )
    expect(await quarantined()).toEqual([{ doc_seq: 2, code: 'doc/unreadable' }])
    expect(await values()).toEqual({ '10|bleeding.value': 2 })
  })
})

describe('what the verified log does not let count', () => {
  test('waits while it names an entry that is not known yet, and is not shown as broken', async () => {
    const early = author.write(set('bleeding.value', 1), { header: { logSeq: 99 } })
    await arrive(early)
    expect([await heads(), await quarantined()]).toEqual([[], []])
  })

  test('W18 is shown when its author saw another history', async () => {
    await arrive(
      author.write(set('bleeding.value', 1), { header: { logHash: new Uint8Array(16) } }),
    )
    expect(await quarantined()).toEqual([{ doc_seq: 1, code: 'vault/forked' }])
    expect(await values()).toEqual({})
  })

  test('W18 is no other history when its author did not sign it', async () => {
    const logHash = new Uint8Array(16)
    const claimed = author.write(set('bleeding.value', 1), { header: { logHash } })
    const bytes = claimed.bytes.map((byte, i) => (i === claimed.bytes.length - 1 ? byte ^ 1 : byte))
    await arrive({ ...claimed, bytes })
    expect(await quarantined()).toEqual([{ doc_seq: 1, code: 'crypto/bad-signature' }])
  })

  test('is not merged: a stranger, a bad signature, another place, bytes that are no envelope', async () => {
    const { crypto, vault } = device.parts
    const stranger = createTestAuthor(crypto, { view: vault.view, epochKey: vault.epoch().key })
    const unsigned = author.write(set('bleeding.value', 1))
    unsigned.bytes[unsigned.bytes.length - 1]! ^= 1
    const moved = author.write(set('bleeding.value', 1), { name: 'month/2026-04' })
    const garbage = author.write(set('bleeding.value', 1), { name: 'month/2026-05' })
    await arrive(
      stranger.write(set('bleeding.value', 1)),
      unsigned,
      { ...moved, as: { doc_seq: 1, device_id: vault.device } },
      { ...garbage, bytes: garbage.bytes.slice(0, 100) },
    )
    const codes = await device.parts.store.query<{ code: string }>(
      'SELECT code FROM quarantine ORDER BY code',
    )
    expect(codes.map(({ code }) => code)).toEqual([
      'crypto/bad-signature',
      'doc/chain',
      'vault/not-member',
      'wire/malformed',
    ])
    expect(await device.parts.store.query('SELECT * FROM documents')).toEqual([])
  })
})

describe('what the server does not give out', () => {
  test('W23 shows by what comes after it in its chain, and no more once it is there', async () => {
    const [first, second] = [1, 2].map((n) => author.write(set('bleeding.value', n)))
    const missing = (): Promise<string[]> => missingLinks(device.parts.store, device.parts)
    await arrive(second!)
    expect(await missing()).toEqual([`${second!.header.doc} ${author.keys.id} 1`])
    await arrive(first!)
    expect([await missing(), await heads()]).toEqual([[], [2]])
  })

  test('W27 any more leaves the list where a chain has waited at it', async () => {
    const forged = author.write(set('bleeding.value', 1))
    forged.bytes[forged.bytes.length - 1]! ^= 1
    const { documents, vault } = device.parts
    const forget = (): Promise<void> => documents.write((tx) => forgetVanished(tx, { vault }))
    await arrive(forged)
    await forget()
    expect(await quarantined()).toEqual([{ doc_seq: 1, code: 'crypto/bad-signature' }])
    await documents.write((tx) => tx.script('DELETE FROM shape_rows_doc_updates'))
    await forget()
    expect(await quarantined()).toEqual([])
  })
})

describe('W31 a document of a newer app', () => {
  test('waits whole, and is shown', async () => {
    await arrive(
      author.write(set('bleeding.value', 1), { schemaMajor: 2 }),
      author.write(set('bleeding.value', 2)),
    )
    expect([await heads(), await quarantined()]).toEqual([
      [],
      [{ doc_seq: 1, code: 'doc/newer-schema' }],
    ])
  })

  test.each(['month/not-a-month', 'month/2026-3', 'month/', 'something/else'])(
    'with a name of its own is kept, and stops nothing: %s',
    async (other) => {
      await arrive(
        author.write(set('bleeding.value', 1), { name: other }),
        author.write(set('bleeding.value', 2)),
      )
      expect(await values()).toEqual({ '10|bleeding.value': 2 })
      const documents = await device.parts.store.query('SELECT name FROM documents ORDER BY name')
      expect(documents).toContainEqual({ name: other })
    },
  )

  test('with values that are not possible is derived without them', async () => {
    await arrive(
      author.write((doc) => {
        set('temperature.value', 'hot')(doc)
        set('bleeding.value', 99)(doc)
        set('mood.note', 'zero \0 character')(doc)
        set('unknown.field', 1)(doc)
        set('pain.cramps', true)(doc)
        doc.getText('note/10').insert(0, 'half \uD83D \0')
      }),
    )
    const [row] = await device.client.query('SELECT * FROM calendar_entries')
    expect(row).toMatchObject({ date: '2026-03-10', pain_cramps: true, bleeding_value: null })
  })
})

describe('returned heads', () => {
  test("say how far this device's own chain has come back", async () => {
    const { crypto, vault, documents } = device.parts
    const own = createTestAuthor(
      crypto,
      { view: vault.view, epochKey: vault.epoch().key },
      vault.keys,
    )
    const envelopes = [1, 2].map((n) => own.write(set('bleeding.value', n)))
    await arrive(...envelopes)
    const reached = await documents.write((tx) => inbox.advance(tx))
    expect([...reached.values()]).toEqual([2])
  })
})
