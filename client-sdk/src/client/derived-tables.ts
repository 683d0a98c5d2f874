/** The tables that an app reads, derived from the documents by all parts together. */
import { deriveContactNames, prepareContactNames } from '../contacts/names.ts'
import type { Chronicle } from '../diary/chronicle.ts'
import { prepareCycleData } from '../diary/cycle-data.ts'
import { prepareEntries } from '../diary/entries.ts'
import { prepareHealthInsights } from '../diary/health-insights.ts'
import { prepareProfile } from '../diary/profile-table.ts'
import { deriveSettings, prepareSettings } from '../diary/settings-table.ts'
import type { Derive, Deriver, Documents } from '../docs/documents.ts'
import type { StoreTx } from '../store/store.ts'

/** Writes what all parts make of a document; `watch` looks on. */
export const deriverOf = (chronicle: Chronicle, watch: Derive): Deriver => ({
  async derive(tx, name, doc) {
    await chronicle.derive(tx, name, doc)
    await deriveSettings(tx, name, doc)
    await deriveContactNames(tx, name, doc)
    await watch(tx, name, doc)
  },
  settle: chronicle.settle,
  undo: chronicle.undo,
})

const prepareAll = [
  prepareEntries,
  prepareCycleData,
  prepareProfile,
  prepareSettings,
  prepareHealthInsights,
  prepareContactNames,
]

/**
 * Creates the tables where this version has not yet, and says whether they are to be filled. All are there
 * before any is filled: one document may concern several.
 */
export async function prepareDerivedTables(tx: StoreTx): Promise<boolean> {
  let isNew = false
  for (const prepare of prepareAll) isNew = (await prepare(tx)) || isNew
  return isNew
}

/** Brings the tables up to date before anything is read from them. */
export const openDerivedTables = (documents: Documents): Promise<void> =>
  documents.write(async (tx) => {
    if (await prepareDerivedTables(tx)) await documents.derive(tx)
  })
