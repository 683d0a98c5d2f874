/** Running text at the root of a document: edits of two devices merge letter by letter (W30). */
import type * as Y from 'yjs'

const prefix = 'note/'
const nameOf = (subject: string): string => prefix + subject

/** Subjects that have a note, empty ones too. */
export const noteSubjects = (doc: Y.Doc): string[] =>
  [...doc.share.keys()].flatMap((name) =>
    name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  )

/** The note itself, created where there is none. */
export const noteOf = (doc: Y.Doc, subject: string): Y.Text => doc.getText(nameOf(subject))

/** Appends to a note of a document that is being copied. */
export function copyNote(into: Y.Doc, subject: string, part: string): void {
  const text = into.getText(nameOf(subject))
  text.insert(text.length, part)
}

/**
 * The text, empty when there is none; asking does not create it. Characters that SQL cannot hold, which
 * only another program could have written, are left out.
 */
export function readNote(doc: Y.Doc, subject: string): string {
  return rawNote(doc, subject).toWellFormed().replaceAll('\0', '')
}

/** The text as it is stored. */
export const rawNote = (doc: Y.Doc, subject: string): string =>
  // oxlint-disable-next-line typescript/no-base-to-string -- Y.Text prints its content
  doc.share.has(nameOf(subject)) ? doc.getText(nameOf(subject)).toString() : ''

/** Whether a cut here would part the two halves of one character. */
const isLowHalf = (text: string, at: number): boolean =>
  at > 0 &&
  at < text.length &&
  /[\uDC00-\uDFFF]/.test(text[at]!) &&
  /[\uD800-\uDBFF]/.test(text[at - 1]!)

/** Changes the text to `wanted` by replacing only what differs, so that concurrent edits merge. */
export function writeNote(doc: Y.Doc, subject: string, wanted: string): void {
  const text = doc.getText(nameOf(subject))
  // oxlint-disable-next-line typescript/no-base-to-string -- Y.Text prints its content
  const current = text.toString()
  const shorter = Math.min(current.length, wanted.length)
  let start = 0
  while (start < shorter && current[start] === wanted[start]) start++
  if (isLowHalf(current, start) || isLowHalf(wanted, start)) start--
  let end = 0
  while (end < shorter - start && current.at(-1 - end) === wanted.at(-1 - end)) end++
  if (end > 0 && isLowHalf(current, current.length - end)) end--
  if (current.length > start + end) text.delete(start, current.length - start - end)
  if (wanted.length > start + end) text.insert(start, wanted.slice(start, wanted.length - end))
}
