import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runChild } from '../verify/child.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

test(
  'W48: every confirmed alert takes effect once and reaches everybody whom it concerns, whoever is killed at whichever await; replay with: npm run sim -- sos --seed N',
  { timeout: 1_800_000 },
  async () => {
    const { ok, output } = await runChild({
      command: process.execPath,
      args: [
        '--conditions=@selene/source',
        'e2e/src/sim/main.ts',
        'sos',
        '--workers=2',
        '--seeds=34',
      ],
      cwd: root,
      env: process.env,
      stream: false,
      signal: new AbortController().signal,
    })
    expect(ok, output).toBe(true)
    const [, points, struck] = /sos: (\d+) awaits in the SOS code, killed at (\d+)/.exec(output)!
    expect(Number(struck)).toBeGreaterThan(0.9 * Number(points))
    expect(output).toContain('34 held, 0 failed')
  },
)
