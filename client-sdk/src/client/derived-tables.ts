/** The tables that an app reads, derived from the documents by all parts together. */
import { deriveContactNames, prepareContactNames } from '../contacts/names.ts'
import { deriveEntries, prepareEntries } from '../diary/entries.ts'
import type { Derive, Documents } from '../docs/documents.ts'

/** Writes what any part makes of a document. */
export const deriveAll: Derive = async (tx, name, doc) => {
  await deriveEntries(tx, name, doc)
  await deriveContactNames(tx, name, doc)
}

/**
 * Creates the tables where this version has not yet, before anything is read from them. All are there
 * before any is filled: one document may concern several.
 */
export const openDerivedTables = (documents: Documents): Promise<void> =>
  documents.write(async (tx) => {
    const made = [await prepareEntries(tx), await prepareContactNames(tx)]
    if (made.includes(true)) await documents.derive(tx)
  })
