/**
 * What came of a vitest run, as plain data: counts per project, and by name what failed and what was
 * skipped. Files and suites that could not run, and errors outside any test, count as failures: no
 * fault of theirs would show among the tests.
 */
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export interface SkippedTest {
  readonly name: string
  /** From `context.skip(reason)`; else the name has to say it. */
  readonly reason?: string
}

export interface TestReport {
  readonly projects: Readonly<Record<string, Counts>>
  readonly skipped: readonly SkippedTest[]
  readonly failed: readonly string[]
}

/** One report of several runs, whose projects have different names. */
export const joinReports = (reports: readonly TestReport[]): TestReport => ({
  projects: Object.assign({}, ...reports.map(({ projects }) => projects)),
  skipped: reports.flatMap(({ skipped }) => skipped),
  failed: reports.flatMap(({ failed }) => failed),
})

const nameOf = (test: TestCase): string =>
  `${test.project.name} › ${test.module.relativeModuleId} › ${test.fullName}`

/** Failures of a module that belong to no single test. */
function brokenParts(module: TestModule): string[] {
  const name = `${module.project.name} › ${module.relativeModuleId}`
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0)
  return [
    ...(module.errors().length > 0 ? [`${name} (the file)`] : []),
    ...suites.map((suite) => `${name} › ${suite.fullName} (the suite)`),
  ]
}

/** Folds the modules of a finished run. */
function reportOf(modules: readonly TestModule[], unhandledErrors: number): TestReport {
  const projects: Record<string, Counts> = {}
  const skipped: SkippedTest[] = []
  const failed: string[] = []
  for (const module of modules) {
    const counts = (projects[module.project.name] ??= { passed: 0, failed: 0, skipped: 0 })
    const broken = brokenParts(module)
    failed.push(...broken)
    counts.failed += broken.length
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') counts.passed += 1
      else if (result.state === 'skipped') {
        counts.skipped += 1
        skipped.push({ name: nameOf(test), ...(result.note && { reason: result.note }) })
      } else {
        counts.failed += 1
        failed.push(nameOf(test))
      }
    }
  }
  if (unhandledErrors > 0) {
    projects['outside any test'] = { passed: 0, failed: unhandledErrors, skipped: 0 }
    failed.push(`${unhandledErrors} errors outside any test`)
  }
  return { projects, skipped, failed }
}

/** A vitest reporter that hands over the report at the end of the run. */
export const createReporter = (done: (report: TestReport) => void): Reporter => ({
  onTestRunEnd: (modules, errors) => done(reportOf(modules, errors.length)),
})
