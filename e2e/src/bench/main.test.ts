import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const main = fileURLToPath(new URL('main.ts', import.meta.url))
const bench = (...args: string[]) =>
  run(process.execPath, ['--conditions=@selene/source', main, ...args])

test.each([[[]], [['nonsense']], [['toString']], [['predict', 'predict']]])(
  'refuses %j and says what there is',
  async (args) => {
    await expect(bench(...args)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/There is: .*predict/) as string,
    })
  },
)

test('fails when it cannot measure', async () => {
  await expect(bench('predict', '--data', '/does/not/exist.csv')).rejects.toMatchObject({ code: 1 })
})
