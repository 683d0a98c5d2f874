/**
 * The keychain as files beside the store. That keeps the store's content from whoever has a copy of its file alone: a
 * synced folder, a disk image without the key. It does not protect against whoever can read both files, which
 * is every program that runs as the same user.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemRandom, type Random } from '../core/random.ts'
import type { Keychain } from '../store/keychain.ts'
import { isMissing, keepAside, ownDirectory, replaceFile } from './durable-file.ts'

const secretName = 'store.key'
const noteName = 'store.note'
const secretBytes = 32

export function fileKeychain(directory: string, random: Random = systemRandom): Keychain {
  async function stored(): Promise<Uint8Array | undefined> {
    try {
      const secret = await readFile(join(directory, secretName))
      if (secret.length === secretBytes) return new Uint8Array(secret)
      // What is no secret opens nothing; it stays, for whoever can make something of it.
      await keepAside(directory, secretName)
      return undefined
    } catch (error) {
      // One that is there and cannot be read now is never replaced.
      if (isMissing(error)) return undefined
      throw error
    }
  }

  return {
    async secret() {
      const known = await stored()
      if (known) return known
      const made = random.bytes(secretBytes)
      await ownDirectory(directory)
      await replaceFile(directory, secretName, made)
      return made
    },
    readNote: () => readFile(join(directory, noteName)).catch(() => undefined),
    async writeNote(note) {
      await ownDirectory(directory)
      await replaceFile(directory, noteName, note)
    },
    async erase() {
      for (const name of [secretName, noteName]) await rm(join(directory, name), { force: true })
    },
  }
}
