import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataDirectory } from './data-directory.ts'
import { systemRandom } from './random.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-data-'))
})
afterEach(() => rm(directory, { recursive: true }))

const processes = (pid: number, ...running: number[]) => ({
  pid,
  isRunning: (other: number) => running.includes(other),
})

test('the key is made once, for its owner only', async () => {
  const first = await openDataDirectory(directory, processes(10))
  const key = await first.serverKey(systemRandom)
  await first.release()
  const second = await openDataDirectory(directory, processes(11))
  expect(await second.serverKey(systemRandom)).toEqual(key)
  expect(key).toHaveLength(32)
  expect((await stat(join(directory, 'server.key'))).mode & 0o777).toBe(0o600)
})

test('a database whose key is gone gets no new one', async () => {
  await mkdir(join(directory, 'postgres'))
  const opened = await openDataDirectory(directory, processes(10))
  expect(opened.isNew).toBe(false)
  await expect(opened.serverKey(systemRandom)).rejects.toThrow(/server\.key is missing/)
})

test('a damaged key is not used', async () => {
  await writeFile(join(directory, 'server.key'), 'short\n')
  const opened = await openDataDirectory(directory, processes(10))
  await expect(opened.serverKey(systemRandom)).rejects.toThrow(/does not hold a server key/)
})

test('S5 a second process is kept out while the first one runs', async () => {
  const first = await openDataDirectory(directory, processes(10))
  await expect(openDataDirectory(directory, processes(11, 10))).rejects.toThrow(
    /Process 10 uses this data directory/,
  )
  await first.release()
  await expect(openDataDirectory(directory, processes(11, 10))).resolves.toMatchObject({
    isNew: true,
  })
})

test('the lock of a killed process is taken over', async () => {
  await openDataDirectory(directory, processes(10))
  await openDataDirectory(directory, processes(11))
  expect(await readFile(join(directory, 'server.lock'), 'utf8')).toBe('11')
})
