import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint, inputs } from './inputs.ts'

let root: string
const write = (path: string, text: string): void => writeFileSync(join(root, path), text)
const now = (): string => fingerprint(root, ['lock.json', 'src'])

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'selene-inputs-'))
  mkdirSync(join(root, 'src/inner'), { recursive: true })
  write('lock.json', '{}')
  write('src/a.ts', 'a')
  write('src/inner/b.ts', 'b')
})
afterEach(() => rmSync(root, { recursive: true }))

describe('the fingerprint of the inputs', () => {
  test('is the same for the same files', () => {
    const before = now()
    write('src/a.ts', 'a')
    expect(now()).toBe(before)
  })

  test.each([
    ['a changed file', () => write('src/inner/b.ts', 'c')],
    ['a new file', () => write('src/inner/c.ts', '')],
    ['a renamed file', () => renameSync(join(root, 'src/a.ts'), join(root, 'src/z.ts'))],
    [
      'content that moved to another file',
      () => (write('src/a.ts', 'b'), write('src/inner/b.ts', 'a')),
    ],
    ['another file at the top', () => write('lock.json', '{"a":1}')],
  ])('differs for %s', (_, change) => {
    const before = now()
    change()
    expect(now()).not.toBe(before)
  })

  test('does not count tests', () => {
    const before = now()
    write('src/a.test.ts', 'test')
    write('src/view.test.tsx', 'test')
    expect(now()).toBe(before)
  })

  test('every input of the build exists', () => {
    const repository = fileURLToPath(new URL('../../..', import.meta.url))
    expect(fingerprint(repository, inputs)).toMatch(/^[0-9a-f]{64}$/)
  })
})
