import { bytesToBase64url, Problem, type AlertNotice, type Notice } from '@selene/shapes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../core/live.ts'
import type { Kit } from '../sos/kit.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { memoryKitFile } from '../store/memory-kit-file.ts'
import type { StoreTx } from '../store/store.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles, memoryPlatform, openClient } from '../testing/index.ts'
import {
  problemResponse,
  scriptedServer,
  sessionNumber,
  someId,
  type ScriptedServer,
} from '../testing/scripted-server.ts'
import {
  scriptedSockets,
  type ScriptedSocket,
  type ScriptedSockets,
} from '../testing/scripted-sockets.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import { createNotices } from './notices.ts'

const raised = (id: number): Notice => ({
  type: 'notice',
  id,
  kind: 'alert',
  event: 'raised',
  alert: someId(String(id)),
  op: someId('e'),
  alert_kind: 'medical',
  role: 'nearby',
  reply_key: bytesToBase64url(new Uint8Array(32).fill(9)),
  raised_at: 1_780_000_000_000,
  received_at: 1_780_000_000_000,
})

let scripted: ScriptedServer
let sockets: ScriptedSockets
let clock: ManualClock
let opened: Awaited<ReturnType<typeof openClient>>

beforeEach(async () => {
  scripted = scriptedServer()
  sockets = scriptedSockets()
  clock = manualClock()
  opened = await openClient({
    platform: memoryPlatform({
      files: memoryFiles(await bakedImage()),
      network: scripted.network,
      sockets: sockets.sockets,
      clock,
    }),
    server: 'https://server.test',
  })
  const { vault } = opened.parts.vault.view()
  scripted.always('/v1/accounts', () => sessionNumber(1, { vault }))
  scripted.always('/v1/tickets', () => ({
    ticket: bytesToBase64url(new Uint8Array(32)),
    seconds: 60,
  }))
})
afterEach(() => opened.client.close())

const register = () =>
  opened.client.account.register({
    identifier: 'ada@example.org',
    passphrase: 'correct horse battery staple',
  })
async function socket(n: number): Promise<ScriptedSocket> {
  await expect.poll(() => sockets.all.length).toBeGreaterThanOrEqual(n)
  const one = sockets.all[n - 1]!
  one.open()
  return one
}
const listening = (wanted: boolean) =>
  until(opened.client.sync.state, (state) => state.listening === wanted)
const incoming = () => until(opened.client.sos.incoming, () => true)

describe('the live connection of a client', () => {
  test('is there while she is signed in, and not paused', async () => {
    expect((await until(opened.client.sync.state, () => true)).listening).toBe(false)
    await register()
    const one = await socket(1)
    one.say({ type: 'current' })
    await listening(true)
    opened.client.sync.pause()
    await listening(false)
    expect(one.isClosed()).toBe(true)
    opened.client.sync.resume()
    const two = await socket(2)
    two.say({ type: 'current' })
    await listening(true)
    scripted.always('/v1/auth/refresh', () => problemResponse(new Problem('auth/refused')))
    scripted.next('/v1/ops', problemResponse(new Problem('auth/required')))
    await opened.client.contacts.setOwnName('Ada')
    await expect
      .poll(() => {
        clock.advance(250)
        return two.isClosed()
      })
      .toBe(true)
    await listening(false)
    const { status } = await until(opened.client.account.state, () => true)
    expect(status).toBe('session-ended')
  })

  test('stores each notice with how far it is, and says so the next time', async () => {
    await register()
    const one = await socket(1)
    one.say(raised(5))
    one.say(raised(3))
    const acks = [5, 3].map((id) => ({ type: 'ack', id }))
    await expect.poll(() => one.sent.slice(1)).toEqual(acks)
    expect((await incoming()).map(({ id }) => id)).toHaveLength(2)
    opened.client.sync.pause()
    await listening(false)
    opened.client.sync.resume()
    const two = await socket(2)
    await expect.poll(() => two.sent).toEqual([{ type: 'hello', last_id: 5 }])
    two.say(raised(5))
    await expect.poll(() => two.sent).toHaveLength(2)
    expect(await incoming()).toHaveLength(2)
  })

  test('asks how her own alert stands when somebody has answered it', async () => {
    await register()
    const { id } = await opened.client.sos.raise()
    const standing = {
      alert: id,
      state: 'sent',
      received_at: clock.now(),
      contacts: [],
      responders: [],
    }
    scripted.always('/v1/sos', () => standing)
    await expect
      .poll(() => {
        clock.advance(1_000)
        const state = opened.client.sos.current.get()
        return state.status === 'ready' && state.value?.phase
      })
      .toBe('sent')
    const one = await socket(1)
    const asked = scripted.to('/v1/sos').length
    one.say({ type: 'notice', id: 7, kind: 'standing', alert: id })
    await expect.poll(() => scripted.to('/v1/sos').length).toBe(asked + 1)
    expect(one.sent.at(-1)).toEqual({ type: 'ack', id: 7 })
  })
})

describe('a notice that can never be stored', () => {
  const alert = raised(4) as AlertNotice
  const slot = bytesToBase64url(new Uint8Array(1_024))
  /** As the store fails for content that it does not take. */
  const refuse = (tx: StoreTx) => tx.query('SELECT $1::text', ['\0'])
  const notices = (takeAlert: (tx: StoreTx, notice: AlertNotice) => Promise<unknown>) =>
    createNotices({
      ...opened.parts,
      kit: { heard: () => {} } as unknown as Kit,
      takeAlert: async (tx, notice) => void (await takeAlert(tx, notice)),
    })

  test('C95 as it is is stored without what its contact sealed', async () => {
    const seen: boolean[] = []
    const port = notices(async (tx, notice) => {
      seen.push(notice.slot !== undefined)
      if (notice.slot !== undefined) await refuse(tx)
    })
    await port.take({ ...alert, slot })
    expect([seen, await port.lastId()]).toEqual([[true, false], 4])
  })

  test('C95 at all is passed over', async () => {
    const port = notices(refuse)
    await port.take(alert)
    expect(await port.lastId()).toBe(4)
  })

  test('C95 one that failed for another reason comes again', async () => {
    for (const error of [new Problem('store/closed'), new Error('no space left on device')]) {
      const port = notices(() => Promise.reject(error))
      await expect(port.take(alert)).rejects.toBe(error)
      expect(await port.lastId()).toBe(0)
    }
  })
})

test('the diary opens whatever the kit does, and an alert can be raised', async () => {
  const kit: KitFiles = {
    ...memoryKitFile(),
    durable: true,
    load: () => Promise.reject(new Problem('store/in-use')),
  }
  const platform = memoryPlatform({ network: scripted.network, sockets: sockets.sockets, clock })
  const { client } = await openClient({ platform: { ...platform, kit } })
  const readiness = await until(client.sos.readiness, () => true)
  expect(readiness.gaps).toContain('not-durable')
  expect((await client.sos.raise()).phase).toBe('queued')
  await client.close()
})

test('the kit knows of the account as soon as there is one', async () => {
  const gaps = async () => (await until(opened.client.sos.readiness, () => true)).gaps
  expect(await gaps()).toContain('no-account')
  await register()
  await until(opened.client.sos.readiness, ({ gaps }) => !gaps.includes('no-account'))
  expect(await gaps()).toContain('no-contacts')
})
