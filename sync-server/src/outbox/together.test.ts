import { limits, type DocId, type EnvelopeHeader, type OpsAnswer } from '@selene/shapes'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import {
  addition,
  appendBody,
  extend,
  flip,
  newDoc,
  newMember,
  nextEntry,
  randomBytes,
  removal,
  sealUpdate,
} from '../../test/device-fixture.ts'
import {
  newAccount,
  newSentOp,
  openTestServer,
  sendOps,
  type SentOp,
  type TestServer,
} from '../../test/server-fixture.ts'

const documents = 3

/** An operation as told to two accounts, each of which seals it with keys of its own. */
interface Told {
  readonly what:
    | 'good'
    | 'heads'
    | 'void'
    | 'skips'
    | 'forks'
    | 'unsigned'
    | 'other number'
    | 'no envelope'
    | 'old epoch'
    | 'used id'
    | 'unknown kind'
    | 'snapshot'
    | 'verdict'
    | 'addition'
    | 'removal'
    | 'again'
    | 'gap'
  readonly doc: number
  /** Which operation before it, for those that repeat one. */
  readonly back: number
}

const told = fc.record<Told>({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant('good' as const) },
    {
      weight: 10,
      arbitrary: fc.constantFrom<Told['what'][]>(
        'heads',
        'void',
        'skips',
        'forks',
        'unsigned',
        'other number',
        'no envelope',
        'old epoch',
        'used id',
        'unknown kind',
        'again',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Told['what'][]>(
        'snapshot',
        'verdict',
        'addition',
        'removal',
        'gap',
      ),
    },
  ),
  doc: fc.nat(documents - 1),
  back: fc.nat(5),
})
const batches = fc.array(fc.array(told, { minLength: 1, maxLength: 14 }), {
  minLength: 1,
  maxLength: 3,
})

onEachDatabase('operations settled together', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  /** An account that makes of what it is told operations that continue what it has sent. */
  async function teller() {
    const account = await newAccount(it)
    const { founder } = account
    const docs = Array.from({ length: documents }, newDoc)
    const ends = new Map<DocId, { docSeq: number; docPrev: Uint8Array }>()
    const sent: SentOp[] = []
    let { view } = account
    let last = 0

    function seal(doc: DocId, changes: Partial<EnvelopeHeader>, goesOn = true) {
      const { docSeq, docPrev } = ends.get(doc) ?? { docSeq: 0, docPrev: new Uint8Array(32) }
      const place = { doc, deviceSeq: last, docSeq: docSeq + 1, docPrev }
      const sealed = sealUpdate(view, founder, { ...place, ...changes })
      if (goesOn) ends.set(doc, { docSeq: docSeq + 1, docPrev: sealed.hash })
      return sealed.bytes
    }

    function append(payload: ReturnType<typeof addition>, added: ReturnType<typeof newMember>[]) {
      const entry = nextEntry(view, payload, founder, added)
      view = extend(view, entry)
      return newSentOp('vault.append', last, appendBody(entry))
    }

    function remove() {
      const others = [...view.members.keys()].filter((id) => id !== founder.id)
      // A cut that is wrong is refused by both.
      const cut = [{ device: founder.id, deviceSeq: last - 1 }]
      const entry = nextEntry(view, removal(view, others.slice(0, 1), cut), founder)
      return newSentOp('vault.append', last, appendBody(entry))
    }

    function make({ what, doc: place, back }: Told): SentOp {
      const doc = docs[place]!
      const before = sent.at(-1 - back) ?? sent.at(-1)
      if (what === 'again' && before) return before
      last += what === 'gap' ? 2 : 1
      const update = (changes: Partial<EnvelopeHeader>) =>
        newSentOp('doc.update', last, seal(doc, changes, false))
      switch (what) {
        case 'heads':
        case 'void':
          return newSentOp(`doc.${what}`, last, seal(doc, { kind: what }))
        case 'skips':
          return update({ docSeq: 99 })
        case 'forks':
          return update({ docPrev: randomBytes(32) })
        case 'unsigned':
          return newSentOp('doc.update', last, flip(seal(doc, {}, false), -1))
        case 'other number':
          return update({ deviceSeq: last + 1 })
        case 'no envelope':
          return newSentOp('doc.update', last, randomBytes(50))
        case 'old epoch':
          return update({ epoch: 0 })
        case 'used id': {
          const op = newSentOp('doc.update', last, seal(doc, {}, false))
          return { ...op, op_id: before?.op_id ?? op.op_id }
        }
        case 'unknown kind':
          return newSentOp('doc.nothing', last, randomBytes(9))
        case 'snapshot':
          return newSentOp('doc.snapshot', last, seal(doc, { kind: 'snapshot' }, false))
        case 'verdict':
          return newSentOp('doc.verdict', last, randomBytes(9))
        case 'addition': {
          const member = newMember()
          return append(addition(member), [member])
        }
        case 'removal':
          return remove()
        case 'good':
        case 'gap':
        case 'again':
          return newSentOp('doc.update', last, seal(doc, {}))
      }
    }

    const plain = ({ outcomes, next_device_seq, stopped }: OpsAnswer) => ({
      next: next_device_seq,
      stopped,
      outcomes: outcomes.map((one) => ({
        ...one,
        op_id: sent.findIndex((op) => op.op_id === one.op_id),
      })),
    })

    return {
      make(one: Told) {
        const op = make(one)
        sent.push(op)
        return op
      },
      async send(ops: readonly SentOp[]) {
        const { status, body } = await sendOps(it, account.session.access_token, ops)
        expect(status).toBe(200)
        return plain(body)
      },
      /** What is stored, without what differs from account to account. */
      async tables() {
        const { vault } = view
        const rows = await it.opened.db.query<{ doc: DocId; seq: bigint; body: Uint8Array }>(
          `SELECT doc_id AS doc, device_seq AS seq, doc_seq, epoch, envelope AS body
            FROM doc_updates WHERE vault_id = $1 ORDER BY device_seq`,
          [vault],
        )
        const ledger = await it.opened.db.query<{ op: string }>(
          `SELECT op_id AS op, device_seq, kind, outcome, code, stored_on FROM op_ledger
            WHERE vault_id = $1 ORDER BY device_seq`,
          [vault],
        )
        const [device] = await it.opened.db.query(
          `SELECT next_device_seq, last_envelope_seq FROM devices
            WHERE vault_id = $1 AND device_id = $2`,
          [vault, founder.id],
        )
        const bodies = new Map(sent.map(({ device_seq, body }) => [device_seq, body]))
        return {
          device,
          ledger: ledger.map((row) => ({
            ...row,
            op: sent.findIndex((op) => op.op_id === row.op),
          })),
          rows: rows.map(({ doc, body, ...row }) => ({
            ...row,
            doc: docs.indexOf(doc),
            asSent: Buffer.from(body).toString('base64url') === bodies.get(Number(row.seq)),
          })),
        }
      },
    }
  }

  test('S36 have the outcomes and leave the rows that they have one by one', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (stories) => {
        const [together, single] = [await teller(), await teller()]
        for (const story of stories) {
          const answer = await together.send(story.map((one) => together.make(one)))
          const ops = story.map((one) => single.make(one))
          const outcomes = []
          let end = await single.send([ops[0]!])
          outcomes.push(...end.outcomes)
          for (const op of ops.slice(1)) {
            if (end.stopped) break
            end = await single.send([op])
            outcomes.push(...end.outcomes)
          }
          expect(answer).toEqual({ ...end, outcomes })
          expect(await together.tables()).toEqual(await single.tables())
          // Taken one by one after a failure they would be right as well, and slow.
          expect(it.lines.join('')).not.toContain('failed together')
        }
      }),
      { numRuns: 30 },
    )
  })

  test('S35 an id that was applied earlier in the batch is refused, whatever stands between', async () => {
    const one = await teller()
    const story: Told[] = [
      { what: 'good', doc: 0, back: 0 },
      { what: 'unknown kind', doc: 0, back: 0 },
      { what: 'used id', doc: 0, back: 1 },
      { what: 'good', doc: 0, back: 0 },
    ]
    const { outcomes } = await one.send(story.map((told) => one.make(told)))
    expect(outcomes.map(({ outcome, code }) => code ?? outcome)).toEqual([
      'applied',
      'outbox/op-unknown',
      'outbox/op-reused',
      'applied',
    ])
  })

  test('S36 a full request of chains is stored whole, whatever is settled with what', async () => {
    const one = await teller()
    const ops = Array.from({ length: limits.opsPerRequest }, (_, i) =>
      one.make({ what: 'good', doc: i % documents, back: 0 }),
    )
    const { outcomes, next } = await one.send(ops)
    expect(outcomes.map(({ outcome, device_seq }) => [outcome, device_seq])).toEqual(
      ops.map(({ device_seq }) => ['applied', device_seq]),
    )
    expect(next).toBe(ops.length + 1)
    const { rows } = await one.tables()
    expect(rows).toHaveLength(ops.length)
    expect(rows.every(({ asSent }) => asSent)).toBe(true)
  })
})
