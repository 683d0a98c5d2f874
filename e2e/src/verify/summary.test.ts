import { describe, expect, test } from 'vitest'
import { summarise, type RunResult } from './summary.ts'

const step = (name: string, ok = true) => ({ name, ok, seconds: 1.25 })

const good: RunResult = {
  checks: [step('types'), step('lint')],
  runs: [step('tests')],
  report: {
    projects: {
      shapes: { passed: 5, failed: 0, skipped: 0 },
      e2e: { passed: 7, failed: 0, skipped: 2 },
    },
    skipped: [
      { name: 'e2e › a.test.ts › a', reason: 'no network' },
      { name: 'e2e › b.test.ts › b: no database' },
    ],
    failed: [],
  },
  postgres: 'none, its tests are skipped: no PostgreSQL 15 or later is installed',
  requireAll: false,
}

const lastLine = (result: RunResult) => summarise(result).text.split('\n').at(-1)

describe('summarise', () => {
  test('says what each step, project and skipped test came to, and ends with the totals alone', () => {
    const { text, ok } = summarise(good)
    expect(ok).toBe(true)
    expect(text).toContain('types     ok         1.3 s')
    expect(text).toMatch(/^e2e {11}7 {8}0 {8}2$/m)
    expect(text).toContain(
      '  e2e › a.test.ts › a: no network\n  e2e › b.test.ts › b: no database\n',
    )
    expect(text).toContain(good.postgres)
    expect(lastLine(good)).toBe('14 passed, 0 failed, 2 skipped')
  })

  test('a failed check counts as one and fails the whole', () => {
    const result = { ...good, checks: [step('types', false), step('lint')] }
    expect(summarise(result).ok).toBe(false)
    expect(lastLine(result)).toBe('13 passed, 1 failed, 2 skipped')
  })

  test('failed tests are counted once, by name', () => {
    const report = {
      projects: { shapes: { passed: 4, failed: 1, skipped: 0 } },
      skipped: [],
      failed: ['shapes › c.test.ts › c'],
    }
    const result = { ...good, runs: [step('tests', false)], report }
    expect(summarise(result).ok).toBe(false)
    expect(summarise(result).text).toContain('Failed:\n  shapes › c.test.ts › c\n')
    expect(lastLine(result)).toBe('6 passed, 1 failed, 0 skipped')
  })

  test('a run that fails without a failed test, or without a report, is a failure', () => {
    expect(lastLine({ ...good, runs: [step('tests', false)] })).toBe(
      '14 passed, 1 failed, 2 skipped',
    )
    const { report, ...without } = good
    expect(report).toBeDefined()
    const crashed = { ...without, runs: [step('tests', false)] }
    expect(summarise(crashed).ok).toBe(false)
    expect(summarise(crashed).text).toContain('ended before it could report')
    expect(lastLine(crashed)).toBe('2 passed, 1 failed, 0 skipped')
  })

  test('SELENE_TEST_REQUIRE=all turns every skip into a failure', () => {
    const result = { ...good, requireAll: true }
    expect(summarise(result).ok).toBe(false)
    expect(summarise(result).text).toContain('counts as failed')
    expect(lastLine(result)).toBe('14 passed, 2 failed, 0 skipped')
  })
})
