import { type ContactId, type VaultId } from '@selene/shapes'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { describe, expect, test } from 'vitest'
import { someId } from '../testing/scripted-server.ts'
import { createPen, readBook, type Pen } from './book.ts'
import { trustedEntries } from './names.ts'

const id = someId('1') as ContactId
const key = (fill: number) => new Uint8Array(32).fill(fill)
const trust = {
  name: 'Ada',
  peer: someId('a') as VaultId,
  signKey: key(1),
  boxKey: key(2),
  ownBoxKey: key(3),
}
const invitation = { secret: key(4), name: 'Ada', offer: key(5), ownBoxKey: key(3) }
const keysOf = (doc: Doc): string[] => [...doc.getMap('registers').keys()].toSorted()
const penOf = (doc: Doc, writer: string): Pen => createPen(doc, { writer, at: 1 })

/** Gives each document what the other has. */
function merge(a: Doc, b: Doc): void {
  const [ofA, ofB] = [encodeStateAsUpdate(a), encodeStateAsUpdate(b)]
  applyUpdate(a, ofB)
  applyUpdate(b, ofA)
}

describe('the book of two devices', () => {
  test('W43 keeps the identities that both made offline, and one of them is for new contacts', () => {
    const [phone, tablet] = [new Doc(), new Doc()]
    for (const [doc, fill] of [
      [phone, 1],
      [tablet, 3],
    ] as const)
      penOf(doc, fill === 1 ? 'phone' : 'tablet').identity({
        seeds: { sign: key(fill), box: key(fill + 1) },
        boxKey: key(fill + 2),
        epoch: `vault ${fill}`,
      })
    merge(phone, tablet)
    expect(readBook(phone)).toEqual(readBook(tablet))
    const { identities } = readBook(phone)
    expect(identities.map(({ seeds, place, epoch }) => [seeds.sign[0], place, epoch])).toEqual([
      [1, 1, 'vault 1'],
      [3, 1, 'vault 3'],
    ])
  })

  test('W29 what one device removed is not brought back by another that knew nothing of it', () => {
    const [phone, tablet] = [new Doc(), new Doc()]
    penOf(phone, 'phone').trust(id, trust)
    merge(phone, tablet)
    penOf(phone, 'phone').remove(id)
    const renamed = penOf(tablet, 'tablet')
    renamed.trust(id, { ...trust, name: 'Ada from work' })
    renamed.gone(id, true)
    penOf(tablet, 'tablet').gone(id, false)
    merge(phone, tablet)
    for (const doc of [phone, tablet]) expect(trustedEntries(readBook(doc))).toEqual([])
  })

  test('C89 no secret of a removed contact is left, whoever wrote it', () => {
    const [phone, tablet] = [new Doc(), new Doc()]
    penOf(phone, 'phone').invitation(id, invitation)
    penOf(phone, 'phone').trust(id, trust)
    merge(phone, tablet)
    penOf(tablet, 'tablet').remove(id)
    merge(phone, tablet)
    for (const doc of [phone, tablet]) {
      expect(keysOf(doc)).toEqual([`contact/${id}|removed|tablet`])
      expect(readBook(doc).entries.get(id)?.removed).toBe(true)
    }
  })

  test('C87 an invitation’s secret and an answer go once the keys are pinned, of others nothing', () => {
    const [phone, tablet] = [new Doc(), new Doc()]
    const open = someId('2') as ContactId
    penOf(phone, 'phone').invitation(id, invitation)
    penOf(phone, 'phone').acceptance(id, { answer: key(6), offer: key(7), trust })
    penOf(phone, 'phone').invitation(open, invitation)
    merge(phone, tablet)
    penOf(tablet, 'tablet').trust(id, trust)
    merge(phone, tablet)
    expect(keysOf(phone)).toEqual([`contact/${id}|trusted|tablet`, `contact/${open}|invite|phone`])
    expect(trustedEntries(readBook(phone)).map((entry) => entry.id)).toEqual([id])
  })

  test('counts what does not follow its layout as absent', () => {
    const doc = new Doc()
    penOf(doc, 'phone').trust(id, trust)
    const registers = doc.getMap('registers')
    const put = (subject: string, value: unknown): void =>
      void registers.set(`${subject}|other`, [9, 0, value])
    put('self|share', 'AAAA')
    put('self|name', 7)
    put('contact/nobody|trusted', '{}')
    put(`contact/${someId('2')}|trusted`, '{"name":"x"}')
    put(`contact/${someId('3')}|invite`, 'no JSON')
    const book = readBook(doc)
    expect([book.ownName, book.identities]).toEqual(['', []])
    expect(trustedEntries(book).map((entry) => entry.id)).toEqual([id])
    expect(book.entries.get(someId('3') as ContactId)?.invitation).toBeUndefined()
  })
})
