import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const entry = fileURLToPath(new URL('index.ts', import.meta.url))
const importing =
  /^(?:import|export)\s[^'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'/gm

/** Packages and modules that loading the entry loads, found by following its imports. */
function reach(
  file: string,
  seen = new Set<string>(),
): { packages: Set<string>; files: Set<string> } {
  const packages = new Set<string>()
  if (seen.has(file)) return { packages, files: seen }
  seen.add(file)
  for (const [, ...found] of readFileSync(file, 'utf8').matchAll(importing)) {
    const target = found.find((name) => name !== undefined)!
    if (!target.startsWith('.')) packages.add(target)
    else for (const name of reach(resolve(dirname(file), target), seen).packages) packages.add(name)
  }
  return { packages, files: seen }
}

test('the calendar loads its own folder, and nothing else', () => {
  const { packages, files } = reach(entry)
  expect([...packages]).toEqual([])
  expect(files.size).toBeGreaterThan(20)
  expect([...files].filter((file) => !file.startsWith(`${dirname(entry)}/`))).toEqual([])
})
