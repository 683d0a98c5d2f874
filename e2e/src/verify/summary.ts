/** The one summary at the end of a run, from what each step and test came to. */
import type { Counts, SkippedTest, TestReport } from './test-report.ts'

export interface StepResult {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
}

export interface RunResult {
  /** Everything but the tests; each counts as one. */
  readonly checks: readonly StepResult[]
  /** Runs of tests, which `report` tells more about. */
  readonly runs: readonly StepResult[]
  /** Absent when a run ended before it could say. */
  readonly report?: TestReport
  /** Which Postgres took part, or why none did. */
  readonly postgres: string
  /** A skipped test is a failed one. */
  readonly requireAll: boolean
}

export interface Summary {
  /** Ends with the line `N passed, M failed, K skipped`. */
  readonly text: string
  readonly ok: boolean
}

const nothing: TestReport = { projects: {}, skipped: [], failed: [] }

const stepLine = ({ name, ok, seconds }: StepResult): string =>
  `${name.padEnd(8)}  ${ok ? 'ok    ' : 'failed'}  ${seconds.toFixed(1).padStart(6)} s`

const cells = (values: readonly (string | number)[]): string =>
  values.map((value) => String(value).padStart(9)).join('')

function projectTable(projects: TestReport['projects']): string[] {
  const names = Object.keys(projects)
  const width = Math.max(0, ...names.map((name) => name.length))
  return [
    `${''.padEnd(width)}${cells(['passed', 'failed', 'skipped'])}`,
    ...names.map((name) => {
      const { passed, failed, skipped } = projects[name]!
      return `${name.padEnd(width)}${cells([passed, failed, skipped])}`
    }),
  ]
}

const skippedLine = ({ name, reason }: SkippedTest): string =>
  reason ? `${name}: ${reason}` : name

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', title, ...lines.map((line) => `  ${line}`)] : []
}

function totals({ checks, runs, report }: RunResult): Counts {
  const counts = Object.values((report ?? nothing).projects)
  const sum = (key: keyof Counts): number => counts.reduce((total, one) => total + one[key], 0)
  const brokenChecks = checks.filter(({ ok }) => !ok).length
  const failedTests = sum('failed')
  // A run that fails without a failed test to show for it must still not look well.
  const silent = failedTests === 0 ? runs.filter(({ ok }) => !ok).length : 0
  return {
    passed: sum('passed') + checks.length - brokenChecks,
    failed: failedTests + brokenChecks + silent,
    skipped: sum('skipped'),
  }
}

/** Puts the results into words. */
export function summarise(result: RunResult): Summary {
  const { checks, runs, report = nothing, postgres, requireAll } = result
  const counted = totals(result)
  const total = requireAll
    ? { ...counted, failed: counted.failed + counted.skipped, skipped: 0 }
    : counted
  const skippedTitle = requireAll
    ? 'Skipped, which SELENE_TEST_REQUIRE=all counts as failed:'
    : 'Skipped:'
  const lines = [
    '',
    ...[...checks, ...runs].map(stepLine),
    `postgres  ${postgres}`,
    '',
    ...projectTable(report.projects),
    ...(result.report ? [] : ['A test run ended before it could report.']),
    ...section('Failed:', report.failed),
    ...section(skippedTitle, report.skipped.map(skippedLine)),
    '',
    `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
  ]
  return { text: lines.join('\n'), ok: total.failed === 0 }
}
