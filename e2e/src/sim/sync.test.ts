import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runChild } from '../verify/child.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const seeds = 30

test(
  'W21–W37: devices agree whatever networks, clocks, deaths and long absences do, and every lie of a server is noticed or does nothing; replay with: npm run sim -- sync --seed N',
  { timeout: 1_200_000 },
  async () => {
    const { ok, output } = await runChild({
      command: process.execPath,
      args: [
        '--conditions=@selene/source',
        'e2e/src/sim/main.ts',
        'sync',
        '--workers=2',
        `--seeds=${seeds}`,
      ],
      cwd: root,
      env: process.env,
      stream: false,
      signal: new AbortController().signal,
    })
    expect(ok, output).toBe(true)
    expect(output).toContain(`${seeds} held, 0 failed`)
    const reports = [...output.matchAll(/^sync seed \d+ ok [\d.]+ s (\{.*\})$/gm)].map(
      ([, report]) => JSON.parse(report!) as Record<string, number | string>,
    )
    const sum = (of: string): number => reports.reduce((total, one) => total + Number(one[of]), 0)
    expect(reports).toHaveLength(seeds)
    expect(sum('deaths')).toBeGreaterThan(100)
    expect(sum('faults')).toBeGreaterThan(1_500)
    expect(sum('partitions')).toBeGreaterThan(30)
    expect(sum('snapshots')).toBeGreaterThan(60)
    expect(sum('pruned')).toBeGreaterThan(30)
    expect(new Set(reports.map(({ lie }) => lie)).size).toBe(9)
  },
)
