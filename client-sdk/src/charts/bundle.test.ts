import { readFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const importing =
  /^(?:import|export)\s[^'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'/gm

/** Packages and files that an entry loads, found by following its imports; types load nothing. */
function reach(file: string, packages = new Set<string>(), files = new Set<string>()) {
  if (files.has(file)) return { packages, files }
  files.add(file)
  const text = readFileSync(file, 'utf8').replaceAll(
    /^(?:import|export) type [^;]*? from '[^']+'/gm,
    '',
  )
  for (const [, ...found] of text.matchAll(importing)) {
    const target = found.find((name) => name !== undefined)!
    if (target.startsWith('.')) reach(resolve(dirname(file), target), packages, files)
    else packages.add(target)
  }
  return { packages, files }
}

test('charts load no package, and of the calendar only dates and statistics', () => {
  const entry = fileURLToPath(new URL('index.ts', import.meta.url))
  const { packages, files } = reach(entry)
  expect([...packages]).toEqual([])
  const foreign = [...files].filter((file) => !file.includes(`${sep}charts${sep}`))
  expect(foreign.map((file) => file.split(sep).slice(-2).join('/')).toSorted()).toEqual([
    'calendar/civil-date.ts',
    'calendar/statistics.ts',
  ])
})
