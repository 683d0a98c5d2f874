import { Problem, type RefreshRequest } from '@selene/shapes'
import { afterAll, beforeEach, beforeAll, describe, expect, test } from 'vitest'
import { readMeta } from '../store/meta.ts'
import { problemResponse, sessionNumber } from '../testing/scripted-server.ts'
import { openTestDevice, signIn, type TestDevice } from '../testing/test-device.ts'
import { openSession } from './session.ts'

const refreshPath = '/v1/auth/refresh'
const signInPath = '/v1/auth/sessions'
const tenMinutes = 600_000

let device: TestDevice
beforeAll(async () => {
  device = await openTestDevice()
})
beforeEach(() => signIn(device))
afterAll(() => device.client.close())

const refreshes = () => device.scripted.to(refreshPath)
const lastRefresh = () => refreshes().at(-1)!.body as RefreshRequest
const refuse = (code: 'auth/session-ended' | 'auth/expired' | 'auth/refused') => () =>
  problemResponse(new Problem(code))

describe('W69 a refresh', () => {
  test('is not made while the access token lives, and once for all who ask at the same time', async () => {
    const { session, scripted, clock } = device
    const before = refreshes().length
    expect(await session.token()).toBe('access-1')
    clock.advance(tenMinutes - 29_000)
    scripted.next(refreshPath, sessionNumber(2))
    const tokens = await Promise.all([session.token(), session.token(), session.token()])
    expect(tokens).toEqual(['access-2', 'access-2', 'access-2'])
    expect(refreshes()).toHaveLength(before + 1)
  })

  test('whose answer is lost is asked again with the same bytes, also after reopening', async () => {
    const { session, scripted, clock, parts, http } = device
    clock.advance(tenMinutes)
    scripted.next(refreshPath, 'lost')
    await expect(session.token()).rejects.toMatchObject({ code: 'server/unreachable' })
    const [first] = refreshes().slice(-1)
    scripted.next(refreshPath, 'lost')
    await expect(session.token()).rejects.toMatchObject({ code: 'server/unreachable' })
    const reopened = await openSession({ ...parts, http, clock })
    expect(reopened.current()).toBe('signed-in')
    scripted.next(refreshPath, sessionNumber(3))
    expect(await reopened.token()).toBe('access-3')
    expect(
      refreshes()
        .slice(-2)
        .map(({ text }) => text),
    ).toEqual([first!.text, first!.text])
    scripted.next(refreshPath, sessionNumber(4))
    clock.advance(tenMinutes)
    await reopened.token()
    expect(lastRefresh().request_id).not.toBe((first!.body as RefreshRequest).request_id)
    expect(lastRefresh().refresh_token).toBe(sessionNumber(3).refresh_token)
  })

  test('that says the session has ended ends it, here and after reopening', async () => {
    const { session, scripted, clock, parts, http } = device
    clock.advance(tenMinutes)
    scripted.next(refreshPath, refuse('auth/session-ended'))
    await expect(session.token()).rejects.toMatchObject({ code: 'auth/session-ended' })
    expect(session.current()).toBe('session-ended')
    const requests = scripted.requests.length
    await expect(session.token()).rejects.toMatchObject({ code: 'auth/session-ended' })
    expect(scripted.requests).toHaveLength(requests)
    expect((await openSession({ ...parts, http, clock })).current()).toBe('session-ended')
  })

  test('of an expired session signs in by the device key', async () => {
    const { session, scripted, clock, parts } = device
    clock.advance(tenMinutes)
    scripted.next(refreshPath, refuse('auth/expired'))
    scripted.next(signInPath, sessionNumber(5))
    expect(await session.token()).toBe('access-5')
    expect(scripted.to(signInPath).at(-1)!.body).toMatchObject({
      kind: 'device',
      vault: parts.vault.view().vault,
      device: parts.vault.device,
    })
  })

  test('of an expired session whose device is refused ends it, and is not tried for ever', async () => {
    const { session, scripted, clock } = device
    clock.advance(tenMinutes)
    scripted.next(refreshPath, refuse('auth/expired'))
    scripted.next(signInPath, refuse('auth/refused'))
    await expect(session.token()).rejects.toMatchObject({ code: 'auth/session-ended' })
    expect(session.current()).toBe('session-ended')
  })

  test('of a session that a new sign-in has replaced changes nothing', async () => {
    const { session, scripted, clock, parts } = device
    clock.advance(tenMinutes)
    const { promise, resolve } = Promise.withResolvers<Response>()
    scripted.next(refreshPath, () => promise)
    const token = session.token()
    await expect.poll(() => refreshes().at(-1)?.text).toContain(sessionNumber(1).refresh_token)
    ;(await parts.store.write((tx) => session.adopt(tx, sessionNumber(6))))()
    resolve(refuse('auth/session-ended')())
    await expect(token).rejects.toMatchObject({ code: 'auth/session-ended' })
    expect(session.current()).toBe('signed-in')
    expect(await session.token()).toBe('access-6')
    expect(await readMeta(parts.store, 'session')).toEqual({
      refreshToken: sessionNumber(6).refresh_token,
    })
  })
})

describe('a clock that jumps by years', () => {
  const years = 10 * 365 * 86_400_000

  test('ahead asks for a new token, which then lives as long as any', async () => {
    const { session, scripted, clock } = device
    clock.advance(years)
    scripted.next(refreshPath, sessionNumber(2))
    expect(await session.token()).toBe('access-2')
    const asked = scripted.to(refreshPath).length
    expect(await session.token()).toBe('access-2')
    expect(scripted.to(refreshPath)).toHaveLength(asked)
  })

  test('back trusts an old token no longer than the server does', async () => {
    const { session, scripted, clock } = device
    clock.advance(-years)
    expect(await session.token()).toBe('access-1')
    scripted.next('/v1/shape/vault_log', problemResponse(new Problem('auth/expired')))
    scripted.next('/v1/shape/vault_log', {})
    scripted.next(refreshPath, sessionNumber(3))
    const response = await session.fetch(new Request('https://server.test/v1/shape/vault_log'))
    expect(response.status).toBe(200)
    expect(await session.token()).toBe('access-3')
  })
})

describe('a request with a token', () => {
  test('that is refused is sent again once with a fresh one', async () => {
    const { session, scripted } = device
    const seen: (string | null)[] = []
    scripted.always('/v1/shape/vault_log', ({ authorization }) => {
      seen.push(authorization)
      return problemResponse(new Problem('auth/required'))
    })
    scripted.next(refreshPath, sessionNumber(7))
    const response = await session.fetch(new Request('https://server.test/v1/shape/vault_log'))
    expect(response.status).toBe(401)
    expect(seen).toEqual(['Bearer access-1', 'Bearer access-7'])
  })

  test('has an account', async () => {
    const fresh = await openTestDevice()
    await expect(fresh.session.token()).rejects.toMatchObject({ code: 'account/none' })
    await fresh.client.close()
  })
})
