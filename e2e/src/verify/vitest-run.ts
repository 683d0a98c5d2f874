/**
 * Runs vitest in this process and writes a test report as JSON to the file named first; further
 * arguments are vitest's own. The exit code is vitest's.
 */
import { writeFileSync } from 'node:fs'
import { parseCLI, startVitest } from 'vitest/node'
import { createReporter } from './test-report.ts'

const [reportFile = '', ...rest] = process.argv.slice(2)
const { filter, options } = parseCLI(['vitest', 'run', ...rest])
const reporter = createReporter((report) => writeFileSync(reportFile, JSON.stringify(report)))
const vitest = await startVitest(filter, {
  ...options,
  watch: false,
  reporters: ['default', reporter],
})
await vitest.exit()
