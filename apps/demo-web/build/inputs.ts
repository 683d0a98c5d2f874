/** A fingerprint of everything that the built app depends on; equal fingerprints mean equal builds. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Files and folders, relative to the repository, that the build reads. */
export const inputs = [
  'apps/demo-web/index.html',
  'apps/demo-web/package.json',
  'apps/demo-web/vite.config.ts',
  'apps/demo-web/build',
  'apps/demo-web/public',
  'apps/demo-web/src',
  'client-sdk/package.json',
  'client-sdk/src',
  'shapes/package.json',
  'shapes/src',
  'package-lock.json',
] as const

const isTest = (path: string): boolean => /\.(test|contract)\.tsx?$/.test(path)

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name)
      if (entry.isDirectory()) return filesUnder(inner)
      return isTest(inner) ? [] : [inner]
    })
}

/** SHA-256 over names and contents, in one order on every machine; tests do not count. */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths)
    for (const file of filesUnder(join(root, path))) {
      const content = createHash('sha256').update(readFileSync(file)).digest('hex')
      hash.update(`${relative(root, file).split(sep).join('/')}\n${content}\n`)
    }
  return hash.digest('hex')
}
