/** Small files that are there as a whole or not at all, and that outlive loss of power. */
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'

export const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'

/** A new name in a directory is durable once the directory is. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Puts a whole file in place of what has that name; resolved = it survives loss of power. Only its owner may read it. */
export async function replaceFile(
  directory: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
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

/** Moves a file that cannot be used to another name, where it stays. */
export async function keepAside(directory: string, name: string): Promise<void> {
  const path = join(directory, name)
  await rename(path, `${path}.damaged-${crypto.randomUUID()}`)
  await syncDirectory(directory)
}

/** The same, if there is such a file. */
export const keepAsideIfThere = (directory: string, name: string): Promise<void> =>
  keepAside(directory, name).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })

/** A directory that only its owner may look into. */
export const ownDirectory = (directory: string): Promise<string | undefined> =>
  mkdir(directory, { recursive: true, mode: 0o700 })
