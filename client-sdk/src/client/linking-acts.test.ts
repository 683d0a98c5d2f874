import { linkCodeToText, Problem, startVault, type LinkCode } from '@selene/shapes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp } from '../core/http.ts'
import { until } from '../core/live.ts'
import { deviceKeys, newDeviceSeeds } from '../crypto/member-keys.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles, memoryPlatform, openClient } from '../testing/index.ts'
import { manualClock, type ManualClock } from '../testing/manual-clock.ts'
import {
  logShape,
  problemResponse,
  registerAt,
  scriptedServer,
  type Recorded,
  type ScriptedServer,
} from '../testing/scripted-server.ts'
import { addDevice } from '../testing/test-vault.ts'
import { beAdmitted, newLinkCode } from '../vault/linking.ts'

const entries = '/v1/vault/entries'
const hourMs = 3_600_000

let scripted: ScriptedServer
let clock: ManualClock
let opened: Awaited<ReturnType<typeof openClient>>

/** A client that has registered. */
beforeEach(async () => {
  scripted = scriptedServer()
  clock = manualClock()
  opened = await openClient({
    platform: memoryPlatform({
      files: memoryFiles(await bakedImage()),
      network: scripted.network,
      clock,
    }),
    server: 'https://server.test',
  })
  await registerAt(scripted, opened)
})
afterEach(() => opened.client.close())

/** A mailbox that keeps what is put there until it is asked for. */
function serveMailbox(code: LinkCode): void {
  for (const number of [1, 2, 3]) {
    const message = Promise.withResolvers<object>()
    scripted.always(`/v1/links/${code.rendezvous}/messages/${number}`, ({ body }: Recorded) => {
      if (!body) return message.promise
      message.resolve(body)
      return {}
    })
  }
}

/** A new device that shows its code and agrees to what it is offered; what becomes of admitting it. */
function meet() {
  const { crypto } = opened.parts
  const keys = deviceKeys(crypto, newDeviceSeeds(crypto))
  const code = newLinkCode(crypto, keys)
  serveMailbox(code)
  const stop = new AbortController()
  const { signal } = stop
  const http = createHttp({
    network: scripted.network,
    server: new URL('https://server.test'),
    clock: manualClock(),
    closing: signal,
  })
  const joined = beAdmitted({ http, crypto }, { code, keys, signal })
  joined.catch(() => {})
  const admitted = opened.client.vault.admit(linkCodeToText(code), { label: 'tablet' })
  admitted.catch(() => {})
  return { id: keys.id, joined, admitted, giveUp: () => stop.abort() }
}

/** Moves time on, a little at a time, until something has ended. */
async function passTimeUntil(ended: Promise<unknown>): Promise<void> {
  let done = false
  void ended.catch(() => {}).finally(() => (done = true))
  await expect
    .poll(
      () => {
        clock.advance(2000)
        return done
      },
      { timeout: 30_000 },
    )
    .toBe(true)
}

const members = async () =>
  (await until(opened.client.vault.state, () => true)).members.map(({ id }) => id)

describe('C42 admitting a device', { timeout: 60_000 }, () => {
  test('sends the same entry again until there is an answer, also while sync is paused', async () => {
    opened.client.sync.pause()
    scripted.next(entries, 'lost')
    scripted.next(entries, problemResponse(new Problem('server/overloaded')))
    scripted.always(entries, () => ({}))
    const { id, admitted, joined } = meet()
    await passTimeUntil(admitted)
    await Promise.all([admitted, joined])
    const sent = scripted.to(entries).map(({ text }) => text)
    expect([sent.length, new Set(sent).size]).toEqual([3, 1])
    expect(await members()).toContain(id)
  })

  test('that has no answer for a minute is refused, and nothing of it is sent later', async () => {
    scripted.always(entries, () => 'lost')
    const { id, admitted, giveUp } = meet()
    await expect.poll(() => scripted.to(entries).length).toBeGreaterThan(0)
    await passTimeUntil(admitted)
    await expect(admitted).rejects.toMatchObject({ code: 'server/unreachable' })
    giveUp()
    scripted.always(entries, () => ({}))
    const { length } = scripted.to(entries)
    for (let hour = 0; hour < 48; hour++) clock.advance(hourMs)
    await opened.client.sync.flush()
    expect(scripted.to(entries)).toHaveLength(length)
    expect(scripted.to('/v1/ops').filter(({ text }) => text.includes('vault.append'))).toEqual([])
    expect((await until(opened.client.sync.state, () => true)).unsent).toBe(0)
    expect(await members()).not.toContain(id)
  })

  test.each([new Problem('vault/head-moved'), new Problem('vault/entry-refused')])(
    'that the server refuses is refused at once: $code',
    async (refusal) => {
      scripted.always(entries, () => problemResponse(refusal))
      const { admitted, giveUp } = meet()
      await expect(admitted).rejects.toMatchObject({ code: refusal.code })
      expect(scripted.to(entries)).toHaveLength(1)
      giveUp()
    },
  )

  test('W18 is refused at once while the log is not ours', async () => {
    const { vault, store, crypto } = opened.parts
    const [genesis] = await vault.entries(store)
    const started = startVault(genesis!, crypto)
    if (!started.ok) throw new Error(started.code)
    const logOfGenesis = { view: started.view, author: vault.keys, epochKey: vault.epoch().key }
    const forged = addDevice(crypto, logOfGenesis, deviceKeys(crypto, newDeviceSeeds(crypto)))
    const { vault: id } = vault.view()
    scripted.always('/v1/shape/vault_log', logShape(id, [genesis!, forged], 'a forged log'))
    opened.client.sync.pause()
    opened.client.sync.resume()
    await until(opened.client.sync.state, ({ phase }) => phase === 'stuck')
    await expectBothRefused('vault/forked')
  })

  test('is refused at once when the session has ended', async () => {
    scripted.always('/v1/auth/refresh', () => problemResponse(new Problem('auth/refused')))
    scripted.next('/v1/ops', problemResponse(new Problem('auth/required')))
    await opened.client.contacts.setOwnName('Ada')
    await passTimeUntil(
      until(opened.client.account.state, ({ status }) => status === 'session-ended'),
    )
    await expectBothRefused('auth/session-ended')
  })

  async function expectBothRefused(code: string): Promise<void> {
    const label = { label: 'tablet' }
    const before = scripted.requests.length
    await expect(opened.client.vault.admit('any code', label)).rejects.toMatchObject({ code })
    await expect(opened.client.vault.admitByDigits('any word', label)).rejects.toMatchObject({
      code,
    })
    const asked = scripted.requests.slice(before).map(({ path }) => path)
    expect(asked.filter((path) => path.includes('/links'))).toEqual([])
  }
})
