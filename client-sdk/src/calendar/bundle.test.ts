import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = dirname(fileURLToPath(import.meta.url))
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

test.each(['index.ts', 'interchange/index.ts'])(
  'the calendar’s %s loads the folder of the calendar, and nothing else',
  (entry) => {
    const { packages, files } = reach(resolve(folder, entry))
    expect([...packages]).toEqual([])
    expect(files.size).toBeGreaterThan(20)
    expect([...files].filter((file) => !file.startsWith(`${folder}/`))).toEqual([])
  },
)
