import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const program = new URL('./main.ts', import.meta.url).pathname
let directory: string
const running: ChildProcess[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selene-main-'))
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(directory, { recursive: true })
})

/** Starts the program with nothing else in its environment. */
function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--conditions=@selene/source', program], {
    env: { DATA_DIR: directory, PORT: '0', ...environment },
  })
  running.push(child)
  let said = ''
  let complained = ''
  const ready = Promise.withResolvers<string>()
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    const url = /Ready on (http:\S+)/.exec(said)?.[1]
    if (url) ready.resolve(url)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString()
  })
  const ended = new Promise<{ code: number | null; said: string; complained: string }>(
    (resolve) => {
      child.once('close', (code) => {
        ready.reject(new Error(complained))
        resolve({ code, said, complained })
      })
    },
  )
  ready.promise.catch(() => undefined)
  return { child, ready: ready.promise, ended }
}

test('S1 an unusable configuration is told whole and exits 1', async () => {
  const { code, complained } = await run({ PORT: 'x', LOG_LEVEL: 'loud' }).ended
  expect(code).toBe(1)
  expect(complained).toMatch(/PORT: .*\n.*LOG_LEVEL: /)
})

const startsSeveralServers = { timeout: 240_000 }

test(
  'it starts on nothing, keeps others out, serves, and stops with 0',
  startsSeveralServers,
  async () => {
    const first = run({})
    const url = await first.ready
    const health = await fetch(`${url}/readyz`)
    expect(await health.json()).toMatchObject({ status: 'ready', database: 'pglite' })

    const samePort = await run({ PORT: new URL(url).port }).ended
    expect([samePort.code, samePort.complained]).toEqual([
      1,
      `Port ${new URL(url).port} is in use. Set PORT to another one.\n`,
    ])
    const sameData = await run({}).ended
    expect(sameData.code).toBe(1)
    expect(sameData.complained).toContain('uses this data directory')

    first.child.kill('SIGTERM')
    const { code, said, complained } = await first.ended
    expect(code).toBe(0)
    expect(said).toMatch(
      /^Creating the database .*\nApplying migrations .*\nReady on .*\nStopping\n$/,
    )
    for (const line of complained.trim().split('\n')) JSON.parse(line)

    const second = run({})
    expect((await fetch(`${await second.ready}/readyz`)).status).toBe(200)
    second.child.kill('SIGINT')
    const again = await second.ended
    expect(again.code).toBe(0)
    expect(again.said).toMatch(/^Opening the database /)
  },
)
