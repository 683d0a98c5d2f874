/**
 * Copies a document's registers and notes into an empty one, in updates that each fit one envelope. A
 * whole document that has grown beyond that could else never be sent (W32).
 */
import { utf8 } from '@selene/shapes'
import type * as Y from 'yjs'
import { cutIntoPieces } from '../core/piece.ts'
import { copyNote, noteSubjects, readNote } from './note.ts'
import { copyRegister, registerKeys } from './register.ts'

/** Code points of a note that one step writes: at most four bytes each. */
const notePoints = 20_000

interface Step {
  readonly bytes: number
  act(): void
}

function noteSteps(from: Y.Doc, into: Y.Doc, subject: string): Step[] {
  // By code points: half of a surrogate pair would not survive.
  const points = Array.from(readNote(from, subject))
  const parts = Array.from({ length: Math.ceil(points.length / notePoints) }, (_, i) =>
    points.slice(i * notePoints, (i + 1) * notePoints).join(''),
  )
  return parts.map((part) => ({
    bytes: utf8(part).length,
    act: () => copyNote(into, subject, part),
  }))
}

const registerSteps = (from: Y.Doc, into: Y.Doc): Step[] =>
  registerKeys(from).map(({ key, bytes }) => ({ bytes, act: () => copyRegister(from, into, key) }))

/** @returns The updates, in order, that together make `into` what `from` is. */
export function copyInPieces(from: Y.Doc, into: Y.Doc): Uint8Array[] {
  const steps = [
    ...registerSteps(from, into),
    ...noteSubjects(from).flatMap((subject) => noteSteps(from, into, subject)),
  ]
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array): void => void updates.push(update)
  into.on('update', collect)
  for (const piece of cutIntoPieces(steps, ({ bytes }) => bytes))
    into.transact(() => piece.forEach(({ act }) => act()))
  into.off('update', collect)
  return updates
}
