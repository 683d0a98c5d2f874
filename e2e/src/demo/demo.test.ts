import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Step {
  readonly title?: string
  readonly lines?: readonly { kind: string; text: string }[]
  readonly failed?: number
  readonly unchecked?: number
}

test(
  'the demo holds every claim that it makes, on real processes, sockets and files',
  { timeout: 180_000 },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@selene/source',
      main,
      '--json',
    ])
    const steps = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Step)
    const claims = steps.flatMap((step) => step.lines ?? []).filter(({ kind }) => kind !== 'note')
    expect(claims.filter(({ kind }) => kind !== 'held')).toEqual([])
    expect(claims.length).toBeGreaterThan(15)
    expect(steps.at(-1)).toMatchObject({ end: true, failed: 0, unchecked: 0 })
  },
)
