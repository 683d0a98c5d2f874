/** Looks for words in what a browser has stored for the app. Each function runs in a page, and crosses to it alone. */

/** Whether the words are in any file of OPFS or any entry of IndexedDB that this origin has. */
export async function findStored(words: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  const decoders = ['utf-8', 'utf-16le'].map((name) => new TextDecoder(name))
  function look(place: string, bytes: Uint8Array): void {
    for (const decoder of decoders)
      for (const shift of [0, 1]) {
        const text = decoder.decode(bytes.subarray(shift))
        for (const word of words) if (text.includes(word)) found.add(`${word} in ${place}`)
      }
  }
  async function lookInFiles(directory: FileSystemDirectoryHandle, path: string): Promise<void> {
    const entries = directory as unknown as AsyncIterable<[string, FileSystemHandle]>
    for await (const [name, handle] of entries) {
      const inner = `${path}/${name}`
      if (handle.kind === 'directory') await lookInFiles(handle as FileSystemDirectoryHandle, inner)
      else {
        const file = await (handle as FileSystemFileHandle).getFile()
        look(inner, new Uint8Array(await file.arrayBuffer()))
      }
    }
  }
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the page gets this one function
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error!))
    })
  async function lookInDatabase(name: string): Promise<void> {
    const database = await settled(indexedDB.open(name))
    for (const table of database.objectStoreNames)
      for (const value of await settled(
        database.transaction(table).objectStore(table).getAll() as IDBRequest<unknown[]>,
      )) {
        if (value instanceof Uint8Array) look(`${name}/${table}`, value)
        else look(`${name}/${table}`, new TextEncoder().encode(JSON.stringify(value)))
      }
    database.close()
  }
  await lookInFiles(await navigator.storage.getDirectory(), '')
  for (const { name } of await indexedDB.databases()) await lookInDatabase(name!)
  return Array.from(found)
}

/** What the search must find, to be worth something. */
export async function leaveInTheOpen(word: string): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const file = await root.getFileHandle('open.txt', { create: true })
  const writer = await file.createWritable()
  await writer.write(`before ${word} behind`)
  await writer.close()
}
