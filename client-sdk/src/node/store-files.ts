/** The store in a directory: one sealed file, and a lock file that names its opener. */
import { rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@selene/shapes'
import type { OpenFiles, StoreFiles } from '../store/files.ts'
import { ownDirectory } from './durable-file.ts'
import { fileDevice } from './file-device.ts'
import { takeLockFile } from './lock-file.ts'
import { plainDirectory } from './plain-directory.ts'

const fileName = 'store.selene'
const lockName = 'store.lock'
/** Where versions before kept their database. */
const plainName = 'database'

const codesOfRefusal = new Set(['EACCES', 'EPERM', 'EROFS'])
const codesOfFull = new Set(['ENOSPC', 'EDQUOT'])

/** What the system says to opening, as a problem where it is one for the app. */
function refusal(cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  if (codesOfRefusal.has(code)) return new Problem('store/not-permitted', { cause })
  if (codesOfFull.has(code)) return new Problem('store/full', { cause })
  return cause
}

async function asking<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusal(error)
  }
}

export const directoryFiles = (
  directory: string,
  image: (() => Promise<Blob>) | undefined,
): StoreFiles => ({
  async open(): Promise<OpenFiles> {
    const release = await asking(async () => {
      await ownDirectory(directory)
      return takeLockFile(join(directory, lockName))
    })
    return {
      kind: 'file',
      openDevice: () => asking(() => fileDevice(join(directory, fileName))),
      remove: () => rm(join(directory, fileName), { force: true }),
      ...(image && { image }),
      plain: plainDirectory(join(directory, plainName)),
      async surroundings() {
        const { bavail, bsize } = await statfs(directory)
        return { freeBytes: bavail * bsize }
      },
      release,
    }
  },
})
