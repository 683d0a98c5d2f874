/** IndexedDB by promises, as far as it is needed here (Indexed Database API 3.0). */

export const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error!))
  })

/** Resolved = on the disk, as far as the transaction asked for it. */
export const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
  })

/** Opens a database of one table, making it at first use. */
export function openDatabase(name: string, table: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(table))
  return settled(request)
}

/** Removes a database; resolved also when there is none. */
export const deleteDatabase = async (name: string): Promise<void> =>
  void (await settled(indexedDB.deleteDatabase(name)))

export interface Entry {
  readonly table: string
  readonly key: string
}

export const readEntry = (database: IDBDatabase, { table, key }: Entry): Promise<unknown> =>
  settled<unknown>(database.transaction(table).objectStore(table).get(key))

/** Resolved = on the disk. */
export function writeEntry(
  database: IDBDatabase,
  { table, key }: Entry,
  value: unknown,
): Promise<void> {
  const transaction = database.transaction(table, 'readwrite', { durability: 'strict' })
  transaction.objectStore(table).put(value, key)
  return completed(transaction)
}

/** An AES-GCM key that scripts of the page can use but not read out, made at first use. */
export async function sealingKey(database: IDBDatabase, entry: Entry): Promise<CryptoKey> {
  const stored = await readEntry(database, entry)
  if (stored instanceof CryptoKey) return stored
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  await writeEntry(database, entry, made)
  return made
}
