import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { utf8 } from '@selene/shapes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSosKit } from '../client/sos-kit.ts'
import { until } from '../core/live.ts'
import { recordToState } from '../sos/journal.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import { testPerson } from '../testing/test-person.ts'
import { nodeKitFile } from './kit-file.ts'
import { nodePlatform } from './platform.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'selene-kit-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const text = (record: Uint8Array | undefined): string | undefined =>
  record && new TextDecoder().decode(record)

async function read(directory: string): Promise<string | undefined> {
  const file = nodeKitFile(directory)
  const record = await file.load()
  await file.close()
  return text(record)
}

async function write(directory: string, record: string): Promise<void> {
  const file = nodeKitFile(directory)
  await file.load()
  await file.save(utf8(record))
  await file.close()
}

const damagedIn = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.includes('damaged'))

/** Reads all files but one. */
const unreadable = (name: string) => async (path: string) => {
  if (path.endsWith(name)) throw Object.assign(new Error('input/output error'), { code: 'EIO' })
  return readFile(path)
}

/** Lets time pass until it has ended. */
async function inTime(clock: ManualClock, done: Promise<unknown>): Promise<void> {
  let isDone = false
  void done.then(() => (isDone = true))
  await expect
    .poll(() => {
      clock.advance(100)
      return isDone
    })
    .toBe(true)
}

describe('a kit in a directory', () => {
  test('reads back what was saved last; its files are for their owner alone', async () => {
    const directory = join(root, 'plain')
    expect(await read(directory)).toBeUndefined()
    await write(directory, 'one')
    await write(directory, 'two')
    expect(await read(directory)).toBe('two')
    expect(await readdir(directory)).toEqual(['sos.key', 'sos.kit'])
    for (const name of ['sos.key', 'sos.kit'])
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
  })

  test('lets one opener in', async () => {
    const directory = join(root, 'lock')
    const file = nodeKitFile(directory)
    await file.load()
    await expect(nodeKitFile(directory).load()).rejects.toMatchObject({ code: 'store/in-use' })
    await file.close()
    await nodeKitFile(directory).load()
  })

  test('C71 that is damaged counts as none, is kept aside, and works again', async () => {
    const directory = join(root, 'damaged')
    const damage: ((path: string) => Promise<void>)[] = [
      async (path) => writeFile(path, (await readFile(path)).fill(0, 20, 22)),
      async (path) => writeFile(path, (await readFile(path)).subarray(0, 20)),
      (path) => writeFile(path, ''),
    ]
    for (const [i, change] of damage.entries()) {
      await write(directory, 'one')
      await change(join(directory, 'sos.kit'))
      expect(await read(directory)).toBeUndefined()
      expect(await damagedIn(directory)).toHaveLength(i + 1)
    }
    await write(directory, 'two')
    await rm(join(directory, 'sos.key'))
    expect(await read(directory)).toBeUndefined()
    await write(directory, 'three')
    expect(await read(directory)).toBe('three')
  })

  test('C71 an unfinished draft of a save is nothing', async () => {
    const directory = join(root, 'draft')
    await write(directory, 'one')
    await writeFile(join(directory, 'sos.kit.new'), 'half')
    expect(await read(directory)).toBe('one')
    await write(directory, 'two')
    expect(await read(directory)).toBe('two')
  })

  test('C71 one that cannot be read for a moment is read a moment later', async () => {
    const directory = join(root, 'moment')
    await write(directory, 'one')
    const clock = manualClock()
    let failures = 3
    const file = nodeKitFile(directory, {
      clock,
      read: async (path) => {
        if ((failures -= 1) >= 0) throw Object.assign(new Error('too many'), { code: 'EMFILE' })
        return readFile(path)
      },
    })
    const loading = file.load()
    await inTime(clock, loading)
    expect(text(await loading)).toBe('one')
    await file.close()
    expect(await readdir(directory)).toEqual(['sos.key', 'sos.kit'])
  })

  test.each(['sos.kit', 'sos.key'])(
    'C71 whose %s cannot be read at all is not thrown away: it is there the next time',
    async (name) => {
      const directory = join(root, `unread-${name}`)
      await write(directory, 'one')
      const clock = manualClock()
      const file = nodeKitFile(directory, { clock, read: unreadable(name) })
      const loading = file.load()
      await inTime(clock, loading)
      expect(await loading).toBeUndefined()
      await file.close()
      expect(await readdir(directory)).toEqual(['sos.key', 'sos.kit'])
      expect(await read(directory)).toBe('one')
    },
  )

  test.each(['sos.kit', 'sos.key'])(
    'C71 whose %s cannot be read is kept aside before a save takes its place',
    async (name) => {
      const directory = join(root, `replaced-${name}`)
      await write(directory, 'one')
      const old = await readFile(join(directory, 'sos.key'))
      const clock = manualClock()
      const file = nodeKitFile(directory, { clock, read: unreadable(name) })
      await inTime(clock, file.load())
      await inTime(clock, file.save(utf8('two')))
      await file.close()
      expect(await read(directory)).toBe('two')
      const damaged = await damagedIn(directory)
      const keyName = damaged.find((each) => each.startsWith('sos.key')) ?? 'sos.key'
      const kitName = damaged.find((each) => each.startsWith('sos.kit'))!
      // What was there can still be opened by hand.
      const byHand = join(root, `by-hand-${name}`)
      await mkdir(byHand)
      await copyFile(join(directory, keyName), join(byHand, 'sos.key'))
      await copyFile(join(directory, kitName), join(byHand, 'sos.kit'))
      expect(await readFile(join(byHand, 'sos.key'))).toEqual(old)
      expect(await read(byHand)).toBe('one')
    },
  )

  test('C71 a key of another length is kept aside, never replaced', async () => {
    const directory = join(root, 'short-key')
    await write(directory, 'one')
    await writeFile(join(directory, 'sos.key'), 'short')
    expect(await read(directory)).toBeUndefined()
    const damaged = await damagedIn(directory)
    expect(damaged.map((each) => each.slice(0, 7)).toSorted()).toEqual(['sos.key', 'sos.kit'])
  })

  test('C71 a place that cannot be written keeps the kit from storing, not from opening', async () => {
    const blocked = join(root, 'blocked')
    await writeFile(blocked, 'a file where the directory ought to be')
    const file = nodeKitFile(blocked)
    expect(await file.load()).toBeUndefined()
    await expect(file.save(utf8('one'))).rejects.toThrow()
    await file.close()
  })

  test('C79 holds no name, note, place or key in clear', async () => {
    const directory = join(root, 'clear')
    const person = await testPerson('clear')
    person.scripted.always('/v1/sos', () => 'lost')
    const kit = await openSosKit({
      platform: { ...nodePlatform({ directory }), network: person.scripted.network },
      server: 'https://server.test',
    })
    await kit.provision(person.profile)
    await kit.raise({
      note: 'behind the blue door',
      position: { latitude: 47.6062, longitude: -122.3321, accuracyMetres: 12, at: 1 },
    })
    await kit.close()
    const stored = await readFile(join(directory, 'sos.kit'), 'latin1')
    const seed = Buffer.from(person.profile.sosSeed)
    for (const secret of [
      'Ada Quill',
      'behind the blue door',
      '47.6062',
      '122.3321',
      seed.toString('base64url'),
      seed.toString('latin1'),
    ])
      expect(stored).not.toContain(secret)
    // The markers are in there, sealed.
    expect(await read(directory)).toContain('behind the blue door')
  })
})

const moduleUrl = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href)

/** Runs a process that raises until it is killed; resolves with the alerts it was told of as raised. */
async function killWhileRaising(directory: string, lines: number): Promise<string[]> {
  const program = `
    const { openSosKit } = await import(${moduleUrl('../client/sos-kit.ts')})
    const { nodePlatform } = await import(${moduleUrl('./platform.ts')})
    const kit = await openSosKit({ platform: nodePlatform({ directory: ${JSON.stringify(directory)} }) })
    for (let i = 0; ; i++) console.log((await kit.raise({ note: 'alert ' + i })).id)`
  const child = spawn(
    process.execPath,
    ['--conditions=@selene/source', '--input-type=module', '--eval', program],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (said.length === lines) child.kill('SIGKILL')
  }
  await ended
  return said
}

test('C70 an alert whose raise resolved survives kill -9, ten times over', async () => {
  const directory = join(root, 'killed')
  const promised: string[] = []
  for (let round = 0; round < 10; round++) {
    promised.push(...(await killWhileRaising(directory, 1 + ((round * 3) % 7))))
    const state = recordToState(utf8((await read(directory))!))!
    const ids = state.alerts.map(({ id }) => id as string)
    expect(ids).toEqual(expect.arrayContaining(promised))
    expect(new Set(ids).size).toBe(ids.length)
    expect(await damagedIn(directory)).toEqual([])
  }
  const kit = await openSosKit({ platform: nodePlatform({ directory }) })
  const newest = await until(kit.current, (alert) => alert !== null)
  expect(newest).toMatchObject({ phase: 'queued', problem: 'account/none' })
  await kit.close()
})

test('C72 an alert is raised and sent while the store cannot be opened', async () => {
  const directory = join(root, 'locked')
  const person = await testPerson('locked')
  const platform = {
    ...nodePlatform({ directory }),
    files: { kind: 'file', open: () => Promise.reject(new Error('the store is locked')) },
    network: person.scripted.network,
  } as const
  const kit = await openSosKit({ platform, server: 'https://server.test' })
  await kit.provision(person.profile)
  await kit.raise()
  await until(kit.current, (alert) => alert?.phase === 'sent')
  // Saves may still be on their way until it is closed.
  await kit.close()
  expect(await readdir(directory)).toEqual(['sos.key', 'sos.kit'])
})
