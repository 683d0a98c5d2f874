import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readNote, writeNote } from './note.ts'
import { readRegisters, writeImport, writeRegister, type RegisterValue } from './register.ts'

const subject = '05|bleeding.value'
const write = (doc: Y.Doc, writer: string, value: RegisterValue): void =>
  writeRegister(doc, readRegisters(doc).get(subject) ?? [], { subject, writer, at: 1, value })
const shown = (doc: Y.Doc) => readRegisters(doc).get(subject)?.[0]?.value
const merge = (into: Y.Doc, from: Y.Doc): void => Y.applyUpdate(into, Y.encodeStateAsUpdate(from))
function exchange(a: Y.Doc, b: Y.Doc): void {
  merge(a, b)
  merge(b, a)
}

describe('W29 registers', () => {
  test('of two values written offline both stay readable, and all devices show the same one', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    write(a, 'device-a', 1)
    write(b, 'device-b', 3)
    exchange(a, b)
    for (const doc of [a, b])
      expect(readRegisters(doc).get(subject)).toEqual([
        { writer: 'device-b', counter: 1, at: 1, value: 3 },
        { writer: 'device-a', counter: 1, at: 1, value: 1 },
      ])
  })

  test('who has seen a value overrules it, whatever the writers’ names', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    write(b, 'device-z', 3)
    merge(a, b)
    write(a, 'device-a', 0)
    exchange(a, b)
    expect(shown(b)).toBe(0)
  })

  test('two devices that make the same day offline lose nothing of it', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    const put = (doc: Y.Doc, field: string, value: RegisterValue) =>
      writeRegister(doc, [], { subject: `05|${field}`, writer: 'w', at: 1, value })
    put(a, 'bleeding.value', 2)
    put(b, 'temperature.value', 36.6)
    exchange(a, b)
    expect([...readRegisters(a).keys()].toSorted()).toEqual([
      '05|bleeding.value',
      '05|temperature.value',
    ])
  })

  test('writing what is shown already changes nothing', () => {
    const doc = new Y.Doc()
    write(doc, 'device-a', 1)
    const before = Y.encodeStateAsUpdate(doc)
    write(doc, 'device-b', 1)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
    const empty = new Y.Doc()
    write(empty, 'device-a', null)
    expect(readRegisters(empty).size).toBe(0)
  })

  test('any order of any edits and exchanges ends the same on all devices', () => {
    const step = fc.record({
      device: fc.nat(2),
      value: fc.option(fc.nat(3)),
      exchangeWith: fc.option(fc.nat(2)),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()] as const
        for (const { device, value, exchangeWith } of steps) {
          write(docs[device]!, `device-${device}`, value)
          if (exchangeWith !== null) merge(docs[exchangeWith]!, docs[device]!)
        }
        exchange(docs[0], docs[1])
        exchange(docs[1], docs[2])
        exchange(docs[0], docs[1])
        const all = docs.map((doc) => readRegisters(doc).get(subject))
        expect(all[1]).toEqual(all[0])
        expect(all[2]).toEqual(all[0])
      }),
    )
  })

  test('what is not a register is passed over', () => {
    const doc = new Y.Doc()
    const root = doc.getMap('registers')
    root.set('no-bar', [1, 1, 1])
    for (const [i, junk] of [1, 'x', [1], [1.5, 1, 1], [1, 'x', 1], [1, 1, {}]].entries())
      root.set(`05|field|w${i}`, junk)
    expect(readRegisters(doc).size).toBe(0)
  })
})

test('W30 the same import on two devices is the same register, below everything written by hand', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  for (const doc of [a, b]) writeImport(doc, subject, 2)
  exchange(a, b)
  expect(readRegisters(a).get(subject)).toEqual([{ writer: 'import', counter: 0, at: 0, value: 2 }])
  write(a, 'device-a', 1)
  writeImport(b, subject, 3)
  exchange(a, b)
  expect([shown(a), shown(b)]).toEqual([1, 1])
})

describe('W30 notes', () => {
  const whole = fc.string({ unit: 'grapheme', maxLength: 40 })

  test('a note becomes what is wanted', () => {
    fc.assert(
      fc.property(whole, whole, (first, second) => {
        const doc = new Y.Doc()
        writeNote(doc, '05', first)
        writeNote(doc, '05', second)
        expect(readNote(doc, '05')).toBe(second.replaceAll('\0', ''))
      }),
    )
  })

  test('a change that shares half of an emoji keeps both whole', () => {
    const doc = new Y.Doc()
    writeNote(doc, '05', 'a😀b')
    writeNote(doc, '05', 'a😁b')
    expect(readNote(doc, '05')).toBe('a😁b')
  })

  test('two devices that add to a note keep both additions', () => {
    const a = new Y.Doc()
    writeNote(a, '05', 'slept well')
    const b = new Y.Doc()
    merge(b, a)
    writeNote(a, '05', 'slept well, tired')
    writeNote(b, '05', 'morning: slept well')
    exchange(a, b)
    expect(readNote(a, '05')).toBe('morning: slept well, tired')
    expect(readNote(b, '05')).toBe(readNote(a, '05'))
  })

  test('asking for a note that does not exist does not create it', () => {
    const doc = new Y.Doc()
    expect(readNote(doc, '05')).toBe('')
    expect(doc.share.size).toBe(0)
  })
})
