import { Problem, startVault, type OpsRequest } from '@selene/shapes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CivilDate } from '../calendar/index.ts'
import { until } from '../core/live.ts'
import { createSignal, type Signal } from '../core/signal.ts'
import type { Platform } from './platform.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles, memoryPlatform, openClient } from '../testing/index.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import {
  applyAll,
  logShape,
  problemResponse,
  scriptedServer,
  sessionNumber,
  type ScriptedServer,
} from '../testing/scripted-server.ts'
import { addDevice } from '../testing/test-vault.ts'
import { deviceKeys, newDeviceSeeds } from '../crypto/member-keys.ts'

const date = '2026-03-10' as CivilDate

let scripted: ScriptedServer
let clock: ManualClock
let woken: Signal
let platform: Platform
let opened: Awaited<ReturnType<typeof openClient>>
let answers: number

const open = () => openClient({ platform, server: 'https://server.test' })

/** A client that has registered; the server's log is what `entries` gives. */
beforeEach(async () => {
  scripted = scriptedServer()
  clock = manualClock()
  woken = createSignal()
  answers = 0
  platform = memoryPlatform({
    files: memoryFiles(await bakedImage()),
    network: scripted.network,
    clock,
    woken,
  })
  opened = await open()
  const { vault } = opened.parts.vault.view()
  scripted.next('/v1/accounts', () => sessionNumber(1, { vault }))
})
afterEach(() => opened.client.close())

async function register(): Promise<void> {
  await opened.client.account.register({
    identifier: 'ada@example.org',
    passphrase: 'correct horse battery staple',
  })
}

const log = (entries: readonly Uint8Array[]) =>
  logShape(opened.parts.vault.view().vault, entries, `log-${crypto.randomUUID()}-${(answers += 1)}`)

/** The server has some entries, and all of them once the result is called. */
function serveGrowing(first: readonly Uint8Array[]) {
  const served = (entries: readonly Uint8Array[]) =>
    logShape(opened.parts.vault.view().vault, entries, 'the same log')
  let whole: ReturnType<typeof served> | undefined
  scripted.always('/v1/shape/vault_log', (request) => {
    const query = new URLSearchParams('offset=-1')
    if (request.query.get('live') === 'true') return 'silence'
    return whole ? whole({ ...request, query }) : served(first)(request)
  })
  return (entries: readonly Uint8Array[]): void => {
    whole = served(entries)
  }
}

async function serveOwnLog(): Promise<void> {
  const { vault, store } = opened.parts
  scripted.always('/v1/shape/vault_log', log(await vault.entries(store)))
}

const phase = () => until(opened.client.sync.state, () => true)
const becomes = (wanted: string) =>
  until(opened.client.sync.state, (state) => state.phase === wanted)
const batches = () => scripted.to('/v1/ops')

/** Moves time on until something is so: the sender collects, failures are waited out. */
const passTimeUntil = (holds: () => boolean) =>
  expect
    .poll(
      () => {
        clock.advance(250)
        return holds()
      },
      { timeout: 10_000 },
    )
    .toBe(true)

async function flushed(): Promise<void> {
  let done = false
  void opened.client.sync.flush().then(() => (done = true))
  await passTimeUntil(() => done)
}

describe('W18 a log that is not ours', () => {
  test('that was forked stops uploads and is shown; the diary goes on', async () => {
    const { vault, store, crypto } = opened.parts
    await register()
    const [genesis] = await vault.entries(store)
    const other = deviceKeys(crypto, newDeviceSeeds(crypto))
    const started = startVault(genesis!, crypto)
    if (!started.ok) throw new Error(started.code)
    const logOfGenesis = { view: started.view, author: vault.keys, epochKey: vault.epoch().key }
    const forged = addDevice(crypto, logOfGenesis, other)
    scripted.always('/v1/shape/vault_log', log([genesis!, forged]))
    const stuck = await becomes('stuck')
    expect(stuck.problem).toBe('vault/forked')
    const sent = batches().length
    await opened.client.diary.edit(date, { 'bleeding.value': 2 })
    opened.client.sync.pause()
    opened.client.sync.resume()
    await opened.client.sync.flush()
    clock.advance(60_000)
    expect((await phase()).unsent).toBe(1)
    expect(batches()).toHaveLength(sent)
    expect((await until(opened.client.diary.day(date), () => true)).values).toEqual({
      'bleeding.value': 2,
    })
    expect((await until(opened.client.vault.state, () => true)).warnings).toEqual(['vault/forked'])
    expect(vault.view().members.has(other.id)).toBe(false)
  })

  test('that is shorter than what was verified is rolled back', async () => {
    const { vault, store } = opened.parts
    const [genesis] = await vault.entries(store)
    scripted.always('/v1/shape/vault_log', log([genesis!]))
    await register()
    let isStuck = false
    void becomes('stuck').then(() => (isStuck = true))
    await passTimeUntil(() => isStuck)
    expect(await phase()).toMatchObject({ problem: 'vault/rolled-back' })
    const asked = scripted.to('/v1/shape/vault_log').map(({ query }) => query.get('live'))
    expect(asked.filter((live) => live === null)).toHaveLength(3)
    expect(vault.view().hashes).toHaveLength(2)
  })

  test('C31 that was shorter stops uploads after a restart too, until it is found whole', async () => {
    const { vault, store } = opened.parts
    const [genesis] = await vault.entries(store)
    const serveWhole = serveGrowing([genesis!])
    await register()
    const whole = await vault.entries(store)
    let isStuck = false
    void becomes('stuck').then(() => (isStuck = true))
    await passTimeUntil(() => isStuck)
    await opened.client.diary.edit(date, { 'bleeding.value': 2 })
    const sent = batches().length
    await opened.client.close()

    opened = await open()
    scripted.next('/v1/auth/refresh', sessionNumber(2, { vault: vault.view().vault }))
    const asked = () => scripted.to('/v1/shape/vault_log').length
    const before = asked()
    await passTimeUntil(() => asked() > before)
    await opened.client.sync.flush()
    expect(await phase()).toMatchObject({ problem: 'vault/rolled-back', unsent: 1 })
    expect(batches()).toHaveLength(sent)

    serveWhole(whole)
    woken.emit()
    await passTimeUntil(() => batches().length > sent)
    await flushed()
    expect(await phase()).toMatchObject({ unsent: 0 })
    expect(await phase()).not.toHaveProperty('problem', 'vault/rolled-back')
  })

  test('C31 that only comes late is not', async () => {
    const { vault, store } = opened.parts
    const [genesis] = await vault.entries(store)
    const serveWhole = serveGrowing([genesis!])
    await register()
    const asked = () => scripted.to('/v1/shape/vault_log').length
    await passTimeUntil(() => asked() > 2)
    serveWhole(await vault.entries(store))
    const before = asked()
    await passTimeUntil(() => asked() > before + 1)
    expect(await store.query('SELECT 1 FROM shape_rows_vault_log')).toHaveLength(2)
    clock.advance(10_000)
    expect(await phase()).not.toHaveProperty('problem')
  })
})

describe('replication', () => {
  test('C36 asks for every shape at once when the device wakes', async () => {
    await serveOwnLog()
    await register()
    const asked = () => scripted.to('/v1/shape/vault_log')
    // The long poll is never answered, like one whose connection has died while the device slept.
    await passTimeUntil(() => asked().at(-1)?.query.get('live') === 'true')
    const shapes = ['vault_log', 'doc_updates', 'contacts'].map((name) => `/v1/shape/${name}`)
    const before = shapes.map((path) => scripted.to(path).length)
    const sleeping = asked().length
    woken.emit()
    await expect
      .poll(() => shapes.map((path, n) => scripted.to(path).length > before[n]!))
      .toEqual([true, true, true])
    expect(asked()[sleeping]!.query.has('live')).toBe(false)
  })

  test('takes nothing twice when it is paused and resumed while a batch is under way', async () => {
    await register()
    await serveOwnLog()
    const write = await opened.client.diary.edit(date, { 'bleeding.value': 2 })
    const held = Promise.withResolvers<void>()
    scripted.next('/v1/ops', async (request) => {
      await held.promise
      return applyAll(request)
    })
    await passTimeUntil(() => batches().length === 1)
    opened.client.sync.pause()
    await becomes('paused')
    opened.client.sync.resume()
    await passTimeUntil(() => batches().length === 2)
    held.resolve()
    expect(await write.stored).toEqual({ outcome: 'applied' })
    expect(batches()[1]!.text).toBe(batches()[0]!.text)
    expect((await phase()).unsent).toBe(0)
  })

  test('is not live while the server answers that it is not ready', async () => {
    await register()
    scripted.always('/v1/shape/vault_log', () =>
      problemResponse(new Problem('server/unavailable', { retryAfterSeconds: 1 })),
    )
    await passTimeUntil(() => scripted.to('/v1/shape/vault_log').length > 2)
    expect(await becomes('connecting')).toMatchObject({ problem: 'server/unavailable' })
  })

  test('flush sends what was written, and ends when the server cannot be reached', async () => {
    await register()
    await opened.client.diary.edit(date, { 'bleeding.value': 1 })
    scripted.next('/v1/ops', 'lost')
    scripted.next('/v1/ops', 'lost')
    await flushed()
    expect((await phase()).unsent).toBe(1)
    await flushed()
    await flushed()
    expect((batches().at(-1)!.body as OpsRequest).ops).toHaveLength(1)
    expect((await phase()).unsent).toBe(0)
  })

  test('closes at once though the network never answers', async () => {
    await register()
    scripted.always('/v1/ops', () => new Promise(() => {}))
    await opened.client.diary.edit(date, { 'bleeding.value': 1 })
    await passTimeUntil(() => batches().length === 1)
    const watching = until(opened.client.sync.state, () => false)
    const closed = opened.client.close()
    await expect(watching).rejects.toMatchObject({ code: 'store/closed' })
    await closed
    await expect(opened.client.diary.edit(date, { 'bleeding.value': 2 })).rejects.toMatchObject({
      code: 'store/closed',
    })
  })

  test('closes while registering, and a link that nobody answers', async () => {
    scripted.always('/v1/links', () => ({}))
    const joining = await opened.client.vault.join()
    const refused = expect(joining.done).rejects.toBeInstanceOf(Problem)
    await opened.client.close()
    await refused
  })

  test('a link that is cancelled has failed', async () => {
    scripted.always('/v1/links', () => ({}))
    const joining = await opened.client.vault.join()
    joining.cancel()
    await expect(joining.done).rejects.toMatchObject({ code: 'link/failed' })
  })
})
