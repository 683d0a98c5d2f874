import {
  encode,
  encodeCovers,
  snapshotVerdict,
  type Cover,
  type DocId,
  type EnvelopeHeader,
  type OpsAnswer,
  type VaultView,
} from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrationsDirectory, onEachDatabase } from '../../test/databases.ts'
import {
  addition,
  appendBody,
  extend,
  newDoc,
  newMember,
  nextEntry,
  randomBytes,
  sealUpdate,
  type SealedUpdate,
  type TestMember,
} from '../../test/device-fixture.ts'
import {
  newAccount,
  newSentOp,
  openTestServer,
  sendOps,
  signInDevice,
  type TestServer,
} from '../../test/server-fixture.ts'
import { readMigrations } from '../db/migrate.ts'

const day = 86_400

/** A device that numbers its own operations. */
interface Writer {
  readonly id: TestMember['id']
  /** Seals an envelope and sends it as the operation of its kind; says what came of it. */
  write(place: Partial<EnvelopeHeader> & { doc: DocId }): Promise<SealedUpdate & { code: string }>
  verdict(about: {
    doc: DocId
    number: number
    snapshot: Uint8Array
    verdict: 'ok' | 'bad'
  }): Promise<string>
}

onEachDatabase('snapshots', (database) => {
  let it: TestServer
  let view: VaultView
  let phone: Writer
  let tablet: Writer
  let laptop: Writer
  let doc: DocId
  /** Two updates of the phone and one of the tablet. */
  let covers: readonly Cover[]

  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  const codeOf = ({ outcomes }: OpsAnswer) => outcomes[0]!.code ?? outcomes[0]!.outcome
  const kinds = {
    update: 'doc.update',
    snapshot: 'doc.snapshot',
    heads: 'doc.heads',
    void: 'doc.void',
  }

  function writer(member: TestMember, from = 0): Writer {
    let deviceSeq = from
    const send = async (kind: string, body: Uint8Array) => {
      // Days go by between operations, and tokens live ten minutes.
      const session = await signInDevice(it, view.vault, member)
      const op = newSentOp(kind, deviceSeq, body)
      return codeOf((await sendOps(it, session.body.access_token, [op])).body)
    }
    return {
      id: member.id,
      async write({ kind = 'update', ...place }) {
        deviceSeq += 1
        const sealed = sealUpdate(view, member, { kind, deviceSeq, ...place })
        return { ...sealed, code: await send(kinds[kind], sealed.bytes) }
      },
      verdict(about) {
        deviceSeq += 1
        return send('doc.verdict', encode(snapshotVerdict, about))
      },
    }
  }

  beforeEach(async () => {
    const account = await newAccount(it)
    const others = [newMember(), newMember()] as const
    view = account.view
    for (const [i, member] of others.entries()) {
      const entry = nextEntry(view, addition(member), account.founder, [member])
      const token = account.session.access_token
      await sendOps(it, token, [newSentOp('vault.append', i + 1, appendBody(entry))])
      view = extend(view, entry)
    }
    phone = writer(account.founder, 2)
    tablet = writer(others[0])
    laptop = writer(others[1])
    doc = newDoc()
    const first = await phone.write({ doc })
    const next = await phone.write({ doc, docSeq: 2, docPrev: first.hash })
    const other = await tablet.write({ doc })
    covers = [
      { device: phone.id, docSeq: 2, hash: next.hash },
      { device: tablet.id, docSeq: 1, hash: other.hash },
    ]
  })

  const snapshot = (changes: Partial<EnvelopeHeader> = {}, covered = covers) => ({
    kind: 'snapshot' as const,
    doc,
    ext: encodeCovers(covered),
    ...changes,
  })
  const rows = async () => {
    const updates = await it.opened.db.query<{ device_id: string; doc_seq: number }>(
      'SELECT device_id, doc_seq FROM doc_updates WHERE doc_id = $1 ORDER BY doc_seq',
      [doc],
    )
    const snapshots = await it.opened.db.query<{ number: number }>(
      'SELECT number FROM doc_snapshots WHERE doc_id = $1 ORDER BY number',
      [doc],
    )
    return {
      updates: updates.map((row) => row.doc_seq),
      snapshots: snapshots.map((row) => row.number),
    }
  }

  describe('S38 W24 a snapshot', () => {
    test('is stored beside what it covers, and the next one upon it', async () => {
      const first = await phone.write(snapshot())
      expect(first.code).toBe('applied')
      const later = await tablet.write({ doc, docSeq: 2, docPrev: covers[1]!.hash })
      expect(later.code).toBe('applied')
      const more = [covers[0]!, { device: tablet.id, docSeq: 2, hash: later.hash }]
      const second = await tablet.write(snapshot({ docSeq: 2, docPrev: first.hash }, more))
      expect([second.code, await rows()]).toEqual([
        'applied',
        { updates: [1, 1, 2, 2], snapshots: [1, 2] },
      ])
    })

    test('of two at once is one, and the other is a conflict', async () => {
      const both = await Promise.all([phone.write(snapshot()), tablet.write(snapshot())])
      expect(both.map(({ code }) => code).toSorted()).toEqual(['applied', 'doc/snapshot-conflict'])
    })

    test.each([
      ['another parent', { docSeq: 2, docPrev: randomBytes(32) }],
      ['a number that is taken', { docSeq: 1 }],
      ['a number ahead', { docSeq: 3 }],
    ])('with %s is a conflict', async (_, changes) => {
      await phone.write(snapshot())
      expect((await phone.write(snapshot(changes))).code).toBe('doc/snapshot-conflict')
    })

    test('that covers what is not stored, or goes back, is refused', async () => {
      const [own, other] = covers as [Cover, Cover]
      const lies = [
        [{ ...own, hash: randomBytes(32) }, other],
        [{ ...own, docSeq: 3 }, other],
      ]
      for (const lie of lies)
        expect((await phone.write(snapshot({}, lie))).code).toBe('doc/cover-unknown')
      const { hash } = await phone.write(snapshot())
      const back = await phone.write(snapshot({ docSeq: 2, docPrev: hash }, [own]))
      expect(back.code).toBe('doc/cover-unknown')
    })

    test.each([
      ['without covers', new Uint8Array(2)],
      ['with trailing bytes', new Uint8Array(3)],
      ['without an extension', new Uint8Array(0)],
    ])('%s is malformed', async (_, ext) => {
      expect((await phone.write(snapshot({ ext }))).code).toBe('wire/malformed')
    })

    test('that covers a device twice, or out of order, is malformed', async () => {
      const [own] = covers as [Cover]
      const twice = encodeCovers([own, own])
      expect((await phone.write(snapshot({ ext: twice }))).code).toBe('wire/malformed')
    })
  })

  describe('S39 W25 pruning', () => {
    const verdictOn = (hash: Uint8Array, verdict: 'ok' | 'bad') => ({
      doc,
      number: 1,
      snapshot: hash,
      verdict,
    })
    const afterDays = async (days: number) => {
      it.clock.advance(days * day)
      await it.sweep()
    }

    test('comes a week after another device has confirmed it, and chains go on from the covers', async () => {
      const { hash } = await phone.write(snapshot())
      expect(await tablet.verdict(verdictOn(hash, 'ok'))).toBe('applied')
      it.clock.advance(7 * day - 1)
      await it.sweep()
      expect((await rows()).updates).toEqual([1, 1, 2])
      const elsewhere = newDoc()
      await tablet.write({ doc: elsewhere })
      it.clock.advance(2)
      await it.sweep()
      expect(await rows()).toEqual({ updates: [], snapshots: [1] })
      const next = { doc, docSeq: 3, docPrev: covers[0]!.hash }
      expect((await phone.write({ ...next, docPrev: randomBytes(32) })).code).toBe('doc/chain')
      expect((await phone.write(next)).code).toBe('applied')
    })

    test("leaves each device's newest envelope, of which an epoch's cut is made", async () => {
      const { hash } = await phone.write(snapshot())
      await tablet.verdict(verdictOn(hash, 'ok'))
      it.clock.advance(8 * day)
      await it.sweep()
      const [left] = await it.opened.db.query<{ device_id: string }>(
        'SELECT device_id FROM doc_updates WHERE doc_id = $1',
        [doc],
      )
      expect([left!.device_id, (await rows()).updates]).toEqual([tablet.id, [1]])
    })

    test('never comes after a verdict of bad, and the next snapshot has the parent before it', async () => {
      const { hash } = await phone.write(snapshot())
      await tablet.verdict(verdictOn(hash, 'ok'))
      await tablet.verdict(verdictOn(hash, 'bad'))
      await tablet.verdict(verdictOn(hash, 'ok'))
      it.clock.advance(60 * day)
      await it.sweep()
      expect((await rows()).updates).toEqual([1, 1, 2])
      const upon = await tablet.write(snapshot({ docSeq: 2, docPrev: hash }))
      expect(upon.code).toBe('doc/snapshot-conflict')
      expect((await tablet.write(snapshot({ docSeq: 2 }))).code).toBe('applied')
    })

    test('comes a week after the first verdict of ok, however late that is, and not after a later one', async () => {
      const { hash } = await phone.write(snapshot())
      await afterDays(29)
      await tablet.verdict(verdictOn(hash, 'ok'))
      await afterDays(4)
      await laptop.verdict(verdictOn(hash, 'ok'))
      await afterDays(2.9)
      expect((await rows()).updates).toEqual([1, 1, 2])
      await afterDays(0.2)
      expect((await rows()).updates).toEqual([1])
    })

    test('never comes when a third device finds it bad within the week', async () => {
      const { hash } = await phone.write(snapshot())
      await afterDays(29)
      await tablet.verdict(verdictOn(hash, 'ok'))
      await afterDays(6)
      await laptop.verdict(verdictOn(hash, 'bad'))
      await afterDays(60)
      expect((await rows()).updates).toEqual([1, 1, 2])
    })

    test('is not brought on by its author, or by a verdict on another snapshot', async () => {
      const { hash } = await phone.write(snapshot())
      expect(await phone.verdict(verdictOn(hash, 'ok'))).toBe('wire/malformed')
      await afterDays(20)
      expect(await tablet.verdict(verdictOn(randomBytes(32), 'ok'))).toBe('applied')
      await afterDays(29)
      expect((await rows()).updates).toEqual([1, 1, 2])
    })

    test('takes 30 days where there is one device only', async () => {
      const account = await newAccount(it)
      view = account.view
      const alone = writer(account.founder)
      const first = await alone.write({ doc: (doc = newDoc()) })
      await alone.write(snapshot({}, [{ device: alone.id, docSeq: 1, hash: first.hash }]))
      await afterDays(29)
      expect((await rows()).updates).toEqual([1])
      await afterDays(2)
      expect((await rows()).updates).toEqual([])
    })

    test('waits while another device is active, and 30 days after its last session was refreshed no more', async () => {
      await phone.write(snapshot())
      await afterDays(20)
      await tablet.write({ doc: newDoc() })
      await afterDays(29)
      expect((await rows()).updates).toEqual([1, 1, 2])
      await afterDays(2)
      expect((await rows()).updates).toEqual([])
    })

    test('comes when the other device, that had not confirmed it in 30 days, is removed', async () => {
      await phone.write(snapshot())
      await afterDays(29)
      await tablet.write({ doc: newDoc() })
      await afterDays(2)
      expect((await rows()).updates).toEqual([1, 1, 2])
      await it.opened.db.query('UPDATE devices SET removed_at = $2 WHERE device_id = $1', [
        tablet.id,
        new Date(it.clock.now()),
      ])
      await afterDays(1)
      expect((await rows()).updates).toEqual([])
    })

    test.each([
      ['whose date was forgotten', 'DELETE FROM doc_prunings WHERE doc_id = $1'],
      ['that was due too soon', "UPDATE doc_prunings SET due_at = '2026-11-22' WHERE doc_id = $1"],
    ])('of a snapshot %s is a week away after an update of the server', async (_, spoil) => {
      await phone.write(snapshot())
      await it.opened.db.query(spoil, [doc])
      const files = await readMigrations(migrationsDirectory)
      await it.opened.db.script(files.find(({ name }) => name === 'prunings_anew')!.sql)
      const [row] = await it.opened.db.query<{ days: number }>(
        `SELECT round(extract(epoch FROM due_at - now()) / ${day})::integer AS days
          FROM doc_prunings WHERE doc_id = $1`,
        [doc],
      )
      expect(row).toEqual({ days: 7 })
    })

    test('takes superseded snapshots along', async () => {
      const first = await phone.write(snapshot())
      const second = await phone.write(snapshot({ docSeq: 2, docPrev: first.hash }))
      await tablet.verdict({ doc, number: 2, snapshot: second.hash, verdict: 'ok' })
      it.clock.advance(8 * day)
      await it.sweep()
      expect((await rows()).snapshots).toEqual([2])
    })
  })

  test.each(['heads', 'void'] as const)(
    'W36 %s continue the chain of their document',
    async (kind) => {
      const { code } = await phone.write({ doc, kind, docSeq: 3, docPrev: covers[0]!.hash })
      expect([code, (await rows()).updates]).toEqual(['applied', [1, 1, 2, 3]])
      expect((await phone.write({ doc, kind, docSeq: 3 })).code).toBe('doc/chain')
    },
  )
})
