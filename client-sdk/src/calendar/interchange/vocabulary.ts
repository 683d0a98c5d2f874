/**
 * Foreign words and what they mean here, as tables: the words of a diary of another program by their
 * kinds, each with the fields that say the same. A table is closed; what it does not list is kept as a
 * tag where its kind says so, and else counted as unknown.
 */
import type { DayValues } from '../field.ts'
import type { Gathering, TagField, Where } from './gathering.ts'

/** What a word means; `nowhere` for a word that is understood, yet says nothing that a field holds. */
export type Meaning = DayValues | 'nowhere'

/** The words of one kind, such as pain or mood. */
export interface WordKind {
  readonly words: Readonly<Record<string, Meaning>>
  /** Where words go that are not listed. */
  readonly rest: TagField | 'unknown'
  /** Stands before a tag of that kind, where the word alone would not say what is meant. */
  readonly prefix?: string
}

/** Kinds by the names that a program has for them, in its own normal spelling. */
export type Vocabulary = Readonly<Record<string, WordKind>>

/** A symptom without a field. */
export const tag = (...words: string[]): DayValues => ({ 'symptom.tags': words })

/** A medicine that was taken. */
export const medicine = (...words: string[]): DayValues => ({ 'medication.taken': words })

/** An entry of a table by a name from outside. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** A word of a file. */
export interface ForeignWord {
  /** The name of its kind, for a person. */
  readonly kind: string
  /** In the spelling of the table. */
  readonly word: string
  /** As it is to be read by a person. */
  readonly shown: string
}

/** Adds a word by its meaning. */
export function addForeignWord(
  gathering: Gathering,
  where: Where,
  { words, rest, prefix }: WordKind,
  { kind, word, shown }: ForeignWord,
): void {
  const meaning = entryOf(words, word)
  if (meaning === 'nowhere' || (!meaning && rest === 'unknown'))
    gathering.unknown(`${kind}: ${shown}`)
  else if (meaning) gathering.add(where, meaning)
  else if (rest !== 'unknown')
    gathering.addWord(where, rest, prefix ? `${prefix}: ${shown}` : shown)
}
