import { readFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const statically = /^(?:import|export)\s[^'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'/gm
const onDemand = /\bimport\('([^']+)'\)/g

/** Packages that loading an entry loads, packages that it may load later, and files. */
function reach(
  file: string,
  found = { packages: new Set<string>(), later: new Set<string>(), files: new Set<string>() },
) {
  if (found.files.has(file)) return found
  found.files.add(file)
  const text = readFileSync(file, 'utf8').replaceAll(
    /^(?:import|export) type [^;]*? from '[^']+'/gm,
    '',
  )
  for (const [, name] of text.matchAll(onDemand)) found.later.add(name!)
  for (const [, ...names] of text.matchAll(statically)) {
    const target = names.find((name) => name !== undefined)!
    if (target.startsWith('.')) reach(resolve(dirname(file), target), found)
    else found.packages.add(target)
  }
  return found
}

test('loading ./report loads no package: PDFKit comes when a PDF is made', () => {
  const { packages, later, files } = reach(fileURLToPath(new URL('index.ts', import.meta.url)))
  expect([...packages]).toEqual([])
  expect(later).toEqual(new Set(['fontkit', 'pdfkit']))
  const folders = new Set(
    [...files].map((file) => file.split(`${sep}src${sep}`).at(-1)!.split(sep)[0]),
  )
  expect(folders).toEqual(new Set(['calendar', 'charts', 'report']))
})
