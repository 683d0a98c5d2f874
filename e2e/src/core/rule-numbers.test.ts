/** Tests cite rules by number, so a number is one rule. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
const lists = [
  'shapes/PROTOCOL.md',
  'client-sdk/SPEC.md',
  'client-sdk/src/store/sealed/STORE.md',
  'client-sdk/src/store/safe/SAFE.md',
  'client-sdk/src/backup/BACKUP.md',
  'sync-server/SPEC.md',
  'sync-server/src/shape/engine/ENGINE.md',
]

test('no two rules have one number', async () => {
  const texts = await Promise.all(lists.map((path) => readFile(new URL(path, root), 'utf8')))
  // A row of a table, or a paragraph that begins with its number.
  const numbers = texts.flatMap((text) =>
    [...text.matchAll(/^(?:\| |\*\*)([A-Z]\d+)\b/gm)].map(([, number]) => number!),
  )
  expect(numbers.length).toBeGreaterThan(300)
  expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([])
})
