import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runChild } from '../verify/child.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

async function simulate(...args: string[]) {
  const { output } = await runChild({
    command: process.execPath,
    args: ['--conditions=@selene/source', 'e2e/src/sim/main.ts', 'sync', ...args],
    cwd: root,
    env: process.env,
    stream: false,
    signal: new AbortController().signal,
  })
  const reports = [...output.matchAll(/^sync seed (\d+) ok [\d.]+ s (\{.*\})$/gm)].map(
    ([, seed, report]) => [seed!, JSON.parse(report!) as Record<string, number | string>] as const,
  )
  return { output, reports: new Map(reports) }
}

test(
  'W21–W37: devices agree whatever networks, clocks, deaths and long absences do, and every lie of a server is noticed or does nothing; replay with: npm run sim -- sync --seed N',
  { timeout: 1_200_000 },
  async () => {
    // Two processes, as one uses one core.
    const [first, second] = await Promise.all([
      simulate('--seeds', '5'),
      simulate('--seeds', '5', '--from', '6'),
    ])
    expect(first.output).toContain('5 held, 0 failed')
    expect(second.output).toContain('5 held, 0 failed')
    const reports = [...new Map([...first.reports, ...second.reports]).values()]
    const sum = (of: string): number => reports.reduce((total, one) => total + Number(one[of]), 0)
    expect(reports).toHaveLength(10)
    expect(sum('deaths')).toBeGreaterThan(20)
    expect(sum('faults')).toBeGreaterThan(300)
    expect(sum('partitions')).toBeGreaterThan(6)
    expect(sum('snapshots')).toBeGreaterThan(20)
    expect(sum('pruned')).toBeGreaterThan(6)
    expect(new Set(reports.map(({ lie }) => lie)).size).toBe(9)
  },
)
