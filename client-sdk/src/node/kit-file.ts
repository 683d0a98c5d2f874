/**
 * The kit as a sealed file, with its key in a file beside it. That keeps names and places out of a copy
 * of `sos.kit` alone: a synced folder, a disk image without the key. It does not protect against
 * whoever can read both files, which is every program that runs as the same user.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@selene/shapes'
import { pause, systemClock, type Clock } from '../core/clock.ts'
import { openRecord, sealRecord } from '../store/kit-seal.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { isMissing, keepAside, keepAsideIfThere, replaceFile } from './durable-file.ts'
import { takeLockFile } from './lock-file.ts'

const header = new Uint8Array(new TextEncoder().encode('selene/kit-file/v1\0'))
const keyBytes = 32

function rethrowInUse(error: unknown): void {
  if (error instanceof Problem) throw error
}

interface Deps {
  readonly clock?: Clock
  readonly read?: (path: string) => Promise<Uint8Array>
}

const tries = 4
const retryMs = 100

/**
 * The bytes of a file, `undefined` without one. What cannot be read now can often be read in a moment:
 * too many open files, a disk that wakes up.
 */
async function readWhole(
  { clock = systemClock, read = readFile }: Deps,
  path: string,
): Promise<Uint8Array | undefined> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await read(path)
    } catch (error) {
      if (isMissing(error)) return undefined
      if (left === 0) throw error
    }
    await pause(clock, retryMs)
  }
}

/** A new key; one that is there is never replaced, so that what it sealed can still be opened by hand. */
async function makeKey(directory: string): Promise<Uint8Array<ArrayBuffer>> {
  const made = crypto.getRandomValues(new Uint8Array(keyBytes))
  await keepAsideIfThere(directory, 'sos.key')
  await replaceFile(directory, 'sos.key', made)
  return made
}

async function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export function nodeKitFile(directory: string, deps: Deps = {}): KitFiles {
  let key: CryptoKey | undefined
  /** There may be a record here that could not be read: it must not be overwritten. */
  let isUnread = false
  let release: (() => Promise<void>) | undefined

  /** @throws what reading throws; a key that is no key is kept aside, and counts as none. */
  async function storedKey(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const stored = await readWhole(deps, join(directory, 'sos.key'))
    return stored?.length === keyBytes ? new Uint8Array(stored) : undefined
  }

  /** Made when it is first needed: a disk that is full must not keep the kit from opening. */
  async function ownKey(): Promise<CryptoKey> {
    key ??= await importKey((await storedKey()) ?? (await makeKey(directory)))
    return key
  }

  /** For saving: an alert that is raised now goes before a key that cannot be read. */
  async function keyForSaving(): Promise<CryptoKey> {
    key ??= await ownKey().catch(async () => importKey(await makeKey(directory)))
    return key
  }

  async function lock(): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    release = await takeLockFile(join(directory, 'sos.lock'))
  }

  async function read(): Promise<Uint8Array | undefined> {
    const sealed = await readWhole(deps, join(directory, 'sos.kit'))
    if (sealed === undefined) return undefined
    const record = await openRecord(await ownKey(), header, sealed)
    if (!record) await keepAside(directory, 'sos.kit')
    return record
  }

  return {
    durable: true,
    async load() {
      // Whatever is wrong with the disk, full or not to be written, an alert can still be raised and sent.
      await lock().catch(rethrowInUse)
      isUnread = false
      return read().catch(() => {
        isUnread = true
        return undefined
      })
    },
    async save(record) {
      if (isUnread) await keepAsideIfThere(directory, 'sos.kit')
      isUnread = false
      const sealed = await sealRecord(await keyForSaving(), header, record)
      await replaceFile(directory, 'sos.kit', sealed)
    },
    setAside: () => keepAside(directory, 'sos.kit'),
    async close() {
      await release?.()
      release = undefined
    },
  }
}
