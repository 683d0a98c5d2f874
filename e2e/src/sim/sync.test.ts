import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runChild } from '../verify/child.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

test(
  'W21–W37: devices agree whatever networks, clocks and deaths do, and every lie of a server is noticed or does nothing; replay with: npm run sim -- sync --seed N',
  { timeout: 600_000 },
  async () => {
    const { ok, output } = await runChild({
      command: process.execPath,
      args: ['--conditions=@selene/source', 'e2e/src/sim/main.ts', 'sync', '--seeds', '10'],
      cwd: root,
      env: process.env,
      stream: false,
      signal: new AbortController().signal,
    })
    expect(ok, output).toBe(true)
    expect(output).toContain('10 held, 0 failed')
    const reports = [...output.matchAll(/ok [\d.]+ s (\{.*\})/g)].map(
      ([, report]) => JSON.parse(report!) as Record<string, number | string>,
    )
    const sum = (of: string): number => reports.reduce((total, one) => total + Number(one[of]), 0)
    expect(sum('deaths')).toBeGreaterThan(5)
    expect(sum('faults')).toBeGreaterThan(100)
    expect(sum('partitions')).toBeGreaterThan(3)
    expect(sum('snapshots')).toBeGreaterThan(0)
    expect(new Set(reports.map(({ lie }) => lie)).size).toBe(9)
  },
)
