/**
 * What an update has written, as a document of its own: the registers and notes that it touches, as the document that
 * has taken it says them now. An update alone does not name what it writes to once it was written before.
 */
import * as Y from 'yjs'
import { copyNote, noteOf, noteSubjects, rawNote } from './note.ts'
import { copyRegister, registerKeys } from './register.ts'
import type { Content } from './documents.ts'

/** Items of the document that the update has brought; what it holds of deletions says nothing. */
function* itemsOf(doc: Y.Doc, update: Uint8Array): Iterable<Y.Item> {
  for (const { id, length } of Y.decodeUpdate(update).structs) {
    const end = Math.min(id.clock + length, Y.getState(doc.store, id.client))
    for (let clock = id.clock; clock < end;) {
      const found = Y.getItem(doc.store, Y.createID(id.client, clock))
      if (found instanceof Y.Item) yield found
      clock = found.id.clock + found.length
    }
  }
}

/** The part of a document that an update has written. */
export function writtenPart(doc: Content, update: Uint8Array): Content {
  // Asking for a note gives its items their parent.
  const notes = noteSubjects(doc).map((subject) => ({ subject, text: noteOf(doc, subject) }))
  const touched = [...itemsOf(doc, update)]
  const keys = new Set(touched.map(({ parentSub }) => parentSub))
  const parents = new Set(touched.map(({ parent }) => parent))
  const part = new Y.Doc({ gc: true })
  for (const { key } of registerKeys(doc)) if (keys.has(key)) copyRegister(doc, part, key)
  for (const { subject, text } of notes)
    if (parents.has(text)) copyNote(part, subject, rawNote(doc, subject))
  return part
}
