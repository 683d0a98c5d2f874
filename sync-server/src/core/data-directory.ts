/**
 * The directory of a server with the embedded database: its files, its key and the lock that keeps a
 * second process out, which would damage the database.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base64urlToBytes, bytesToBase64url } from '@selene/shapes'
import type { Random } from './random.ts'
import { serverKeyBytes } from './server-key.ts'

export interface DataDirectory {
  /** Where the database lives. */
  readonly database: string
  /** Whether there is no database in it yet. */
  readonly isNew: boolean
  /**
   * The server key kept beside the database, made once, readable by its owner only.
   * @throws Error when a database is there and its key is not.
   */
  serverKey(random: Random): Promise<Uint8Array>
  /** Lets another process in. */
  release(): Promise<void>
}

/** The running process, and whether another one runs. */
export interface ProcessTable {
  readonly pid: number
  isRunning(pid: number): boolean
}

/** @throws Error when another process uses the directory. */
export async function openDataDirectory(
  path: string,
  processes: ProcessTable,
): Promise<DataDirectory> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const lock = join(path, 'server.lock')
  const keyFile = join(path, 'server.key')
  const database = join(path, 'postgres')
  await takeLock(lock, processes)
  const isNew = !existsSync(database)
  return {
    database,
    isNew,
    async serverKey(random) {
      if (!existsSync(keyFile)) {
        if (!isNew) throw new Error(`${keyFile} is missing and the database needs it: put it back.`)
        const made = bytesToBase64url(random.bytes(serverKeyBytes))
        await writeFile(keyFile, `${made}\n`, { mode: 0o600, flag: 'wx' })
      }
      const key = base64urlToBytes((await readFile(keyFile, 'utf8')).trim())
      if (key?.length !== serverKeyBytes) throw new Error(`${keyFile} does not hold a server key.`)
      return key
    },
    release: () => rm(lock, { force: true }),
  }
}

async function takeLock(lock: string, { pid, isRunning }: ProcessTable): Promise<void> {
  try {
    await writeFile(lock, String(pid), { flag: 'wx' })
  } catch {
    const holder = Number(await readFile(lock, 'utf8'))
    if (holder !== pid && Number.isInteger(holder) && isRunning(holder))
      throw new Error(
        `Process ${holder} uses this data directory. Stop it first; if it is no server, delete ${lock}.`,
      )
    // Left behind by a process that was killed.
    await writeFile(lock, String(pid))
  }
}
