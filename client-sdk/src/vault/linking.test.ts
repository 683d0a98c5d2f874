import { linkCodeToText, type LinkCode } from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type Http } from '../core/http.ts'
import { deviceKeys, newDeviceSeeds, type DeviceKeys } from '../crypto/member-keys.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { openTestDevice, type TestDevice } from '../testing/test-device.ts'
import { admit, beAdmitted, newLinkCode, openMeeting } from './linking.ts'

let device: TestDevice
let http: Http
let messages: Map<string, PromiseWithResolvers<Response>>
let loses: (message: string) => boolean
let changes: (message: string, text: string) => string

beforeAll(async () => {
  device = await openTestDevice()
})
afterAll(() => device.client.close())

/** A mailbox that does what a server could: keep, lose, change. */
beforeEach(() => {
  messages = new Map()
  loses = () => false
  changes = (_, text) => text
  const place = (path: string) => {
    const found = messages.get(path) ?? Promise.withResolvers<Response>()
    messages.set(path, found)
    return found
  }
  http = createHttp({
    server: new URL('https://server.test'),
    clock: manualClock(),
    closing: new AbortController().signal,
    async network(request) {
      const { pathname } = new URL(request.url)
      if (request.method === 'POST') return Response.json({})
      if (request.method === 'GET') return (await place(pathname).promise).clone()
      const number = pathname.slice(-1)
      if (loses(number)) throw new TypeError('lost')
      place(pathname).resolve(new Response(changes(number, await request.text())))
      return Response.json({})
    },
  })
})

const signal = new AbortController().signal

/** Both sides of one link; how each ends. */
async function link(keys: DeviceKeys, admittingCode = (code: LinkCode) => code) {
  const { crypto, vault, documents, store } = device.parts
  const code = newLinkCode(crypto, keys)
  await openMeeting({ http, crypto }, code)
  const giveUp = new AbortController()
  const admitted = beAdmitted(
    { http, crypto },
    { code, keys, signal: AbortSignal.any([signal, giveUp.signal]) },
  )
  const admitting = admit(
    { http, crypto },
    {
      text: linkCodeToText(admittingCode(code)),
      label: 'tablet',
      vault,
      log: await vault.entries(store),
      append: async (entry) => {
        const refused = await documents.write((tx) => vault.append(tx, entry))
        expect(refused).toBeUndefined()
      },
      signal: AbortSignal.any([signal, giveUp.signal]),
    },
  )
  // When one side has failed, the other waits in vain.
  for (const side of [admitted, admitting]) side.catch(() => giveUp.abort())
  return Promise.allSettled([admitted, admitting])
}

const newKeys = () => deviceKeys(device.parts.crypto, newDeviceSeeds(device.parts.crypto))
const isMember = ({ id }: DeviceKeys): boolean => device.parts.vault.view().members.has(id)

describe('W19 linking', () => {
  test('admits exactly the keys of the code', async () => {
    const keys = newKeys()
    const [admitted, admitting] = await link(keys)
    expect([admitted.status, admitting.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(isMember(keys)).toBe(true)
    const { vault } = device.parts
    expect(vault.members().find(({ id }) => id === keys.id)).toMatchObject({ label: 'tablet' })
  })

  test('that broke off after the device was admitted can be done again', async () => {
    const keys = newKeys()
    loses = (message) => message === '3'
    const first = await link(keys)
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(isMember(keys)).toBe(true)
    const { length } = device.parts.vault.view().hashes
    loses = () => false
    messages.clear()
    const again = await link(keys)
    expect(again.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(device.parts.vault.view().hashes).toHaveLength(length)
  })

  test.each(['1', '2'])('fails when message %s was changed on the way', async (changed) => {
    const keys = newKeys()
    changes = (message, text) =>
      message === changed
        ? text.replace(/.{4}"}$/, (end) => `${end[0] === 'A' ? 'B' : 'A'}AAA"}`)
        : text
    const [admitted, admitting] = await link(keys)
    expect(admitting.status).toBe('rejected')
    expect(admitted.status).toBe('rejected')
    expect(isMember(keys)).toBe(false)
  })

  test('admits no other keys, though the rendezvous and the secret are right', async () => {
    const [keys, other] = [newKeys(), newKeys()]
    const [admitted, admitting] = await link(keys, (code) => ({
      ...code,
      signKey: other.sign.publicKey,
    }))
    expect([admitted.status, admitting.status]).toEqual(['rejected', 'rejected'])
    expect([isMember(keys), isMember(other)]).toEqual([false, false])
  })

  test('of something that is no code is link/failed', async () => {
    const { crypto, vault } = device.parts
    const admitting = admit(
      { http, crypto },
      { text: 'https://example.org', label: '', vault, log: [], append: async () => {}, signal },
    )
    await expect(admitting).rejects.toMatchObject({ code: 'link/failed' })
  })

  test('ends when the mailbox answers nothing for ever', async () => {
    const { crypto } = device.parts
    const empty = createHttp({
      server: http.server,
      clock: manualClock(),
      closing: signal,
      network: async () => new Response(null, { status: 204 }),
    })
    const keys = newKeys()
    await expect(
      beAdmitted({ http: empty, crypto }, { code: newLinkCode(crypto, keys), keys, signal }),
    ).rejects.toMatchObject({ code: 'link/expired' })
  })
})
