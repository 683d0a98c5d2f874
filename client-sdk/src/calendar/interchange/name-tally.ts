/**
 * Counts names that a reader does not know, within bounds: a file may hold any number of them, of any
 * length, and they are there to be looked at.
 */
import type { UnknownName } from './parsed-diary.ts'

const maxNames = 200
const maxLength = 60
/** Stands for all names beyond the first {@link maxNames}. */
const others = '…'

const shown = (name: string): string => {
  const line = name.replaceAll(/\p{Cc}+/gu, ' ').trim()
  const short = line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line
  return short.toWellFormed()
}

export interface NameTally {
  /** Counts a name `times` times, once unless given; 0 lists the name all the same. */
  add(name: string, times?: number): void
  /** In the order in which they were first met. */
  list(): UnknownName[]
}

/** An empty tally. */
export function createNameTally(): NameTally {
  const counts = new Map<string, number>()
  return {
    add(name, times = 1) {
      const line = shown(name)
      const key = counts.has(line) || counts.size < maxNames ? line : others
      counts.set(key, (counts.get(key) ?? 0) + times)
    },
    list: () => [...counts].map(([name, count]) => ({ name, count })),
  }
}
