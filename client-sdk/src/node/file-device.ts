/** A device on one file of Node. Who may open it is settled before, by a lock file. */
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
  constants,
} from 'node:fs'
import { dirname } from 'node:path'
import type { BlockDevice } from '../store/sealed/block-device.ts'
import { faultError } from '../store/sealed/fault.ts'

const codesOfFull = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw faultError(code !== undefined && codesOfFull.has(code) ? 'full' : 'io', cause)
  }
}

/** A new name in a directory is durable once the directory is. */
function syncDirectory(path: string): void {
  // Windows cannot open directories, and keeps names by itself.
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

/** Opens a file, making it if there is none; only its owner may read it. @throws what `openSync` throws. */
export function fileDevice(path: string): BlockDevice {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  if (fstatSync(file).size === 0) syncDirectory(dirname(path))
  return {
    read: (at, into) =>
      guarded(() => {
        let done = 0
        while (done < into.length) {
          const part = readSync(file, into, done, into.length - done, at + done)
          if (part === 0) break
          done += part
        }
        return done
      }),
    write: (at, bytes) =>
      guarded(() => {
        let done = 0
        while (done < bytes.length)
          done += writeSync(file, bytes, done, bytes.length - done, at + done)
      }),
    // Sizes are synced too where they matter for reading (fdatasync(2)); libuv uses F_FULLFSYNC on macOS.
    flush: () => guarded(() => fdatasyncSync(file)),
    size: () => guarded(() => fstatSync(file).size),
    truncate: (bytes) => guarded(() => ftruncateSync(file, bytes)),
    close: () => closeSync(file),
  }
}
