import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChild, type ChildResult } from './child.ts'
import type { TestReport } from './test-report.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const sources = {
  'vitest.config.ts': "export default { test: { name: 'sample', include: ['*.test.ts'] } }\n",
  'mixed.test.ts': `
    import { describe, expect, test } from 'vitest'
    test('passes', () => expect(1).toBe(1))
    test('fails', () => expect(1).toBe(2))
    test.skip('skipped: says its title', () => {})
    test('skipped', (context) => context.skip('says the call'))
    test.todo('to be written')
    test.fails('fails as it should', () => expect(1).toBe(2))
    describe('group', () => { test('passes too', () => {}) })
  `,
  'suite.test.ts': `
    import { beforeAll, describe, test } from 'vitest'
    describe('unready', () => {
      beforeAll(() => { throw new Error('not ready') })
      test('never runs', () => {})
    })
  `,
  'broken.test.ts': "throw new Error('cannot load')\n",
  'stray.test.ts': `
    import { test } from 'vitest'
    test('leaves something behind', () => { void Promise.reject(new Error('stray')) })
  `,
}

let folder = ''
let result: ChildResult
let report: TestReport

beforeAll(async () => {
  // Inside the project, where vitest is found; outside every project's tests.
  mkdirSync(join(root, 'test-results'), { recursive: true })
  folder = mkdtempSync(join(root, 'test-results/report-'))
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text)
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'))
  const reportFile = join(folder, 'report.json')
  result = await runChild({
    command: process.execPath,
    args: [fileURLToPath(new URL('vitest-run.ts', import.meta.url)), reportFile, '--root', folder],
    cwd: root,
    env: Object.fromEntries(env),
    stream: false,
    signal: new AbortController().signal,
  })
  report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('counts tests, broken files and suites, and errors outside any test', () => {
  expect(report.projects).toEqual({
    sample: { passed: 4, failed: 3, skipped: 4 },
    'outside any test': { passed: 0, failed: 1, skipped: 0 },
  })
})

test('names what failed', () => {
  expect(report.failed.toSorted()).toEqual([
    '1 errors outside any test',
    'sample › broken.test.ts (the file)',
    'sample › mixed.test.ts › fails',
    'sample › suite.test.ts › unready (the suite)',
  ])
})

test('names what was skipped, with the reason where the call gives one', () => {
  expect(report.skipped).toEqual(
    expect.arrayContaining([
      { name: 'sample › mixed.test.ts › skipped: says its title' },
      { name: 'sample › mixed.test.ts › skipped', reason: 'says the call' },
      { name: 'sample › mixed.test.ts › to be written' },
    ]),
  )
})

test('ends with the exit code of vitest', () => {
  expect(result.ok).toBe(false)
})
