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
import { openDatabase, type Database } from './database.ts'
import { complaintAboutNode } from './node-version.ts'
import { summarise, type StepResult } from './summary.ts'
import type { TestReport } from './test-report.ts'

const checks = [
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
  { name: 'format', command: 'oxfmt', args: ['--check'] },
  { name: 'unused', command: 'knip', args: [] },
] as const

const root = fileURLToPath(new URL('../../..', import.meta.url))
const verbose = process.argv.includes('--verbose')
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
  const { tests, report } = await runTests(database.url)
  if (stop.signal.aborted) return
  const { text, ok } = summarise({
    checks: results,
    tests,
    ...(report && { report }),
    postgres: database.said,
    requireAll: process.env['SELENE_TEST_REQUIRE'] === 'all',
  })
  write(`${text}\n`)
  process.exitCode = ok ? 0 : 1
}

async function runCheck({ name, command, args }: (typeof checks)[number]): Promise<StepResult> {
  const label = name.padEnd(8)
  write(verbose ? `${label}  …\n` : `${label}  … `)
  const result = await run(command, args, { stream: verbose })
  const word = result.ok ? 'ok' : 'failed'
  write(`${verbose ? `${label}  ` : ''}${word}  ${result.seconds.toFixed(1)} s\n`)
  if (!result.ok && !stop.signal.aborted) write(result.output)
  return { name, ...result }
}

async function runTests(
  databaseUrl: string | undefined,
): Promise<{ tests: StepResult; report?: TestReport }> {
  const reportFile = join(folder, 'report.json')
  const runner = fileURLToPath(new URL('vitest-run.ts', import.meta.url))
  const own = process.argv.slice(2).filter((argument) => argument !== '--verbose')
  const result = await run(process.execPath, [runner, reportFile, ...own], {
    stream: true,
    ...(databaseUrl && { env: { SELENE_TEST_DATABASE_URL: databaseUrl } }),
  })
  const tests = { name: 'tests', ...result }
  if (!existsSync(reportFile)) return { tests }
  return { tests, report: JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport }
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
