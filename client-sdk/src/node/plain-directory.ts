/** The database of a version that did not seal it: a directory of Postgres' files. */
import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { DatabaseEntry, PlainStore } from '../store/files.ts'
import { isMissing, syncDirectory } from './durable-file.ts'

/** What a process leaves there as long as it runs. */
const isLeftover = (path: string): boolean =>
  path === 'postmaster.pid' || path === 'postmaster.opts'

/** As paths are written in a store. */
const slashed = (path: string): string => path.split(sep).join('/')

const zeros = new Uint8Array(65_536)

/** On flash this is no proof against a laboratory: the disk may have put the zeros elsewhere. */
async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    for (let at = 0; at < size; at += zeros.length)
      await file.write(zeros, 0, Math.min(zeros.length, size - at), at)
    await file.sync()
  } finally {
    await file.close()
  }
}

export function plainDirectory(directory: string): PlainStore {
  const paths = async (kind: 'isFile' | 'isDirectory'): Promise<string[]> => {
    const all = await readdir(directory, { withFileTypes: true, recursive: true })
    return all
      .filter((entry) => entry[kind]())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
      .toSorted()
  }

  return {
    async exists() {
      try {
        await stat(join(directory, 'PG_VERSION'))
        return true
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    },
    async *entries(): AsyncGenerator<DatabaseEntry> {
      for (const path of await paths('isDirectory'))
        yield { path: slashed(path), kind: 'directory' }
      for (const path of await paths('isFile')) {
        if (isLeftover(path)) continue
        const content = await readFile(join(directory, path))
        yield { path: slashed(path), kind: 'file', content }
      }
    },
    async remove() {
      try {
        for (const path of await paths('isFile')) await overwrite(join(directory, path))
      } catch (error) {
        if (!isMissing(error)) throw error
      }
      await rm(directory, { recursive: true, force: true })
      await syncDirectory(dirname(directory))
    },
  }
}
