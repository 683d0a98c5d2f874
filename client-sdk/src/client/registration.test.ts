import { base64urlToBytes, Problem, type RegisterRequest } from '@selene/shapes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../core/live.ts'
import { bakedImage } from '../node/baked-image.ts'
import { memoryFiles, memoryPlatform, openClient } from '../testing/index.ts'
import { manualClock } from '../testing/manual-clock.ts'
import {
  logShape,
  problemResponse,
  scriptedServer,
  sessionNumber,
  type Recorded,
  type ScriptedServer,
} from '../testing/scripted-server.ts'

const path = '/v1/accounts'
const ada = { identifier: 'ada@example.org', passphrase: 'correct horse battery staple' }
const other = { ...ada, identifier: 'ada@example.com' }

let scripted: ScriptedServer
let opened: Awaited<ReturnType<typeof openClient>>
let stretched: Uint8Array[]
beforeEach(async () => {
  scripted = scriptedServer()
  stretched = []
  opened = await openClient({
    platform: memoryPlatform({
      files: memoryFiles(await bakedImage()),
      network: scripted.network,
      clock: manualClock(),
      async argon2id(input) {
        stretched.push(input.salt)
        return Uint8Array.from({ length: 32 }, (_, i) => input.secret[i] ?? 0)
      },
    }),
    server: 'https://server.test',
  })
})
afterEach(() => opened.client.close())

const account = () => opened.client.account
const requests = () => scripted.to(path).map(({ body }) => body as RegisterRequest)
const session = () => sessionNumber(1, { vault: opened.parts.vault.view().vault })
const entriesOf = ({ entries }: RegisterRequest): Uint8Array[] =>
  entries.map((entry) => base64urlToBytes(entry)!)

/** The server has made the account of a request that was sent, and knows the device. */
function serverHas(request: RegisterRequest): void {
  const { vault } = opened.parts.vault.view()
  scripted.always(path, () => problemResponse(new Problem('account/exists')))
  scripted.always('/v1/auth/sessions', session)
  scripted.always('/v1/shape/vault_log', logShape(vault, entriesOf(request), crypto.randomUUID()))
}

describe('registering', () => {
  test('has the platform stretch the passphrase, beside everything else', async () => {
    scripted.next(path, session)
    await account().register(ada)
    expect(stretched).toEqual([base64urlToBytes(requests()[0]!.kdf.salt)])
  })

  test('after a lost answer sends the same bytes again, and gives one phrase', async () => {
    scripted.next(path, 'lost')
    await expect(account().register(ada)).rejects.toMatchObject({ code: 'server/unreachable' })
    scripted.next(path, session)
    const { recoveryPhrase } = await account().register(ada)
    const [first, second] = scripted.to(path)
    expect(second!.text).toBe(first!.text)
    expect(recoveryPhrase.split(' ')).toHaveLength(24)
    expect(opened.parts.vault.view().hashes).toHaveLength(2)
    expect(
      await opened.parts.store.query("SELECT 1 FROM store_meta WHERE key LIKE 'regis%'"),
    ).toEqual([])
    await expect(account().register(ada)).rejects.toMatchObject({ code: 'account/exists' })
  })

  test('whose answer was lost although the account was made signs in by the device', async () => {
    scripted.next(path, 'lost')
    await account()
      .register(ada)
      .catch(() => {})
    serverHas(requests()[0]!)
    const { recoveryPhrase } = await account().register(ada)
    expect(recoveryPhrase.split(' ')).toHaveLength(24)
    expect(scripted.to(path)[1]!.text).toBe(scripted.to(path)[0]!.text)
    const state = await until(account().state, ({ status }) => status === 'signed-in')
    expect(state.accountId).toBe(opened.parts.vault.view().vault)
    const [, added] = await opened.parts.vault.entries(opened.parts.store)
    expect(added).toEqual(entriesOf(requests()[0]!)[1])
  })

  test('with other entries, when the first attempt has made the account, does not fork the log', async () => {
    scripted.next(path, 'lost')
    await account()
      .register(ada)
      .catch(() => {})
    serverHas(requests()[0]!)
    await expect(account().register(other)).rejects.toMatchObject({ code: 'account/exists' })
    expect(opened.parts.vault.view().hashes).toHaveLength(1)
    await account().register(ada)
    const [, added] = await opened.parts.vault.entries(opened.parts.store)
    expect(added).toEqual(entriesOf(requests()[0]!)[1])
    expect((await until(opened.client.vault.state, () => true)).warnings).toEqual([])
  })

  test('under a taken identifier can be done again under another one', async () => {
    scripted.next(path, problemResponse(new Problem('account/identifier-taken')))
    await expect(account().register(ada)).rejects.toMatchObject({
      code: 'account/identifier-taken',
    })
    scripted.next(path, session)
    await account().register(other)
    const [first, second] = requests()
    expect(second!.identifier).toBe(other.identifier)
    expect(second!.entries[0]).toBe(first!.entries[0])
    expect(second!.entries[1]).not.toBe(first!.entries[1])
  })

  test('twice at once makes one account', async () => {
    scripted.always(path, session)
    const both = await Promise.allSettled([account().register(ada), account().register(other)])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(requests()).toHaveLength(1)
  })

  test('never sends the passphrase, and keeps it out of what it says', async () => {
    scripted.next(path, (request: Recorded) => {
      expect(request.text).not.toContain(ada.passphrase)
      return problemResponse(new Problem('request/invalid'))
    })
    await expect(account().register(ada)).rejects.toThrow(/^(?!.*(horse|ada@)).*$/)
  })
})
