/**
 * What one act changed in a document, and taking it back: by writing what stood before, as a new act, where
 * nobody has changed it since. It looks at what wins, so that a concurrent value of another device is left alone.
 */
import { noteSubjects, readNote, writeNote } from './note.ts'
import { readRegisters, writeRegister, type Register, type RegisterValue } from './register.ts'
import type { Content } from './documents.ts'

/** A value or a note before an act, and after it. */
export type Changed =
  | {
      readonly kind: 'register'
      readonly subject: string
      readonly before: RegisterValue
      readonly after: RegisterValue
    }
  | {
      readonly kind: 'note'
      readonly subject: string
      readonly before: string
      readonly after: string
    }

interface Shown {
  readonly winners: ReadonlyMap<string, readonly Register[]>
  readonly notes: ReadonlyMap<string, string>
}

const shownIn = (doc: Content): Shown => ({
  winners: readRegisters(doc),
  notes: new Map(noteSubjects(doc).map((subject) => [subject, readNote(doc, subject)])),
})

const valueIn = ({ winners }: Shown, subject: string): RegisterValue =>
  winners.get(subject)?.[0]?.value ?? null

/** What an act changes, found by comparing what is shown before and after it. */
export function recordAct(doc: Content, act: () => void): readonly Changed[] {
  const before = shownIn(doc)
  act()
  const after = shownIn(doc)
  const registers = [...after.winners.keys()].map((subject): Changed => ({
    kind: 'register',
    subject,
    before: valueIn(before, subject),
    after: valueIn(after, subject),
  }))
  const notes = [...after.notes].map(([subject, text]): Changed => ({
    kind: 'note',
    subject,
    before: before.notes.get(subject) ?? '',
    after: text,
  }))
  return [...registers, ...notes].filter((changed) => changed.before !== changed.after)
}

/**
 * Writes what stood before. A value counts as changed since when another writer's wins now, or another value; a
 * note when its text is another.
 * @returns What is left as it is, since somebody changed it.
 */
export function takeBack(
  doc: Content,
  changes: readonly Changed[],
  author: { readonly writer: string; readonly at: number },
): readonly Changed[] {
  const { winners, notes } = shownIn(doc)
  const left: Changed[] = []
  for (const change of changes) {
    const { subject } = change
    if (change.kind === 'note') {
      if ((notes.get(subject) ?? '') === change.after) writeNote(doc, subject, change.before)
      else left.push(change)
      continue
    }
    const seen = winners.get(subject) ?? []
    const isOwn = seen[0]?.writer === author.writer && seen[0].value === change.after
    if (isOwn) writeRegister(doc, seen, { ...author, subject, value: change.before })
    else left.push(change)
  }
  return left
}
