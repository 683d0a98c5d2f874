import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrng } from '../core/prng.ts'
import { killSettings } from './kill-settings.ts'
import { openSealedDatabase } from './sealed-database.ts'
import { fileDevice } from './sealed.ts'
import { verifyDatabase, workloadSchema } from './sql-workload.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-kill-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** Kills a writer some time after so many transactions; gives the last number that it said. */
async function killAfter(path: string, transactions: number): Promise<number> {
  const child = fork(new URL('kill-writer.ts', import.meta.url), [path], {
    execArgv: ['--conditions=@selene/source'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  let last = 0
  let heard = 0
  child.on('message', (number: number) => {
    last = number
    heard += 1
    // It is in the middle of the next ones by now.
    if (heard >= transactions) child.kill('SIGKILL')
  })
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  return last
}

test(
  'B3 what was acknowledged is there after kill -9, again and again',
  { timeout: 180_000 },
  async () => {
    const path = join(directory, 'store.pack')
    const made = await openSealedDatabase(fileDevice(path), killSettings)
    await made.pg.exec(`CREATE EXTENSION amcheck; ${workloadSchema}`)
    await made.pg.close()
    const prng = createPrng('kill')
    for (let round = 0; round < 5; round++) {
      const last = await killAfter(path, prng.int(1, 15))
      const { pg, pack } = await openSealedDatabase(fileDevice(path), killSettings)
      const { rows } = await pg.query<{ number: number }>(
        'SELECT number FROM progress ORDER BY number',
      )
      // All numbers without a gap, and perhaps the one after the last that was said.
      expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => i + 1))
      expect([last, last + 1]).toContain(rows.length)
      expect(await verifyDatabase(pg)).toEqual([])
      const steps = pack.check()
      let step = steps.next()
      while (!step.done) step = steps.next()
      expect([step.value.regions, step.value.files]).toEqual([[], []])
      await pg.close()
    }
  },
)
