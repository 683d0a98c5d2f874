/** Tables that are made of documents, and made anew when a version of the app writes them in another way. */
import { readMeta, writeMeta } from './meta.ts'
import type { StoreTx } from './store.ts'

export interface DerivedTable {
  readonly name: string
  /** Changes whenever the table or what is written to it changes. */
  readonly version: number
  /** Drops the table and creates it, with the grants of those who may read it. */
  readonly createSql: string
}

/** Creates the table unless this version has, and says whether it did. */
export async function prepareTable(
  tx: StoreTx,
  { name, version, createSql }: DerivedTable,
): Promise<boolean> {
  const key = `${name}-version`
  if ((await readMeta<number>(tx, key)) === version) return false
  await tx.script(createSql)
  await writeMeta(tx, key, version)
  return true
}
