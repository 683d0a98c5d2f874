/**
 * What a document says, as one hash (W24): registers and notes in a fixed order, whatever order they came in.
 * Unlike a state vector it differs when content was altered or left out.
 */
import { domains, utf8 } from '@selene/shapes'
import * as Y from 'yjs'
import type { Primitives } from '../crypto/primitives.ts'
import { noteSubjects, rawNote } from './note.ts'
import { storedRegisters } from './register.ts'

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0

/** @returns 32 bytes. A note that is empty counts as none. */
export function stateHash(crypto: Primitives, doc: Y.Doc): Uint8Array {
  const registers = storedRegisters(doc).toSorted(byText)
  const notes = noteSubjects(doc)
    .map((subject) => [subject, rawNote(doc, subject)] as const)
    .filter(([, text]) => text !== '')
    .toSorted(byText)
  return crypto.hash([domains.state, utf8(JSON.stringify([registers, notes]))])
}

/** A document of these updates alone. @throws what Yjs throws for one that it refuses. */
export function documentOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: true })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}
