/**
 * A browser's keychain, in IndexedDB: the secret is random bytes sealed under a key that scripts of the page can use but
 * not read out. Whoever can run scripts of this origin can use it.
 */
import { utf8 } from '@selene/shapes'
import { systemRandom, type Random } from '../core/random.ts'
import {
  deleteDatabase,
  openDatabase,
  readEntry,
  sealingKey,
  writeEntry,
} from './browser-database.ts'
import type { Keychain } from './keychain.ts'
import { openRecord, sealRecord } from './kit-seal.ts'

const table = 'keys'
const secretBytes = 32
const header = utf8('selene/browser-keychain/v1\0')

/** @param name Of the store within the origin. */
export function browserKeychain(name: string, random: Random = systemRandom): Keychain {
  const databaseName = `${name}-keys`

  async function inDatabase<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
    const database = await openDatabase(databaseName, table)
    try {
      return await work(database)
    } finally {
      database.close()
    }
  }

  return {
    secret: () =>
      inDatabase(async (database) => {
        const key = await sealingKey(database, { table, key: 'wrapper' })
        const stored = await readEntry(database, { table, key: 'secret' })
        const known = stored instanceof Uint8Array && (await openRecord(key, header, stored))
        if (known && known.length === secretBytes) return known
        const made = random.bytes(secretBytes)
        await writeEntry(database, { table, key: 'secret' }, await sealRecord(key, header, made))
        return made
      }),
    async readNote() {
      try {
        const note = await inDatabase((database) => readEntry(database, { table, key: 'note' }))
        return note instanceof Uint8Array ? note : undefined
      } catch {
        return undefined
      }
    },
    writeNote: (note) =>
      inDatabase((database) => writeEntry(database, { table, key: 'note' }, note)),
    erase: () => deleteDatabase(databaseName),
  }
}
