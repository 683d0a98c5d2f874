/**
 * Registers: one value per field and writer at the root of a document (W29). A writer changes only its
 * own register; the winner has the greatest counter, then the greatest writer. Nothing hangs on a
 * clock, both values of a conflict stay readable, and an edit made offline never erases another's.
 */
import { utf8 } from '@selene/shapes'
import type * as Y from 'yjs'

export type RegisterValue = string | number | boolean | null

export interface Register {
  readonly writer: string
  /** 1 + the greatest that the writer had seen. */
  readonly counter: number
  /** When the person acted, milliseconds since 1970 by her device; for display. */
  readonly at: number
  /** `null` = cleared. */
  readonly value: RegisterValue
}

type Stored = readonly [counter: number, at: number, value: RegisterValue]

const root = (doc: Y.Doc): Y.Map<Stored> => doc.getMap<Stored>('registers')
const keyOf = (subject: string, writer: string): string => `${subject}|${writer}`

/** Foreign input: what is not a register is passed over. */
function readStored(stored: unknown): Omit<Register, 'writer'> | undefined {
  if (!Array.isArray(stored) || stored.length !== 3) return undefined
  const [counter, at, value] = stored as unknown[]
  const plain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
  if (!Number.isSafeInteger(counter) || typeof at !== 'number' || !plain) return undefined
  return { counter: counter as number, at, value: value as RegisterValue }
}

/** The winner first. */
export const byPrecedence = (a: Register, b: Register): number =>
  b.counter - a.counter || (a.writer < b.writer ? 1 : -1)

/** All registers by subject, the winner first. */
export function readRegisters(doc: Y.Doc): Map<string, readonly Register[]> {
  const bySubject = new Map<string, Register[]>()
  for (const [key, stored] of root(doc).entries()) {
    const register = readStored(stored)
    const cut = key.lastIndexOf('|')
    if (!register || cut < 1) continue
    const subject = key.slice(0, cut)
    const others = bySubject.get(subject) ?? []
    bySubject.set(subject, [...others, { ...register, writer: key.slice(cut + 1) }])
  }
  for (const registers of bySubject.values()) registers.sort(byPrecedence)
  return bySubject
}

/** Writes the writer's register over all that it sees. Nothing happens when that value wins already. */
export function writeRegister(
  doc: Y.Doc,
  seen: readonly Register[],
  write: { subject: string; writer: string; at: number; value: RegisterValue },
): void {
  if ((seen[0]?.value ?? null) === write.value) return
  const greatest = Math.max(0, ...seen.map((register) => register.counter))
  // A foreign counter at the very end must not make this one unreadable.
  const counter = Math.min(greatest + 1, Number.MAX_SAFE_INTEGER)
  root(doc).set(keyOf(write.subject, write.writer), [counter, write.at, write.value])
}

/** Takes a subject's registers out of the document, whoever wrote them: for secrets that nobody needs. */
export function deleteRegisters(doc: Y.Doc, subject: string): void {
  const registers = root(doc)
  for (const key of registers.keys())
    if (key.slice(0, key.lastIndexOf('|')) === subject) registers.delete(key)
}

/** All registers as they are stored, whatever they hold, in no order. */
export const storedRegisters = (doc: Y.Doc): [key: string, stored: unknown][] => [
  ...root(doc).entries(),
]

/** Keys of all registers, with the bytes that each takes in an update. */
export const registerKeys = (doc: Y.Doc): { key: string; bytes: number }[] =>
  [...root(doc).entries()].map(([key, stored]) => ({
    key,
    bytes: utf8(key + JSON.stringify(stored)).length,
  }))

/** Copies one register, whoever wrote it. */
export function copyRegister(from: Y.Doc, into: Y.Doc, key: string): void {
  const stored = root(from).get(key)
  if (stored !== undefined) root(into).set(key, stored)
}

/** Writes a register whoever its writer is: one that was read before, and is put back. */
export function putRegister(doc: Y.Doc, subject: string, register: Register): void {
  const { writer, counter, at, value } = register
  root(doc).set(keyOf(subject, writer), [counter, at, value])
}

/** Counter of the fixed writer of imports: below every hand-written value, on every device the same. */
const importCounter = 0
export const importWriter = 'import'

/** Writes an imported value; whoever imports the same file writes the same (W30). */
export function writeImport(doc: Y.Doc, subject: string, value: RegisterValue): void {
  const key = keyOf(subject, importWriter)
  if (readStored(root(doc).get(key))?.value === value) return
  root(doc).set(key, [importCounter, 0, value])
}
