import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { systemRandom } from '../core/random.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { loadPrimitives } from '../crypto/sodium.ts'
import { rawNote, writeNote } from './note.ts'
import {
  readPlain,
  stepsToRestore,
  type PlainDocument,
  type PlainRegister,
} from './plain-content.ts'
import { readRegisters } from './register.ts'

const name = 'month/2026-03'
let crypto: Primitives
beforeAll(async () => {
  crypto = await loadPrimitives(systemRandom)
})

function restore(doc: Y.Doc, plain: PlainDocument): number {
  const steps = stepsToRestore(crypto, doc, plain).flat()
  for (const { act } of steps) act(doc)
  return steps.length
}
function restored(plain: PlainDocument): Y.Doc {
  const doc = new Y.Doc()
  restore(doc, plain)
  return doc
}
function meet(a: Y.Doc, b: Y.Doc): void {
  const [ofA, ofB] = [a, b].map((doc) => Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(a, ofB!)
  Y.applyUpdate(b, ofA!)
}
const shown = (doc: Y.Doc, subject: string) => readRegisters(doc).get(subject)?.[0]?.value
const plainOf = (
  registers: readonly PlainRegister[],
  notes: readonly (readonly [string, string])[] = [],
): PlainDocument => ({ name, registers, notes })

const value = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const registers = fc.array(
  fc.tuple(
    fc.stringMatching(/^[0-2]\d\|[a-c.]{1,3}$/),
    fc.constantFrom('a', 'b', 'c', 'import'),
    fc.nat(5),
    fc.nat(),
    value,
  ),
)
const notes = fc.array(
  fc.tuple(fc.stringMatching(/^[0-2]\d$/), fc.string({ unit: 'grapheme', minLength: 1 })),
)
/** Canonical content of a document that somebody wrote. */
const written = fc.tuple(registers, notes).map(([registers, notes]): PlainDocument => {
  const doc = new Y.Doc()
  const last = new Map(registers.map((each) => [`${each[0]}|${each[1]}`, each]))
  restore(doc, plainOf([...last.values()]))
  for (const [subject, text] of notes) writeNote(doc, subject, text)
  return readPlain(name, doc)
})

describe('W42 content as plain data', () => {
  test('put into an empty document reads the same again', () => {
    fc.assert(
      fc.property(written, (plain) => {
        expect(readPlain(name, restored(plain))).toEqual(plain)
      }),
    )
  })

  test('put back again changes nothing', () => {
    fc.assert(
      fc.property(written, (plain) => {
        expect(restore(restored(plain), plain)).toBe(0)
      }),
    )
  })

  test('is as it was on two devices that restored the same and then meet: no note is doubled', () => {
    fc.assert(
      fc.property(written, (plain) => {
        const [a, b] = [restored(plain), restored(plain)]
        meet(a, b)
        for (const doc of [a, b]) expect(readPlain(name, doc)).toEqual(plain)
      }),
    )
  })

  test('blanks nothing that was shown, loses no note, and keeps every value readable', () => {
    fc.assert(
      fc.property(written, written, (here, kept) => {
        const doc = restored(here)
        restore(doc, kept)
        for (const [subject] of here.registers)
          if (shown(restored(here), subject) !== null) expect(shown(doc, subject)).not.toBeNull()
        for (const [subject, text] of [...here.notes, ...kept.notes])
          expect(rawNote(doc, subject)).toContain(text)
        for (const [subject, writer] of here.registers)
          expect(
            readRegisters(doc)
              .get(subject)!
              .map((each) => each.writer),
          ).toContain(writer)
      }),
    )
  })

  test('what is newer here stays, what is newer there comes', () => {
    const doc = restored(
      plainOf([
        ['05|x', 'a', 3, 1, 'new'],
        ['06|x', 'a', 1, 1, 'old'],
      ]),
    )
    restore(
      doc,
      plainOf([
        ['05|x', 'a', 2, 1, 'old'],
        ['06|x', 'a', 2, 1, 'new'],
      ]),
    )
    expect([shown(doc, '05|x'), shown(doc, '06|x')]).toEqual(['new', 'new'])
  })

  test('a note that was put back and deleted comes again', () => {
    const plain = plainOf([], [['05', 'as it was']])
    const doc = restored(plain)
    writeNote(doc, '05', '')
    restore(doc, plain)
    expect(rawNote(doc, '05')).toBe('as it was')
  })

  test('a note that goes on is taken as it goes on, another one stands below hers', () => {
    const doc = restored(
      plainOf(
        [],
        [
          ['05', 'slept'],
          ['06', 'hers'],
        ],
      ),
    )
    restore(
      doc,
      plainOf(
        [],
        [
          ['05', 'slept badly'],
          ['06', 'kept'],
        ],
      ),
    )
    expect([rawNote(doc, '05'), rawNote(doc, '06')]).toEqual(['slept badly', 'hers\nkept'])
  })

  test('W32 a long note goes in steps that each fit an update', () => {
    const plain = plainOf([], [['05', '🌒'.repeat(50_000)]])
    const steps = stepsToRestore(crypto, new Y.Doc(), plain).flat()
    for (const { bytes } of steps) expect(bytes).toBeLessThan(100_000)
    expect(readPlain(name, restored(plain))).toEqual(plain)
  })

  test('leaves out what is no register of ours', () => {
    const doc = new Y.Doc()
    const root = doc.getMap('registers')
    root.set('05|x|a', [1, 1, Number.NaN])
    root.set('05|x|b', { nested: true })
    root.set('05|x|c', [1, 1, 'fine'])
    expect(readPlain(name, doc).registers).toEqual([['05|x', 'c', 1, 1, 'fine']])
  })
})
