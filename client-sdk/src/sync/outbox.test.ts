import {
  bytesToBase64url,
  decode,
  documentUpdate,
  envelopeHash,
  limits,
  parseEnvelope,
  Problem,
  stampUuid,
  type OpId,
  type OpsRequest,
  type ProblemCode,
} from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { CivilDate } from '../calendar/index.ts'
import { openEnvelope } from '../crypto/envelope.ts'
import { createSealer } from '../docs/sealer.ts'
import { writeMeta } from '../store/meta.ts'
import {
  applyAll,
  problemResponse,
  sessionNumber,
  type Recorded,
} from '../testing/scripted-server.ts'
import { openTestDevice, signIn, type TestDevice } from '../testing/test-device.ts'
import { createOutbox, type Outbox, type Sealer } from './outbox.ts'
import { startSequenceAnew, type SealedOp } from './sealed-queue.ts'
import { createWrites, type Outcome } from './write.ts'

let device: TestDevice
let outbox: Outbox
let settled: { edits: readonly OpId[]; outcome: Outcome }[]
const writes = createWrites()

beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

/** Every test begins with empty queues, at number 1. */
beforeEach(async () => {
  const { parts } = device
  await parts.store.write(async (tx) => {
    await tx.script(`DELETE FROM outbox; DELETE FROM pending_edits; DELETE FROM pending_ops;
      DELETE FROM set_aside; DELETE FROM own_heads; DELETE FROM sent_ops`)
    await writeMeta(tx, 'next-device-seq', 1)
    await writeMeta(tx, 'acked-device-seq', 0)
  })
  await signIn(device)
  settled = []
  outbox = openOutbox(createSealer({ ...parts, clock: device.clock }))
})

const openOutbox = (sealer: Sealer): Outbox =>
  createOutbox({
    ...device.parts,
    ...device,
    store: device.parts.store,
    sealer,
    settled({ edits }: SealedOp, outcome) {
      settled.push({ edits, outcome })
      writes.stored(edits, outcome)
    },
  })

let days = 0
/** Edits a day of a month with something that is new. */
const edit = (month: string, value: unknown = (days += 1)): Promise<OpId | undefined> =>
  device.parts.documents.write((tx) =>
    device.parts.documents.edit(tx, `month/${month}`, (doc) => {
      doc.getMap('registers').set(`01|note.value|${device.parts.vault.device}`, [days, 0, value])
    }),
  )

const sentOps = (request: Recorded) => (request.body as OpsRequest).ops
const posts = (): Recorded[] => device.scripted.to('/v1/ops')
const lastOps = () => sentOps(posts().at(-1)!)
const bodyBytes = (body: string): Uint8Array => new Uint8Array(Buffer.from(body, 'base64url'))

function headerOf(body: string) {
  const parsed = parseEnvelope(bodyBytes(body))
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.value.header
}

/** An envelope's content, read as another device of the vault would. */
function updateOf(body: string) {
  const parsed = parseEnvelope(bodyBytes(body))
  const { crypto, vault } = device.parts
  if (!parsed.ok) throw new Error(parsed.code)
  const opened = openEnvelope(crypto, vault.epoch().key, parsed.value)
  if (!opened.ok) throw new Error(opened.code)
  const update = decode(documentUpdate, opened.content)
  if (!update.ok) throw new Error(update.code)
  return update.value
}

function contentOf(body: string): Record<string, unknown> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, updateOf(body).update)
  return doc.getMap('registers').toJSON()
}

/** Rejects the first operation of a batch, and applies the rest. */
const rejectFirst = (code: ProblemCode) => (request: Recorded) => {
  const answer = applyAll(request)
  const [first, ...rest] = answer.outcomes
  return { ...answer, outcomes: [{ ...first, outcome: 'rejected', code }, ...rest] }
}

describe('W34 sealing at first send', () => {
  test('stores the bytes before they are sent, and sends the same until there is an outcome', async () => {
    await edit('2026-01')
    const stored: string[][] = []
    device.scripted.next('/v1/ops', async () => {
      const rows = await device.parts.store.query<{ body: Uint8Array }>('SELECT body FROM outbox')
      stored.push(rows.map(({ body }) => bytesToBase64url(body)))
      return 'lost'
    })
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'server/unreachable' })
    await edit('2026-01')
    device.scripted.next('/v1/ops', 'lost')
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'server/unreachable' })
    expect(await outbox.sendOnce()).toEqual({ sent: 'batch', more: false })
    const [first, second, third] = posts().slice(-3)
    expect(stored).toEqual([sentOps(first!).map(({ body }) => body)])
    expect(second!.text).toBe(first!.text)
    expect(third!.text).toBe(first!.text)
  })

  test('W41 takes its numbers in the transaction that stores the bytes: one that fails takes none', async () => {
    await edit('2026-01')
    await edit('2026-02')
    const sealer = createSealer({ ...device.parts, clock: device.clock })
    const interrupted = openOutbox({
      ...sealer,
      async next(tx, deviceSeq) {
        if (deviceSeq === 2) throw new Error('interrupted')
        return sealer.next(tx, deviceSeq)
      },
    })
    await expect(interrupted.sendOnce()).rejects.toThrow('interrupted')
    expect(await device.parts.store.query('SELECT 1 FROM outbox')).toEqual([])
    await outbox.sendOnce()
    expect(lastOps().map((op) => op.device_seq)).toEqual([1, 2])
  })

  test('merges what waits for a document, with one envelope of it on the way', async () => {
    await edit('2026-01')
    await edit('2026-01')
    await edit('2026-02')
    device.scripted.next('/v1/ops', 'lost')
    await outbox.sendOnce().catch(() => {})
    expect(lastOps()).toHaveLength(2)
    await edit('2026-01')
    device.scripted.next('/v1/ops', 'lost')
    await outbox.sendOnce().catch(() => {})
    expect(lastOps()).toHaveLength(2)
    await outbox.sendOnce()
    await outbox.sendOnce()
    const [next] = lastOps()
    expect(headerOf(next!.body)).toMatchObject({ docSeq: 2, deviceSeq: 3 })
    expect(await outbox.sendOnce()).toEqual({ sent: 'nothing' })
  })

  test('seals what was written while the clock stood before 1970', async () => {
    const { clock, clientClock } = device
    const lag = clientClock.now() + 86_400_000
    for (const each of [clock, clientClock]) each.advance(-lag)
    try {
      await edit('2026-01')
      await outbox.sendOnce()
    } finally {
      for (const each of [clock, clientClock]) each.advance(lag)
    }
    expect(updateOf(lastOps()[0]!.body).at).toBe(0)
    expect((await outbox.counts(device.parts.store)).unsent).toBe(0)
  })

  test('chains the envelopes of a document, each upon the one that was applied', async () => {
    for (let i = 0; i < 3; i++) {
      await edit('2026-01')
      await outbox.sendOnce()
    }
    const headers = posts()
      .slice(-3)
      .map((post) => headerOf(sentOps(post)[0]!.body))
    expect(headers.map(({ docSeq }) => docSeq)).toEqual([1, 2, 3])
    const hashes = posts()
      .slice(-3)
      .map((post) => {
        const parsed = parseEnvelope(bodyBytes(sentOps(post)[0]!.body))
        return parsed.ok && envelopeHash(parsed.value, device.parts.crypto)
      })
    expect(headers.map(({ docPrev }) => docPrev)).toEqual([
      new Uint8Array(32),
      hashes[0],
      hashes[1],
    ])
  })

  test('W38 says nothing of when: ids are random, and there is no time outside of the seal', async () => {
    await edit('2026-01')
    await outbox.sendOnce()
    const [op] = lastOps()
    expect(Object.keys(op!).toSorted()).toEqual(['body', 'device_seq', 'kind', 'op_id'])
    expect(op!.op_id[14]).toBe('4')
  })
})

describe('W35 every outcome uses up its number', () => {
  test.each(['doc/chain', 'vault/epoch-stale', 'vault/log-unknown'] as const)(
    '%s is sealed again: same op_id, next device_seq, nothing lost, and who waits is told in the end',
    async (code) => {
      const write = writes.track((await edit('2026-01', 'mine'))!)
      await edit('2026-02')
      device.scripted.next('/v1/ops', rejectFirst(code))
      expect(await outbox.sendOnce()).toEqual({ sent: 'put-back', code })
      const [first] = lastOps()
      await edit('2026-01')
      await outbox.sendOnce()
      const [again, ...more] = lastOps()
      expect(more).toEqual([])
      expect(again!.op_id).toBe(first!.op_id)
      expect([first!.device_seq, again!.device_seq]).toEqual([1, 3])
      expect(again!.body).not.toBe(first!.body)
      expect(headerOf(again!.body)).toMatchObject({ deviceSeq: 3, docSeq: 1 })
      expect(await write.stored).toEqual({ outcome: 'applied' })
      expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 0, setAside: 0 })
    },
  )

  test('put back content goes before what was written since', async () => {
    await edit('2027-01', 'first')
    device.scripted.next('/v1/ops', rejectFirst('doc/chain'))
    await outbox.sendOnce()
    await edit('2027-01', 'second')
    await outbox.sendOnce()
    expect(Object.values(contentOf(lastOps()[0]!.body))).toEqual([[days, 0, 'second']])
  })

  test('a final rejection is set aside with its content and its reason, and what follows goes on', async () => {
    const refused = writes.track((await edit('2027-02', 'refused'))!)
    const applied = writes.track((await edit('2027-03'))!)
    device.scripted.next('/v1/ops', rejectFirst('doc/too-large'))
    expect(await outbox.sendOnce()).toEqual({ sent: 'batch', more: false })
    expect(await refused.stored).toEqual({ outcome: 'rejected', code: 'doc/too-large' })
    expect(await applied.stored).toEqual({ outcome: 'applied' })
    const [aside, ...more] = await device.parts.store.query<{ content: Uint8Array; code: string }>(
      'SELECT content, code FROM set_aside',
    )
    expect([aside!.code, more]).toEqual(['doc/too-large', []])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, aside!.content)
    expect(Object.values(doc.getMap('registers').toJSON())).toEqual([
      [expect.any(Number), 0, 'refused'],
    ])
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 0, setAside: 1 })
  })

  test('a replayed outcome counts like the first, and so does one that the ledger has forgotten', async () => {
    const first = writes.track((await edit('2026-01'))!)
    const second = writes.track((await edit('2026-02'))!)
    device.scripted.next('/v1/ops', (request) => {
      const answer = applyAll(request)
      const [a, b] = answer.outcomes
      return {
        ...answer,
        outcomes: [
          { ...a, replayed: true },
          { ...b, outcome: 'duplicate' },
        ],
      }
    })
    await outbox.sendOnce()
    expect(await first.stored).toEqual({ outcome: 'applied' })
    expect(await second.stored).toEqual({ outcome: 'applied' })
  })

  test('W39 the next request says up to where outcomes are stored', async () => {
    await edit('2026-01')
    await edit('2026-02')
    device.scripted.next('/v1/ops', (request) => {
      const answer = applyAll(request)
      return { ...answer, outcomes: answer.outcomes.slice(0, 1), next_device_seq: 2 }
    })
    await outbox.sendOnce()
    await outbox.sendOnce()
    const [before, after] = posts().slice(-2)
    expect([before, after].map((post) => (post!.body as OpsRequest).acked)).toEqual([0, 1])
    expect(lastOps().map(({ device_seq }) => device_seq)).toEqual([2])
  })
})

describe('W37 a server that was restored from a backup', () => {
  /** Expects a number that it had passed, and has nothing from there on. */
  const expecting = (next: number) => () => ({
    txid: '1',
    outcomes: [],
    next_device_seq: next,
    stopped: 'outbox/gap' as const,
  })

  test('gets the same bytes from there on, and then what waits; nothing is settled twice', async () => {
    for (const month of ['2026-01', '2026-02', '2026-01']) {
      await edit(month)
      await outbox.sendOnce()
    }
    const sent = posts()
      .slice(-3)
      .flatMap((post) => sentOps(post))
    const outcomes = settled.length
    await edit('2026-03')
    device.scripted.next('/v1/ops', expecting(2))
    expect(outbox.wasRolledBack()).toBe(false)
    expect(await outbox.sendOnce()).toEqual({ sent: 'batch', more: false })
    expect(outbox.wasRolledBack()).toBe(true)
    await outbox.sendOnce()
    expect((posts().at(-1)!.body as OpsRequest).acked).toBe(1)
    expect(lastOps().slice(0, 2)).toEqual(sent.slice(1))
    expect(lastOps().map(({ device_seq }) => device_seq)).toEqual([2, 3, 4])
    expect(settled).toHaveLength(outcomes + 1)
    expect(await outbox.sendOnce()).toEqual({ sent: 'nothing' })
    await edit('2026-01')
    await outbox.sendOnce()
    expect(headerOf(lastOps()[0]!.body)).toMatchObject({ deviceSeq: 5, docSeq: 3 })
  })

  test('refuses what it took before: the content waits again, for an identity that stands on nothing lost', async () => {
    await edit('2026-01')
    await outbox.sendOnce()
    await edit('2026-02')
    device.scripted.next('/v1/ops', expecting(1))
    await outbox.sendOnce()
    device.scripted.next('/v1/ops', rejectFirst('vault/epoch-stale'))
    await outbox.sendOnce()
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 1, setAside: 0 })
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'store/restored' })
    await device.parts.store.write((tx) => startSequenceAnew(tx))
    await outbox.sendOnce()
    expect(headerOf(lastOps()[0]!.body)).toMatchObject({ deviceSeq: 1, docSeq: 1 })
    expect(await outbox.sendOnce()).toEqual({ sent: 'nothing' })
  })

  test('refuses again what it had refused before: that was dealt with then', async () => {
    await edit('2026-01')
    device.scripted.next('/v1/ops', rejectFirst('vault/epoch-stale'))
    await outbox.sendOnce()
    await outbox.sendOnce()
    await edit('2026-02')
    device.scripted.next('/v1/ops', expecting(1))
    await outbox.sendOnce()
    device.scripted.next('/v1/ops', rejectFirst('vault/epoch-stale'))
    await outbox.sendOnce()
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 0, setAside: 0 })
    expect(await outbox.sendOnce()).toEqual({ sent: 'nothing' })
  })

  test('from before what is still kept stops sending, and nothing is dropped', async () => {
    await edit('2026-01')
    await outbox.sendOnce()
    await device.parts.store.write((tx) => tx.script('DELETE FROM sent_ops'))
    await edit('2026-02')
    device.scripted.next('/v1/ops', expecting(1))
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'outbox/sequence-lost' })
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 1, setAside: 0 })
  })
})

describe('W37 numbers that do not agree', () => {
  test.each([
    ['ahead', (n: number) => n + 5, 'store/restored'],
    ['behind', () => 0, 'outbox/sequence-lost'],
  ])('a server that is %s stops sending, and nothing is dropped', async (_, next, code) => {
    await edit('2026-01')
    await edit('2026-02')
    device.scripted.next('/v1/ops', (request) => ({
      ...applyAll(request),
      outcomes: [],
      next_device_seq: next(sentOps(request).at(-1)!.device_seq),
    }))
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code })
    expect(settled).toEqual([])
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 2, setAside: 0 })
  })

  test.each([
    [
      'of an operation that was not sent',
      (o: object) => ({ ...o, op_id: stampUuid(new Uint8Array(16), 4) }),
    ],
    ['of another number', (o: object) => ({ ...o, device_seq: 77 })],
  ])('an outcome %s is not believed', async (_, change) => {
    await edit('2026-01')
    device.scripted.next('/v1/ops', (request) => {
      const answer = applyAll(request)
      return { ...answer, outcomes: answer.outcomes.map((outcome) => change(outcome)) }
    })
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'server/unintelligible' })
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 1, setAside: 0 })
  })

  test('no outcome at all, with the right number, is asked for again', async () => {
    await edit('2026-01')
    device.scripted.next('/v1/ops', { txid: '1', outcomes: [], next_device_seq: 1 })
    await expect(outbox.sendOnce()).rejects.toMatchObject({ remedy: 'retry' })
  })

  test('more outcomes than were sent are not believed', async () => {
    await edit('2026-01')
    device.scripted.next('/v1/ops', (request) => {
      const answer = applyAll(request)
      return { ...answer, outcomes: [...answer.outcomes, ...answer.outcomes] }
    })
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'server/unintelligible' })
  })
})

describe('W40 a refused token', () => {
  test('is refreshed, and the same bytes are sent with the new one', async () => {
    await edit('2026-01')
    device.scripted.next('/v1/ops', problemResponse(new Problem('auth/required')))
    device.scripted.next('/v1/auth/refresh', sessionNumber(2))
    expect(await outbox.sendOnce()).toEqual({ sent: 'batch', more: false })
    const [before, after] = posts().slice(-2)
    expect(after!.text).toBe(before!.text)
    expect([before, after].map((post) => post!.authorization)).toEqual([
      'Bearer access-1',
      'Bearer access-2',
    ])
  })

  test('and an ended session leave the queue alone', async () => {
    await edit('2026-01')
    device.scripted.next('/v1/ops', problemResponse(new Problem('auth/required')))
    device.scripted.next('/v1/auth/refresh', problemResponse(new Problem('auth/session-ended')))
    await expect(outbox.sendOnce()).rejects.toMatchObject({ code: 'auth/session-ended' })
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 1, setAside: 0 })
  })
})

describe('a large queue', () => {
  test('goes in order, in requests that the server takes', async () => {
    const { store, crypto } = device.parts
    const big = new Uint8Array(200_000)
    await store.write(async (tx) => {
      for (let i = 0; i < 300; i++) {
        const opId = stampUuid<OpId>(crypto.random(16), 4)
        await outbox.enqueue(tx, {
          opId,
          kind: 'vault.append',
          body: i < 6 ? big : big.slice(0, 9),
        })
      }
    })
    const before = posts().length
    while ((await outbox.sendOnce()).sent !== 'nothing');
    const requests = posts().slice(before)
    const numbers = requests.flatMap((post) => sentOps(post).map((op) => op.device_seq))
    expect(numbers).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
    for (const { text, body } of requests) {
      expect(text.length).toBeLessThanOrEqual(limits.opsRequestBytes)
      expect((body as OpsRequest).ops.length).toBeLessThanOrEqual(limits.opsPerRequest)
    }
  })

  test('of more than 256 sealed operations is sent in parts', async () => {
    const { store, crypto } = device.parts
    await store.write(async (tx) => {
      for (let i = 0; i < 300; i++) {
        const opId = stampUuid<OpId>(crypto.random(16), 4)
        await outbox.enqueue(tx, { opId, kind: 'vault.append', body: new Uint8Array(9) })
      }
    })
    for (let i = 0; i < 5; i++) {
      device.scripted.next('/v1/ops', 'lost')
      await outbox.sendOnce().catch(() => {})
    }
    expect(lastOps()).toHaveLength(limits.opsPerRequest)
    expect(await outbox.sendOnce()).toEqual({ sent: 'batch', more: true })
    expect(await outbox.sendOnce()).toEqual({ sent: 'batch', more: false })
    expect(lastOps()).toHaveLength(300 - limits.opsPerRequest)
  })

  test('of long texts is cut so that each envelope fits', async () => {
    const date = (n: number): CivilDate => `2026-07-${String(n).padStart(2, '0')}` as CivilDate
    for (let n = 10; n < 20; n++)
      await device.client.diary.edit(date(n), {
        'note.value': '語'.repeat(9_999),
        'pain.note': '語'.repeat(9_999),
      })
    let sent = 0
    while ((await outbox.sendOnce()).sent !== 'nothing') {
      sent += lastOps().length
      for (const { body } of lastOps())
        expect(bodyBytes(body).length).toBeLessThanOrEqual(limits.updateBytes)
    }
    expect(sent).toBeGreaterThan(2)
  })
})

describe('a device that was removed', () => {
  test('seals nothing more, and keeps what waits', async () => {
    await edit('2026-01')
    const sealer = createSealer({
      ...device.parts,
      clock: device.clock,
      vault: {
        ...device.parts.vault,
        epoch() {
          throw new Problem('vault/member-removed')
        },
      },
    })
    const removed = createOutbox({ ...device.parts, ...device, sealer, settled: () => {} })
    await expect(removed.sendOnce()).rejects.toMatchObject({ code: 'vault/member-removed' })
    expect(await outbox.counts(device.parts.store)).toEqual({ unsent: 1, setAside: 0 })
  })
})
