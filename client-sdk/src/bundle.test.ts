import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const importing =
  /^(?:import|export)\s[^'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'/gm

/** Packages that loading a module loads, by following its imports; types are nothing at run time. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>()
  if (seen.has(file)) return packages
  seen.add(file)
  const text = readFileSync(file, 'utf8').replaceAll(
    /^(?:import|export) type [^;]*? from '[^']+'/gm,
    '',
  )
  for (const [, ...found] of text.matchAll(importing)) {
    const target = found.find((name) => name !== undefined)!
    if (!target.startsWith('.')) packages.add(target)
    else for (const name of packagesOf(resolve(dirname(file), target), seen)) packages.add(name)
  }
  return packages
}

/** Modules reached from a file, and whether any of them loads something later. */
function loadsLater(file: string): string[] {
  const seen = new Set<string>()
  packagesOf(file, seen)
  return [...seen].filter((path) => /\bimport\(/.test(readFileSync(path, 'utf8')))
}

describe('loading', () => {
  test.each(['index.ts', 'crypto/index.ts', 'testing/index.ts', 'report/index.ts'])(
    '%s needs nothing of Node',
    (entry) => {
      const packages = [...packagesOf(source(entry))]
      expect(packages.length).toBeGreaterThan(0)
      expect(packages.filter((name) => /^(node:|fs$|path$)|nodefs/.test(name))).toEqual([])
    },
  )

  test.each(['calendar/index.ts', 'charts/index.ts'])('%s needs no package at all', (entry) => {
    expect([...packagesOf(source(entry))]).toEqual([])
  })

  test('./node is the entry that does', () => {
    expect(packagesOf(source('node/index.ts'))).toContain('node:fs/promises')
  })

  test('C72 the SOS kit needs no database and no documents', () => {
    expect([...packagesOf(source('client/sos-kit.ts'))].toSorted()).toEqual([
      '@selene/shapes',
      'libsodium-wrappers-sumo',
      'valibot',
    ])
  })

  test.each(['client/sos-kit.ts', 'store/browser-kit-file.ts', 'node/kit-file.ts'])(
    'C150 %s, and so an SOS, waits for no part that is loaded later',
    (entry) => {
      expect(loadsLater(source(entry))).toEqual([])
      expect(loadsLater(source('client/client.ts'))).not.toEqual([])
    },
  )

  test('./crypto needs no database, no documents and no network', () => {
    expect([...packagesOf(source('crypto/index.ts'))].toSorted()).toEqual([
      '@selene/shapes',
      'libsodium-wrappers-sumo',
    ])
  })
})
