/**
 * `npm test`: types, lint, format, unused code and every test, each in its own process, and one summary.
 * `--verbose` shows the output of each step; other arguments are vitest's. Real Postgres takes part when
 * `SELENE_TEST_DATABASE_URL` names one or one is installed here; what is skipped is said, and
 * `SELENE_TEST_REQUIRE=all` makes it a failure.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChild, type ChildResult } from './child.ts'
import { findChromium, withoutChromium } from './chromium.ts'
import { openDatabase, type Database } from './database.ts'
import { readPlaywrightReport, skippedBrowser } from './playwright-report.ts'
import { complaintAboutNode } from './node-version.ts'
import { summarise, type StepResult } from './summary.ts'
import { joinReports, type TestReport } from './test-report.ts'

const checks = [
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
  { name: 'format', command: 'oxfmt', args: ['--check'] },
  { name: 'unused', command: 'knip', args: [] },
] as const

/** What the browser tests look at. */
const appBuild = { name: 'app', command: process.execPath, args: ['apps/demo-web/build/main.ts'] }

const root = fileURLToPath(new URL('../../..', import.meta.url))
const verbose = process.argv.includes('--verbose')
const vitestArguments = process.argv.slice(2).filter((argument) => argument !== '--verbose')
const stop = new AbortController()
const write = (text: string): boolean => process.stdout.write(text)

const complaint = complaintAboutNode(process.versions.node)
if (complaint) {
  process.stderr.write(`${complaint}\n`)
  process.exit(1)
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(name, () => {
    process.exitCode = 128 + constants.signals[name]
    stop.abort()
  })

const folder = mkdtempSync(join(tmpdir(), 'selene-test-'))
let database: Database | undefined
try {
  await verify()
} finally {
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
}

async function verify(): Promise<void> {
  const results: StepResult[] = []
  for (const check of checks) {
    if (stop.signal.aborted) return
    results.push(await runCheck(check))
  }
  if (stop.signal.aborted) return
  database = await openDatabase(process.env['SELENE_TEST_DATABASE_URL'])
  if (stop.signal.aborted) return
  write(`postgres  ${database.said}\n`)
  const runs = [await runTests(database.url)]
  // Whoever names tests of vitest wants those and no others.
  if (vitestArguments.length === 0 && !stop.signal.aborted) {
    results.push(await runCheck(appBuild))
    runs.push(await runBrowser(database.url))
  }
  if (stop.signal.aborted) return
  const { text, ok } = summarise({
    checks: results,
    runs: runs.map(({ step }) => step),
    ...joined(runs),
    postgres: database.said,
    requireAll: process.env['SELENE_TEST_REQUIRE'] === 'all',
  })
  write(`${text}\n`)
  process.exitCode = ok ? 0 : 1
}

interface Check {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

async function runCheck({ name, command, args }: Check): Promise<StepResult> {
  const label = name.padEnd(8)
  write(verbose ? `${label}  …\n` : `${label}  … `)
  const result = await run(command, args, { stream: verbose })
  const word = result.ok ? 'ok' : 'failed'
  write(`${verbose ? `${label}  ` : ''}${word}  ${result.seconds.toFixed(1)} s\n`)
  if (!result.ok && !stop.signal.aborted) write(result.output)
  return { name, ...result }
}

interface Run {
  readonly step: StepResult
  /** Absent when it ended before it could say. */
  readonly report?: TestReport
}

/** All reports as one, unless one of the runs has none. */
function joined(runs: readonly Run[]): { report?: TestReport } {
  const reports = runs.flatMap(({ report }) => report ?? [])
  return reports.length === runs.length ? { report: joinReports(reports) } : {}
}

function withDatabase(url: string | undefined): NodeJS.ProcessEnv {
  return url === undefined ? {} : { SELENE_TEST_DATABASE_URL: url }
}

async function runTests(databaseUrl: string | undefined): Promise<Run> {
  const reportFile = join(folder, 'report.json')
  const runner = fileURLToPath(new URL('vitest-run.ts', import.meta.url))
  const result = await run(process.execPath, [runner, reportFile, ...vitestArguments], {
    stream: true,
    env: withDatabase(databaseUrl),
  })
  const step = { name: 'tests', ...result }
  if (!existsSync(reportFile)) return { step }
  return { step, report: JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport }
}

async function runBrowser(databaseUrl: string | undefined): Promise<Run> {
  const chromium = findChromium(process.env)
  const name = 'browser'
  if (chromium === undefined)
    return { step: { name, ok: true, seconds: 0 }, report: skippedBrowser(withoutChromium) }
  const reportFile = join(folder, 'browser.json')
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter', 'list,json']
  const result = await run('playwright', args, {
    stream: true,
    env: {
      ...withDatabase(databaseUrl),
      SELENE_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile,
    },
  })
  const step = { name, ...result }
  if (!existsSync(reportFile)) return { step }
  return { step, report: readPlaywrightReport(JSON.parse(readFileSync(reportFile, 'utf8'))) }
}

/** Runs a program of this project with its Node and its sources, however this process was started. */
function run(
  command: string,
  args: readonly string[],
  options: { stream: boolean; env?: NodeJS.ProcessEnv },
): Promise<ChildResult> {
  const { PATH = '', NODE_OPTIONS = '' } = process.env
  const condition = '--conditions=@selene/source'
  const env = {
    ...process.env,
    ...options.env,
    PATH: join(root, 'node_modules/.bin') + delimiter + PATH,
    NODE_OPTIONS: NODE_OPTIONS.includes(condition) ? NODE_OPTIONS : `${NODE_OPTIONS} ${condition}`,
  }
  return runChild({ command, args, cwd: root, env, stream: options.stream, signal: stop.signal })
}
