/**
 * What a document says as plain data, in one fixed order: what a backup holds of it. Putting it back only adds:
 * a register counts where it is newer than the same writer's, nothing blanks what is shown, and a note is written
 * where it is not there yet (W29, W30).
 */
import { domains, utf8 } from '@selene/shapes'
import * as Y from 'yjs'
import type { Primitives } from '../crypto/primitives.ts'
import { copyNote, noteSubjects, rawNote, writeNote } from './note.ts'
import {
  byPrecedence,
  putRegister,
  readRegisters,
  type Register,
  type RegisterValue,
} from './register.ts'

/** One writer's value of a subject. */
export type PlainRegister = readonly [
  subject: string,
  writer: string,
  counter: number,
  at: number,
  value: RegisterValue,
]
export type PlainNote = readonly [subject: string, text: string]

export interface PlainDocument {
  readonly name: string
  /** By subject, then writer. */
  readonly registers: readonly PlainRegister[]
  /** By subject; none is empty. */
  readonly notes: readonly PlainNote[]
}

type Named = readonly [subject: string, writer: unknown, ...rest: unknown[]]

const byName = (a: Named, b: Named): number => {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return String(a[1]) < String(b[1]) ? -1 : 1
}

/** JSON has no other numbers. */
const isPlain = ({ at, value }: Register): boolean =>
  Number.isFinite(at) && (typeof value !== 'number' || Number.isFinite(value))

/** Reads a document; what is no register of ours is left out. */
export function readPlain(name: string, doc: Y.Doc): PlainDocument {
  const registers = [...readRegisters(doc)].flatMap(([subject, all]) =>
    all
      .filter(isPlain)
      .map(({ writer, counter, at, value }): PlainRegister => [
        subject,
        writer,
        counter,
        at,
        value,
      ]),
  )
  const notes = noteSubjects(doc)
    .map((subject): PlainNote => [subject, rawNote(doc, subject)])
    .filter(([, text]) => text !== '')
  return { name, registers: registers.toSorted(byName), notes: notes.toSorted(byName) }
}

/** One step of putting content back. */
export interface PlainStep {
  /** What it takes in an update, about. */
  readonly bytes: number
  act(doc: Y.Doc): void
}

const isShown = (registers: readonly Register[] | undefined): boolean =>
  (registers?.[0]?.value ?? null) !== null

function registerSteps(doc: Y.Doc, registers: readonly PlainRegister[]): PlainStep[] {
  const here = readRegisters(doc)
  const steps: PlainStep[] = []
  for (const [subject, kept] of Map.groupBy(registers, ([subject]) => subject)) {
    const all = kept.map(([, writer, counter, at, value]) => ({ writer, counter, at, value }))
    const winner = all.toSorted(byPrecedence)[0]
    // Cleared there and shown here: to show it is the lesser harm.
    if (winner?.value === null && isShown(here.get(subject))) continue
    for (const register of all) {
      const own = here.get(subject)?.find(({ writer }) => writer === register.writer)
      if (own && own.counter >= register.counter) continue
      steps.push({
        bytes: utf8(subject + JSON.stringify(register)).length,
        act: (into) => putRegister(into, subject, register),
      })
    }
  }
  return steps
}

/** UTF-16 units of a note in one step: at most three bytes each. */
const notePart = 20_000

function partsOf(text: string): string[] {
  const points = Array.from(text)
  return Array.from({ length: Math.ceil(points.length / notePart) }, (_, i) =>
    points.slice(i * notePart, (i + 1) * notePart).join(''),
  )
}

interface Place {
  readonly crypto: Primitives
  readonly document: string
}

/**
 * A note as updates whose author follows from the words alone: put back on two devices, they are the same
 * characters, and stand once when the devices meet. `undefined` where they were here before and were deleted.
 */
function fixedNote({ crypto, document }: Place, doc: Y.Doc, [subject, text]: PlainNote) {
  const source = new Y.Doc({ gc: true })
  const seed = crypto.hash(
    [domains.backupNote, utf8(JSON.stringify([document, subject, text]))],
    16,
  )
  source.clientID = new DataView(seed.buffer, seed.byteOffset).getUint32(0)
  if (Y.decodeStateVector(Y.encodeStateVector(doc)).has(source.clientID)) return undefined
  const updates: Uint8Array[] = []
  source.on('update', (update: Uint8Array) => void updates.push(update))
  for (const part of partsOf(text)) copyNote(source, subject, part)
  return updates
}

interface NoteSteps {
  /** Written by this device. */
  readonly own: readonly PlainStep[]
  /** Merged as they are. */
  readonly fixed: readonly PlainStep[]
}

function noteSteps(place: Place, doc: Y.Doc, note: PlainNote): NoteSteps {
  const [subject, text] = note
  const here = rawNote(doc, subject)
  if (here.includes(text)) return { own: [], fixed: [] }
  const updates = here === '' ? fixedNote(place, doc, note) : undefined
  if (updates) {
    const steps = updates.map((update) => ({
      bytes: update.length,
      act: (into: Y.Doc) => Y.applyUpdate(into, update),
    }))
    return { own: [], fixed: steps }
  }
  // Hers and the other one, as a person would have put them together.
  const rest = text.startsWith(here) ? text.slice(here.length) : `\n${text}`
  const steps = partsOf(rest).map((part) => ({
    bytes: utf8(part).length,
    act: (into: Y.Doc) => writeNote(into, subject, rawNote(into, subject) + part),
  }))
  return { own: steps, fixed: [] }
}

/**
 * What putting `plain` back into `doc` takes, in two lists, none of it where all of it is there. The two may not share a
 * transaction: Yjs takes what is written beside something merged for another's.
 */
export function stepsToRestore(
  crypto: Primitives,
  doc: Y.Doc,
  plain: PlainDocument,
): readonly (readonly PlainStep[])[] {
  const notes = plain.notes.map((note) => noteSteps({ crypto, document: plain.name }, doc, note))
  return [
    [...registerSteps(doc, plain.registers), ...notes.flatMap(({ own }) => own)],
    notes.flatMap(({ fixed }) => fixed),
  ]
}
