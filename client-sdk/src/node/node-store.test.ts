import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { createClient, until } from '../index.ts'
import type { Upgrade } from '../store/upgrade.ts'
import { openStore } from '../testing/open-store.ts'
import { nodePlatform } from './index.ts'
import { takeLockFile } from './lock-file.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-store-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const inUse = { code: 'store/in-use' }

/** Runs a program of this package in a process of its own; resolves with its first line. */
async function start(program: string): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=@selene/source', '--input-type=module', '--eval', program],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  for await (const line of createInterface({ input: child.stdout })) return { child, line }
  throw new Error('the program ended without a word')
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

const moduleUrl = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

describe('the lock of a store', () => {
  const path = (): string => join(directory, 'lock')

  test('lets one opener in, the next when it is released, and leaves no file', async () => {
    const release = await takeLockFile(path())
    await expect(takeLockFile(path())).rejects.toMatchObject(inUse)
    await release()
    await (
      await takeLockFile(path())
    )()
    expect(await readdir(directory)).toEqual([])
  })

  test('lets one in of many that come at once', async () => {
    const openers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLockFile(path())))
    const inside = openers.filter((opener) => opener.status === 'fulfilled')
    expect(inside).toHaveLength(1)
    await inside[0]!.value()
  })

  test('of another process holds while that runs, and is taken over when it was killed', async () => {
    const { child } = await start(`
      const { takeLockFile } = await import(${moduleUrl('lock-file.ts')})
      await takeLockFile(${JSON.stringify(path())})
      console.log('held')
      setInterval(() => {}, 1000)`)
    await expect(takeLockFile(path())).rejects.toMatchObject(inUse)
    await kill(child)
    await (
      await takeLockFile(path())
    )()
  })

  test('of a dead process whose number another one has now is taken over', async () => {
    const release = await takeLockFile(path())
    const [, ownStart] = (await readFile(path(), 'utf8')).split(' ')
    expect(ownStart).toMatch(/^\d+$/)
    await release()
    await writeFile(path(), `${process.pid} ${Number(ownStart) - 1}`)
    await (
      await takeLockFile(path())
    )()
  })

  test('that a power cut left empty does not shut the store for ever', async () => {
    await writeFile(path(), '')
    await (
      await takeLockFile(path())
    )()
  })
})

describe('a store in a directory', () => {
  const date = '2026-03-10' as CivilDate

  test('keeps an acknowledged edit through kill -9, and opens again', async () => {
    const place = join(directory, 'killed')
    const { child, line } = await start(`
      const { createClient } = await import(${moduleUrl('../index.ts')})
      const { nodePlatform } = await import(${moduleUrl('index.ts')})
      const client = await createClient({ platform: nodePlatform({ directory: ${JSON.stringify(place)} }) })
      await client.diary.edit('${date}', { 'bleeding.value': 2, 'note.value': 'kept' })
      console.log('durable')
      setInterval(() => {}, 1000)`)
    expect(line).toBe('durable')
    await expect(
      createClient({ platform: nodePlatform({ directory: place }) }),
    ).rejects.toMatchObject(inUse)
    await kill(child)
    await using client = await createClient({ platform: nodePlatform({ directory: place }) })
    const day = await until(client.diary.day(date), () => true)
    expect(day.values).toEqual({ 'bleeding.value': 2, 'note.value': 'kept' })
    expect((await until(client.sync.state, () => true)).unsent).toBe(1)
  })

  test('is brought up to date step by step, and not opened by an older app', async () => {
    const { files, keychain } = nodePlatform({ directory: join(directory, 'versions') })
    const open = (steps: readonly Upgrade[]) => openStore(files, steps, { keychain })
    const applied: number[] = []
    const step = (n: number) => async () => void applied.push(n)
    await (await open([])).close()
    await (await open([step(1)])).close()
    const failing = [step(1), step(2), () => Promise.reject(new Error('broken step'))]
    await expect(open(failing)).rejects.toThrow('broken step')
    await (await open([step(1), step(2), step(3)])).close()
    // The second ran twice: the failed upgrade was taken back as a whole.
    expect(applied).toEqual([1, 2, 2, 3])
    await expect(open([step(1)])).rejects.toMatchObject({ code: 'store/newer-format' })
    await (await open([step(1), step(2), step(3)])).close()
    expect(applied).toEqual([1, 2, 2, 3])
  })
})
