/** What came of a Playwright run, folded from its JSON report into the shape of every other test report. */
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'
import type { TestReport } from './test-report.ts'

const project = 'browser'

interface Outcome {
  readonly name: string
  readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
  readonly reason: string | undefined
}

const outcomesOf = (suite: JSONReportSuite): Outcome[] => [
  ...suite.specs.flatMap(({ title, file, tests }) =>
    tests.map(({ status, annotations }) => ({
      name: `${project} › ${file} › ${title}`,
      status,
      reason: annotations.find(({ type }) => type === 'skip')?.description,
    })),
  ),
  ...(suite.suites ?? []).flatMap(outcomesOf),
]

/** A test that passed only when it was repeated has failed. */
export function readPlaywrightReport({ suites, errors }: JSONReport): TestReport {
  const outcomes = suites.flatMap(outcomesOf)
  const of = (...statuses: Outcome['status'][]): Outcome[] =>
    outcomes.filter(({ status }) => statuses.includes(status))
  const failed = [
    ...of('unexpected', 'flaky').map(({ name }) => name),
    ...errors.map(({ message }) => `${project} › ${message?.split('\n')[0] ?? 'an error'}`),
  ]
  const skipped = of('skipped').map(({ name, reason }) => ({ name, ...(reason && { reason }) }))
  return {
    projects: {
      [project]: {
        passed: of('expected').length,
        failed: failed.length,
        skipped: skipped.length,
      },
    },
    skipped,
    failed,
  }
}

/** The report of a run that could not take place. */
export const skippedBrowser = (reason: string): TestReport => ({
  projects: { [project]: { passed: 0, failed: 0, skipped: 1 } },
  skipped: [{ name: `${project} › all tests`, reason }],
  failed: [],
})
