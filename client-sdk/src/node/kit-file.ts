/**
 * The kit as a sealed file, with its key in a file beside it. That keeps names and places out of a copy
 * of `sos.kit` alone: a synced folder, a disk image without the key. It does not protect against
 * whoever can read both files, which is every program that runs as the same user.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@selene/shapes'
import { openRecord, sealRecord } from '../store/kit-seal.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { takeLockFile } from './lock-file.ts'

const header = new Uint8Array(new TextEncoder().encode('selene/kit-file/v1\0'))
const keyBytes = 32

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** A new name in a directory is durable once the directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Puts a whole file in place of what has that name; resolved = it survives loss of power. */
async function replaceFile(directory: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(directory, `${name}.new`)
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(directory, name))
  await syncDirectory(directory)
}

function rethrowInUse(error: unknown): void {
  if (error instanceof Problem) throw error
}

/** The bytes of a file, `undefined` without one, `damaged` when it cannot be read. */
async function readWhole(path: string): Promise<Uint8Array | 'damaged' | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    return isMissing(error) ? undefined : 'damaged'
  }
}

async function readKey(directory: string): Promise<Uint8Array<ArrayBuffer>> {
  const stored = await readWhole(join(directory, 'sos.key'))
  if (stored instanceof Uint8Array && stored.length === keyBytes) return new Uint8Array(stored)
  const made = crypto.getRandomValues(new Uint8Array(keyBytes))
  await replaceFile(directory, 'sos.key', made)
  return made
}

export function nodeKitFile(directory: string): KitFiles {
  const path = join(directory, 'sos.kit')
  let key: CryptoKey | undefined
  let release: (() => Promise<void>) | undefined

  /** Made when it is first needed: a disk that is full must not keep the kit from opening. */
  async function ownKey(): Promise<CryptoKey> {
    key ??= await crypto.subtle.importKey('raw', await readKey(directory), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ])
    return key
  }

  async function lock(): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    release = await takeLockFile(join(directory, 'sos.lock'))
  }

  async function setAside(): Promise<void> {
    await rename(path, `${path}.damaged-${crypto.randomUUID()}`)
    await syncDirectory(directory)
  }

  async function read(): Promise<Uint8Array | undefined> {
    const sealed = await readWhole(path)
    if (sealed === undefined) return undefined
    const record =
      sealed === 'damaged' ? undefined : await openRecord(await ownKey(), header, sealed)
    if (!record) await setAside()
    return record
  }

  return {
    durable: true,
    async load() {
      // Whatever is wrong with the disk, full or not to be written, an alert can still be raised and sent.
      await lock().catch(rethrowInUse)
      return read().catch(() => undefined)
    },
    save: async (record) =>
      replaceFile(directory, 'sos.kit', await sealRecord(await ownKey(), header, record)),
    setAside,
    async close() {
      await release?.()
      release = undefined
    },
  }
}
