import { limits, type DocId, type OpsAnswer } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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
  signInDevice,
  text,
  type SentOp,
  type TestServer,
} from '../../test/server-fixture.ts'

onEachDatabase('outbox', (database) => {
  let it: TestServer
  let account: Awaited<ReturnType<typeof newAccount>>
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    account = await newAccount(it)
  })

  const send = (ops: readonly SentOp[], acked = 0) =>
    sendOps(it, account.session.access_token, ops, acked)
  /** The founder's first update of a new document, with changes to its header. */
  const update = (deviceSeq: number, changes: Partial<Parameters<typeof sealUpdate>[2]> = {}) =>
    newSentOp(
      'doc.update',
      deviceSeq,
      sealUpdate(account.view, account.founder, { doc: newDoc(), deviceSeq, ...changes }).bytes,
    )
  const codes = ({ outcomes }: OpsAnswer) => outcomes.map(({ outcome, code }) => code ?? outcome)
  const storedUpdates = () =>
    it.opened.db.query<{ doc_id: DocId; doc_seq: number; envelope: Uint8Array }>(
      'SELECT doc_id, doc_seq, envelope FROM doc_updates WHERE vault_id = $1 ORDER BY device_seq',
      [account.view.vault],
    )

  describe('a batch', () => {
    test('is applied in order, byte for byte', async () => {
      const doc = newDoc()
      const first = sealUpdate(account.view, account.founder, { doc, deviceSeq: 1 })
      const place = { doc, deviceSeq: 2, docSeq: 2, docPrev: first.hash }
      const second = sealUpdate(account.view, account.founder, place)
      const ops = [
        newSentOp('doc.update', 1, first.bytes),
        newSentOp('doc.update', 2, second.bytes),
        update(3),
      ]
      const { status, body } = await send(ops)
      expect(status).toBe(200)
      expect(body).toEqual({
        txid: expect.stringMatching(/^\d+$/),
        next_device_seq: 4,
        outcomes: ops.map(({ op_id, device_seq }) => ({ op_id, device_seq, outcome: 'applied' })),
      })
      const rows = await storedUpdates()
      expect(rows.map((row) => row.doc_seq)).toEqual([1, 2, 1])
      expect(rows.map((row) => text(row.envelope))).toEqual(ops.map((op) => op.body))
    })

    test('S31 ends at a gap, and says which number comes next', async () => {
      const { body } = await send([update(1), update(3), update(2)])
      expect(codes(body)).toEqual(['applied'])
      expect([body.next_device_seq, body.stopped]).toEqual([2, 'outbox/gap'])
      const early = { outcomes: [], next_device_seq: 2, stopped: 'outbox/gap' }
      expect((await send([update(7)])).body).toMatchObject(early)
      expect((await send([update(2)])).body.stopped).toBeUndefined()
    })

    test('S30 every outcome uses up its number, rejections too', async () => {
      const { body } = await send([
        update(1, { docSeq: 2 }),
        newSentOp('doc.nothing', 2, randomBytes(10)),
        newSentOp('\0', 3, randomBytes(10)),
        update(4),
      ])
      expect(codes(body)).toEqual([
        'doc/chain',
        'outbox/op-unknown',
        'outbox/op-unknown',
        'applied',
      ])
      expect(body.next_device_seq).toBe(5)
      expect(await storedUpdates()).toHaveLength(1)
    })

    test('S30 a replay gets the stored outcomes and the transaction that made them', async () => {
      const ops = [update(1), update(2, { docSeq: 5 }), newSentOp('doc.nothing', 3, randomBytes(9))]
      const first = (await send(ops)).body
      const again = (await send(ops)).body
      expect(again).toEqual({
        ...first,
        outcomes: first.outcomes.map((outcome) => ({ ...outcome, replayed: true })),
      })
      expect(await storedUpdates()).toHaveLength(1)
      const mixed = (await send([ops[0]!, update(4)])).body
      expect(mixed.outcomes.map(({ replayed }) => replayed)).toEqual([true, undefined])
      expect(BigInt(mixed.txid) > BigInt(first.txid)).toBe(true)
    })

    test('S32 other bytes under a used number are equivocation, and nothing happens', async () => {
      const [first, second] = [update(1), newSentOp('doc.nothing', 2, randomBytes(9))]
      await send([first, second])
      const lies = [
        update(1),
        { ...first, op_id: update(1).op_id },
        { ...first, kind: 'doc.nothing' },
        { ...second, kind: 'doc.other' },
        { ...second, body: text(randomBytes(9)) },
      ]
      for (const lie of lies) {
        const { status, body } = await send([update(3), lie].toReversed())
        expect([status, body.code]).toEqual([422, 'outbox/equivocation'])
      }
      expect((await send([update(3)])).body.next_device_seq).toBe(4)
    })

    test('S33 what the device has stored is forgotten, and its replay is a duplicate', async () => {
      const ops = [update(1), update(2), update(3)]
      await send(ops)
      await send([update(4)], 2)
      const { body } = await send([...ops, update(1)], 99)
      expect(body.outcomes.map(({ outcome, replayed }) => [outcome, replayed])).toEqual([
        ['duplicate', undefined],
        ['duplicate', undefined],
        ['applied', true],
        ['duplicate', undefined],
      ])
      const left = await it.opened.db.query('SELECT 1 FROM op_ledger WHERE vault_id = $1', [
        account.view.vault,
      ])
      expect(left).toHaveLength(0)
      expect((await send([update(5)])).body.next_device_seq).toBe(6)
    })

    test('S35 an operation is applied once; rejected, it may come again under the next number', async () => {
      const bad = update(1, { docSeq: 9 })
      const good = { ...update(2), op_id: bad.op_id }
      const again = { ...update(3), op_id: bad.op_id }
      const { body } = await send([bad, good, again])
      expect(codes(body)).toEqual(['doc/chain', 'applied', 'outbox/op-reused'])
    })

    test('S36 an operation that fails unexpectedly does not take those before it along', async () => {
      const poison = newDoc()
      await it.opened.db.script(`
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'a MARKER in a message'; END $$;
        CREATE TRIGGER poisoned BEFORE INSERT ON doc_updates FOR EACH ROW
          WHEN (NEW.doc_id = '${poison}') EXECUTE FUNCTION refuse();`)
      try {
        const ops = [update(1), update(2, { doc: poison }), update(3)]
        const { status, body } = await send(ops)
        expect([status, codes(body), body.next_device_seq]).toEqual([200, ['applied'], 2])
        const alone = await send(ops.slice(1))
        expect([alone.status, alone.body.code]).toEqual([500, 'server/unexpected'])
        expect(it.lines.join('')).toContain('P0001')
        expect(it.lines.join('') + JSON.stringify(alone.body)).not.toContain('MARKER')
        expect(await storedUpdates()).toHaveLength(1)
      } finally {
        await it.opened.db.script('DROP TRIGGER poisoned ON doc_updates; DROP FUNCTION refuse()')
      }
    })

    test('S37 concurrent batches of one device follow each other', async () => {
      const ops = Array.from({ length: 6 }, (_, i) => update(i + 1))
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(ops)))
      for (const { body } of answers) {
        expect(codes(body)).toEqual(ops.map(() => 'applied'))
        expect(body.next_device_seq).toBe(7)
      }
      const fresh = answers.filter(({ body }) => body.outcomes.every((one) => !one.replayed))
      expect(fresh).toHaveLength(1)
      expect(await storedUpdates()).toHaveLength(6)
    })

    test('without a token nothing is read', async () => {
      const answer = await it.call('POST', '/v1/ops', { body: '{' })
      expect([answer.status, answer.body.code]).toEqual([401, 'auth/required'])
    })

    test('S2 S3 of a wrong form is refused whole, by limit or by field', async () => {
      const token = account.session.access_token
      const post = (body: unknown) => it.call('POST', '/v1/ops', { token, body })
      const large = await post('x'.repeat(limits.opsRequestBytes + 1))
      expect([large.status, large.body.code]).toEqual([413, 'request/too-large'])
      expect(large.body.detail).toContain(String(limits.opsRequestBytes))
      const op = update(1)
      const cases: [unknown, string][] = [
        ['{', 'the body is not JSON'],
        [{ acked: 0, ops: [] }, 'ops: expected >=1'],
        [{ acked: -1, ops: [op] }, 'acked: expected >=0'],
        [{ acked: 0, ops: [{ ...op, device_seq: '1' }] }, 'ops.0.device_seq: expected number'],
        [{ acked: 0, ops: [{ ...op, body: 'a=' }] }, 'ops.0.body: base64url without padding'],
        [{ acked: 0, ops: [{ ...op, at: 5 }] }, 'ops.0.at: unknown field'],
        [{ acked: 0, ops: Array(257).fill(op) }, 'ops: expected <=256'],
      ]
      for (const [body, fault] of cases) {
        const answer = await post(body)
        expect([answer.status, answer.body.faults?.[0]]).toEqual([400, fault])
      }
      expect((await send([op])).body.next_device_seq).toBe(2)
    })
  })

  describe('S34 W36 doc.update is rejected', () => {
    const rejected = async (body: Uint8Array) =>
      codes((await send([newSentOp('doc.update', 1, body)])).body)
    const sealed = (changes: Partial<Parameters<typeof sealUpdate>[2]>, bodyBytes?: number) =>
      sealUpdate(
        account.view,
        account.founder,
        { doc: newDoc(), deviceSeq: 1, ...changes },
        bodyBytes,
      ).bytes

    test.each([
      [
        'of another vault',
        'vault/foreign',
        async () => sealed({ vault: (await newAccount(it)).view.vault }),
      ],
      ['of another device', 'wire/malformed', async () => sealed({ device: newMember().id })],
      ['under another device_seq', 'wire/malformed', async () => sealed({ deviceSeq: 2 })],
      ['of another kind', 'wire/malformed', async () => sealed({ kind: 'snapshot' })],
      ['with an extension', 'wire/malformed', async () => sealed({ ext: randomBytes(3) })],
      ['cut short', 'wire/malformed', async () => sealed({}).subarray(0, 200)],
      ['of another version', 'wire/malformed', async () => flip(sealed({}), 0)],
      ['over the size limit', 'doc/too-large', async () => sealed({}, limits.updateBytes)],
      ['of an epoch to come', 'vault/log-unknown', async () => sealed({ epoch: 2 })],
      ['of epoch 0', 'vault/epoch-stale', async () => sealed({ epoch: 0 })],
      ['after a log entry to come', 'vault/log-unknown', async () => sealed({ logSeq: 2 })],
      [
        'after another log entry',
        'vault/log-unknown',
        async () => sealed({ logHash: randomBytes(16) }),
      ],
      [
        'with trailing bytes',
        'crypto/bad-signature',
        async () => new Uint8Array([...sealed({}), 0]),
      ],
      ['with a changed signature', 'crypto/bad-signature', async () => flip(sealed({}), -1)],
      ['with a changed body', 'crypto/bad-signature', async () => flip(sealed({}), 200)],
      ['that skips a number of its document', 'doc/chain', async () => sealed({ docSeq: 2 })],
      [
        'that names another predecessor',
        'doc/chain',
        async () => sealed({ docPrev: randomBytes(32) }),
      ],
    ])('%s: %s', async (_, code, make) => {
      expect(await rejected(await make())).toEqual([code])
      expect(await storedUpdates()).toHaveLength(0)
    })

    test('signed by another device: crypto/bad-signature', async () => {
      const other = { ...newMember(), id: account.founder.id }
      const { bytes } = sealUpdate(account.view, other, { doc: newDoc(), deviceSeq: 1 })
      expect(await rejected(bytes)).toEqual(['crypto/bad-signature'])
    })

    test('that repeats a number of its document: doc/chain', async () => {
      const doc = newDoc()
      expect(codes((await send([update(1, { doc }), update(2, { doc })])).body)).toEqual([
        'applied',
        'doc/chain',
      ])
    })
  })

  describe('vault.append', () => {
    const append = (deviceSeq: number, entry: Uint8Array, cards: readonly Uint8Array[] = []) =>
      newSentOp('vault.append', deviceSeq, appendBody(entry, cards))

    test('S20 adds a device, which then signs in and writes', async () => {
      const { view, founder } = account
      const second = newMember()
      const entry = nextEntry(view, addition(second), founder, [second])
      expect(codes((await send([append(1, entry)])).body)).toEqual(['applied'])
      const { body } = await signInDevice(it, view.vault, second)
      const sealed = sealUpdate(extend(view, entry), second, { doc: newDoc(), deviceSeq: 1 })
      const op = newSentOp('doc.update', 1, sealed.bytes)
      expect(codes((await sendOps(it, body.access_token, [op])).body)).toEqual(['applied'])
    })

    test('S21 W14 removes a device with the cut of what is stored; the old epoch is stale at once', async () => {
      const { view, founder } = account
      const second = newMember()
      const added = nextEntry(view, addition(second), founder, [second])
      const both = extend(view, added)
      await send([append(1, added), update(2), update(3)])
      const token = (await signInDevice(it, view.vault, second)).body.access_token
      const theirs = sealUpdate(both, second, { doc: newDoc(), deviceSeq: 1 })
      await sendOps(it, token, [newSentOp('doc.update', 1, theirs.bytes)])
      const cut = [
        { device: founder.id, deviceSeq: 3 },
        { device: second.id, deviceSeq: 1 },
      ]
      const removed = nextEntry(both, removal(both, [second.id], cut), founder)
      const { body } = await send([append(4, removed), update(5)])
      expect(codes(body)).toEqual(['applied', 'vault/epoch-stale'])
      const next = sealUpdate(extend(both, removed), founder, { doc: newDoc(), deviceSeq: 6 })
      expect(codes((await send([newSentOp('doc.update', 6, next.bytes)])).body)).toEqual([
        'applied',
      ])
      const refused = await sendOps(it, token, [newSentOp('doc.update', 2, theirs.bytes)])
      expect([refused.status, refused.body.code]).toEqual([403, 'vault/member-removed'])
    })

    test('S37 no envelope slips in beside the cut that removes its device', async () => {
      const { view, founder } = account
      const second = newMember()
      const added = nextEntry(view, addition(second), founder, [second])
      const both = extend(view, added)
      await send([append(1, added)])
      const token = (await signInDevice(it, view.vault, second)).body.access_token
      const write = async (deviceSeq: number): Promise<boolean> => {
        const sealed = sealUpdate(both, second, { doc: newDoc(), deviceSeq })
        const op = newSentOp('doc.update', deviceSeq, sealed.bytes)
        return (await sendOps(it, token, [op])).status === 200
      }
      const remove = async (deviceSeq: number, known: number): Promise<number> => {
        const cut = [{ device: second.id, deviceSeq: known }].filter(() => known > 0)
        const entry = nextEntry(both, removal(both, [second.id], cut), founder)
        const [code] = codes((await send([append(deviceSeq, entry)])).body)
        if (code === 'applied') return known
        expect(['vault/head-moved', 'vault/entry-refused']).toContain(code)
        return remove(deviceSeq + 1, (await storedUpdates()).length)
      }
      const writing = (async () => {
        for (let seq = 1; seq <= 8 && (await write(seq)); seq++);
      })()
      const cut = await remove(2, 0)
      await writing
      expect(await storedUpdates()).toHaveLength(cut)
    })

    test('W15 of two entries on one head the first counts', async () => {
      const { view, founder } = account
      const [one, two] = [newMember(), newMember()]
      const entries = [one, two].map((member) =>
        nextEntry(view, addition(member), founder, [member]),
      )
      const { body } = await send(entries.map((entry, i) => append(i + 1, entry)))
      expect(codes(body)).toEqual(['applied', 'vault/head-moved'])
    })

    test('a device that removes itself writes nothing more', async () => {
      const { view, founder } = account
      const second = newMember()
      const added = nextEntry(view, addition(second), founder, [second])
      const both = extend(view, added)
      const gone = nextEntry(both, removal(both, [founder.id], []), founder)
      const { body } = await send([append(1, added), append(2, gone), update(3)])
      expect(codes(body)).toEqual(['applied', 'applied', 'vault/not-member'])
    })

    test('S22 cards come with the members they open, and go with them', async () => {
      const { view, passphrase } = account
      const gone = nextEntry(view, removal(view, [passphrase.id], []), passphrase)
      const cardCount = async () =>
        (await it.opened.db.query('SELECT 1 FROM cards WHERE vault_id = $1', [view.vault])).length
      expect(await cardCount()).toBe(1)
      expect(codes((await send([append(1, gone, [randomBytes(5)])])).body)).toEqual([
        'wire/malformed',
      ])
      expect(codes((await send([append(2, gone, account.cards)])).body)).toEqual([
        'vault/entry-refused',
      ])
      expect(codes((await send([append(3, gone)])).body)).toEqual(['applied'])
      expect(await cardCount()).toBe(0)
    })

    describe('W15 a lying client is refused', () => {
      const lie = async (entry: Uint8Array) => codes((await send([append(1, entry)])).body)

      test('by an author who is no member', async () => {
        const stranger = newMember()
        const entry = nextEntry(account.view, addition(stranger), stranger, [stranger])
        expect(await lie(entry)).toEqual(['vault/not-member'])
      })

      test('by a signature that is not the author’s', async () => {
        const second = newMember()
        const impostor = { ...newMember(), id: account.founder.id }
        const entry = nextEntry(account.view, addition(second), impostor, [second])
        expect(await lie(entry)).toEqual(['crypto/bad-signature'])
      })

      test('by a new member who has not signed', async () => {
        const [second, other] = [newMember(), newMember()]
        const forged = { ...other, member: second.member }
        const entry = nextEntry(account.view, addition(second), account.founder, [forged])
        expect(await lie(entry)).toEqual(['crypto/bad-signature'])
      })

      test('by an epoch that is not sealed to everyone, or to somebody else', async () => {
        const { view, passphrase } = account
        const payload = removal(view, [passphrase.id], [])
        if (payload.type !== 'member-removed') throw new TypeError('not a removal')
        const [seal] = payload.epoch.seals
        const ops = [[], [seal!, { ...seal!, member: passphrase.id }]].map((seals, i) => {
          const lying = { ...payload, epoch: { ...payload.epoch, seals } }
          return append(i + 1, nextEntry(view, lying, passphrase))
        })
        expect(codes((await send(ops)).body)).toEqual([
          'vault/entry-refused',
          'vault/entry-refused',
        ])
      })

      test('by bytes that are no entry', async () => {
        const op = newSentOp('vault.append', 1, randomBytes(40))
        expect(codes((await send([op])).body)).toEqual(['wire/malformed'])
        expect(codes((await send([append(2, randomBytes(40))])).body)).toEqual(['wire/malformed'])
      })

      test('S21 by a cut that is behind, ahead, or of unknown devices', async () => {
        const { view, founder, passphrase } = account
        await send([update(1)])
        const withCut = (cut: { device: typeof founder.id; deviceSeq: number }[]) =>
          nextEntry(view, removal(view, [passphrase.id], cut), passphrase)
        const own = { device: founder.id, deviceSeq: 1 }
        const ops = [
          append(2, withCut([])),
          append(3, withCut([{ ...own, deviceSeq: 0 }])),
          append(4, withCut([{ ...own, deviceSeq: 2 }])),
          append(5, withCut([own, { device: newMember().id, deviceSeq: 0 }])),
          append(6, withCut([own, own])),
          append(7, withCut([own])),
        ]
        expect(codes((await send(ops)).body)).toEqual([
          'vault/head-moved',
          'vault/head-moved',
          'vault/entry-refused',
          'vault/entry-refused',
          'vault/entry-refused',
          'applied',
        ])
      })
    })
  })
})
