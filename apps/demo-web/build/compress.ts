/**
 * Compresses what was built, once, so that serving costs nothing. Files with a hash in their name are
 * taken from the cache of earlier builds: the database's 15 MB change only with its version.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Brotli's best takes half a minute for the database, one step less takes two seconds and 13 % more. */
const largeBytes = 1_000_000
const quality = { small: 11, large: 9 }

const encoders = {
  br: (bytes: Buffer) =>
    brotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: bytes.length > largeBytes ? quality.large : quality.small,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes: Buffer) => zip(bytes, { level: 9 }),
} as const

const isCompressible = (name: string): boolean =>
  /\.(html|js|css|svg|json|webmanifest|wasm|data)$/.test(name)

/** All files under a folder, relative to it. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

export async function compressAll(folder: string, cache: string): Promise<void> {
  mkdirSync(cache, { recursive: true })
  for (const name of filesOf(folder).filter(isCompressible)) {
    const path = join(folder, name)
    const isHashed = name.startsWith('assets')
    for (const [ending, encode] of Object.entries(encoders)) {
      const kept = join(cache, `${name.replaceAll(/[\\/]/g, '_')}.${ending}`)
      const target = `${path}.${ending}`
      if (isHashed && existsSync(kept)) {
        copyFileSync(kept, target)
        continue
      }
      writeFileSync(target, await encode(readFileSync(path)))
      if (isHashed) copyFileSync(target, kept)
    }
  }
}
