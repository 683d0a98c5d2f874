import { noWayBack } from '../../test/sos-fixture.ts'
import { limits, type SessionAnswer } from '@selene/shapes'
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import {
  addition,
  appendBody,
  extend,
  flip,
  newCard,
  newMember,
  newVault,
  nextEntry,
  randomBytes,
  removal,
  wireCrypto,
} from '../../test/device-fixture.ts'
import {
  bytes,
  newAccount,
  newChallenge,
  newSentOp,
  openTestServer,
  proofOf,
  refreshOf,
  sendOps,
  signInDevice,
  text,
  type TestServer,
} from '../../test/server-fixture.ts'
import { createAuth } from './auth.ts'
import { createServerKey } from '../core/server-key.ts'
import { systemRandom } from '../core/random.ts'

onEachDatabase('auth', (database) => {
  let it: TestServer
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())

  const count = async (table: string, vault: string) => {
    const column = table === 'accounts' || table === 'sessions' ? 'account_id' : 'vault_id'
    const rows = await it.opened.db.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [vault])
    return rows.length
  }
  /** Any request that needs a token; an empty batch of a wrong form gets past nothing else. */
  const probe = (token: string) => it.call('POST', '/v1/ops', { token, body: {} })

  describe('S10 registering', () => {
    test('stores account, log, devices and cards, and starts a session of the founder', async () => {
      const { session, view, founder } = await newAccount(it)
      expect(session).toMatchObject({ vault: view.vault, device: founder.id, access_seconds: 600 })
      const tables = ['accounts', 'vault_log', 'devices', 'cards', 'sessions']
      expect(await Promise.all(tables.map((table) => count(table, view.vault)))).toEqual([
        1, 2, 1, 1, 1,
      ])
      expect((await probe(session.access_token)).body.code).toBe('request/invalid')
    })

    test('the same vault again is account/exists, under any identifier', async () => {
      const { request } = await newAccount(it)
      const again = await it.call('POST', '/v1/accounts', { body: request })
      expect([again.status, again.body.code]).toEqual([409, 'account/exists'])
      const body = { ...request, identifier: 'somebody else' }
      expect((await it.call('POST', '/v1/accounts', { body })).body.code).toBe('account/exists')
    })

    test('the identifier of another vault is taken, however it is written', async () => {
      const { request } = await newAccount(it)
      const vault = newVault()
      const body = {
        ...request,
        identifier: ` ${request.identifier.toUpperCase()} `,
        entries: vault.entries.map(text),
        cards: [],
      }
      const answer = await it.call('POST', '/v1/accounts', { body })
      expect([answer.status, answer.body.code]).toEqual([409, 'account/identifier-taken'])
      expect(await count('vault_log', vault.view.vault)).toBe(0)
    })

    test.each([
      ['a damaged signature', 'crypto/bad-signature', (v) => [v[0]!, flip(v[1]!, -1)]],
      ['trailing bytes', 'wire/malformed', (v) => [v[0]!, new Uint8Array([...v[1]!, 0])]],
      ['no genesis', 'vault/entry-refused', (v) => [v[1]!]],
      ['genesis twice', 'vault/foreign', (v) => [v[0]!, v[0]!]],
    ] satisfies [string, string, (entries: readonly Uint8Array[]) => Uint8Array[]][])(
      'W15 a log with %s is refused',
      async (_, code, lie) => {
        const { request } = await newAccount(it)
        const vault = newVault()
        const body = {
          ...request,
          identifier: vault.view.vault,
          entries: lie(vault.entries).map(text),
        }
        expect((await it.call('POST', '/v1/accounts', { body })).body.code).toBe(code)
        expect(await count('accounts', vault.view.vault)).toBe(0)
      },
    )

    test('S22 a card of another vault, of a device or of nobody is refused', async () => {
      const { request, view: otherView } = await newAccount(it)
      const { entries, view, founder, passphrase } = newVault()
      const wrong = [
        newCard(otherView, passphrase.id),
        newCard(view, founder.id),
        newCard(view, newMember('phrase').id),
      ]
      for (const card of wrong) {
        const body = {
          ...request,
          identifier: view.vault,
          entries: entries.map(text),
          cards: [text(card)],
        }
        const { code } = (await it.call('POST', '/v1/accounts', { body })).body
        expect(code).toBe('vault/entry-refused')
      }
    })

    test('W10 S16 nothing in the database is the login secret, the identifier, a card or a token', async () => {
      const { loginSecret, identifier, cards, session } = await newAccount(it)
      const tables = ['accounts', 'sessions', 'cards', 'settings', 'devices']
      const rows = await Promise.all(
        tables.map((table) => it.opened.db.query(`SELECT ${table}::text AS row FROM ${table}`)),
      )
      const dump = rows
        .flat()
        .map((row) => String(row['row']))
        .join('\n')
      const secrets = [bytes(loginSecret), cards[0]!, bytes(session.refresh_token).subarray(20)]
      for (const secret of secrets) expect(dump).not.toContain(Buffer.from(secret).toString('hex'))
      expect(dump).not.toContain(identifier)
      expect(dump).toContain(session.session)
    })
  })

  describe('S11 the salt look-up', () => {
    const saltOf = async (identifier: string) =>
      (await it.call<{ kdf: object }>('POST', '/v1/auth/salt', { body: { identifier } })).body.kdf

    test('gives a registered identifier its own parameters', async () => {
      const { identifier, request } = await newAccount(it)
      expect(await saltOf(identifier.toUpperCase())).toEqual(request.kdf)
    })

    test('W69 gives an unknown one a fake that never changes and is its own', async () => {
      const fake = await saltOf('nobody@example.org')
      expect(fake).toMatchObject({ ops: 3, memory_bytes: limits.kdfMinMemoryBytes })
      expect(await saltOf('Nobody@example.org')).toEqual(fake)
      expect(await saltOf('nobody.else@example.org')).not.toEqual(fake)
    })
  })

  describe('signing in', () => {
    const signIn = (body: object) => it.call<SessionAnswer>('POST', '/v1/auth/sessions', { body })

    test('by passphrase and by device', async () => {
      const { view, founder, identifier, loginSecret } = await newAccount(it)
      const proof = proofOf(founder, await newChallenge(it))
      const secret = { kind: 'passphrase', identifier, login_secret: loginSecret }
      const answer = await signIn({ ...secret, ...proof })
      expect(answer.status).toBe(201)
      expect(answer.body).toMatchObject({ vault: view.vault, device: founder.id })
      const second = await signInDevice(it, view.vault, founder)
      expect(second.body.session).not.toBe(answer.body.session)
      expect((await probe(second.body.access_token)).body.code).toBe('request/invalid')
    })

    test('S12 whatever is not right gets the one answer auth/refused', async () => {
      const account = await newAccount(it)
      const stranger = newMember()
      const { identifier, loginSecret, founder, view } = account
      const right = { kind: 'passphrase', identifier, login_secret: loginSecret }
      const proof = async () => proofOf(founder, await newChallenge(it))
      const forged = proofOf(founder, text(randomBytes(48)))
      const used = await proof()
      expect((await signIn({ ...right, ...used })).status).toBe(201)
      const wrong = [
        { ...right, login_secret: text(randomBytes(32)), ...(await proof()) },
        { ...right, identifier: 'nobody', ...(await proof()) },
        { ...right, ...proofOf(stranger, await newChallenge(it)) },
        { ...right, ...(await proof()), signature: text(randomBytes(64)) },
        { ...right, ...(await proof()), challenge: await newChallenge(it) },
        { ...right, ...forged },
        { ...right, ...used },
        { kind: 'device', vault: (await newAccount(it)).view.vault, ...(await proof()) },
        { kind: 'device', vault: view.vault, ...proofOf(stranger, await newChallenge(it)) },
      ]
      const answers = await Promise.all(wrong.map(signIn))
      for (const { status, body } of answers) {
        expect(status).toBe(401)
        expect(body).toEqual(answers[0]!.body)
        expect(body).toMatchObject({ code: 'auth/refused', remedy: 'sign-in' })
      }
    })

    test('S13 a challenge ends after two minutes', async () => {
      const { view, founder } = await newAccount(it)
      const proof = proofOf(founder, await newChallenge(it))
      it.clock.advance(120)
      const late = await signIn({ kind: 'device', vault: view.vault, ...proof })
      expect(late.body).toMatchObject({ code: 'auth/refused' })
    })

    test('S13 of two sign-ins over one challenge one starts a session', async () => {
      const { view, founder } = await newAccount(it)
      const body = {
        kind: 'device',
        vault: view.vault,
        ...proofOf(founder, await newChallenge(it)),
      }
      const answers = await Promise.all([signIn(body), signIn(body)])
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 401]))
    })

    test('a device that was removed is told so, once it has proved its key', async () => {
      const { view, founder, session } = await newAccount(it)
      const second = newMember()
      const added = nextEntry(view, addition(second), founder, [second])
      await sendOps(it, session.access_token, [newSentOp('vault.append', 1, appendBody(added))])
      const own = (await signInDevice(it, view.vault, second)).body
      const grown = extend(view, added)
      const removed = nextEntry(grown, removal(grown, [second.id], []), founder)
      await sendOps(it, session.access_token, [newSentOp('vault.append', 2, appendBody(removed))])
      const after = await signInDevice(it, view.vault, second)
      expect([after.status, after.body.code]).toEqual([403, 'vault/member-removed'])
      expect((await probe(own.access_token)).body.code).toBe('vault/member-removed')
      const refresh = refreshOf(second, own.refresh_token)
      const refreshed = await it.call('POST', '/v1/auth/refresh', { body: refresh })
      expect(refreshed.body.code).toBe('vault/member-removed')
    })
  })

  describe('S14 refreshing', () => {
    const refresh = (body: object) =>
      it.call<SessionAnswer & { code: string }>('POST', '/v1/auth/refresh', { body })

    test('rotates the token and keeps the session', async () => {
      const { founder, session } = await newAccount(it)
      const { status, body } = await refresh(refreshOf(founder, session.refresh_token))
      expect(status).toBe(200)
      expect(body.session).toBe(session.session)
      expect(body.refresh_token).not.toBe(session.refresh_token)
      expect((await refresh(refreshOf(founder, body.refresh_token))).status).toBe(200)
    })

    test('W69 the same request again gets the same token', async () => {
      const { founder, session } = await newAccount(it)
      const request = refreshOf(founder, session.refresh_token)
      const first = await refresh(request)
      const again = await refresh(request)
      expect(again.body.refresh_token).toBe(first.body.refresh_token)
      expect((await refresh(refreshOf(founder, again.body.refresh_token))).status).toBe(200)
    })

    test('an older token in another request ends the session', async () => {
      const { founder, session } = await newAccount(it)
      const next = (await refresh(refreshOf(founder, session.refresh_token))).body
      const reused = await refresh(refreshOf(founder, session.refresh_token))
      expect([reused.status, reused.body.code]).toEqual([401, 'auth/session-ended'])
      const honest = await refresh(refreshOf(founder, next.refresh_token))
      expect(honest.body.code).toBe('auth/session-ended')
      expect((await probe(next.access_token)).body.code).toBe('auth/session-ended')
    })

    test('one that the network delivers again, late, ends nothing', async () => {
      const { founder, session } = await newAccount(it)
      const requests = [refreshOf(founder, session.refresh_token)]
      for (let round = 0; round < 9; round++) {
        const { body } = await refresh(requests.at(-1)!)
        requests.push(refreshOf(founder, body.refresh_token))
      }
      const sent = requests.slice(0, -1)
      for (const late of sent.slice(-9, -1)) {
        const { status, body } = await refresh(late)
        expect([status, body.code]).toEqual([401, 'auth/refused'])
      }
      expect((await refresh(requests.at(-1)!)).status).toBe(200)
    })

    test('without the device key a token is worth nothing, and ends nothing', async () => {
      const { founder, session } = await newAccount(it)
      const thief = await refresh(refreshOf(newMember(), session.refresh_token))
      expect([thief.status, thief.body.code]).toEqual([401, 'auth/refused'])
      const forged = text(flip(bytes(session.refresh_token), -1))
      expect((await refresh(refreshOf(founder, forged))).body.code).toBe('auth/refused')
      expect((await refresh(refreshOf(founder, session.refresh_token))).status).toBe(200)
    })

    test('a session that was not refreshed for 30 days has expired; the device signs in anew', async () => {
      const { founder, session, view } = await newAccount(it)
      it.clock.advance(session.refresh_seconds)
      const late = await refresh(refreshOf(founder, session.refresh_token))
      expect([late.status, late.body.code]).toEqual([401, 'auth/expired'])
      expect((await signInDevice(it, view.vault, founder)).status).toBe(201)
    })
  })

  describe('S15 access tokens', () => {
    test('end after ten minutes', async () => {
      const { session } = await newAccount(it)
      it.clock.advance(599)
      expect((await probe(session.access_token)).body.code).toBe('request/invalid')
      it.clock.advance(1)
      const late = await probe(session.access_token)
      expect([late.status, late.body.code]).toEqual([401, 'auth/expired'])
      expect(late.headers.get('www-authenticate')).toBe('Bearer')
    })

    test('verify with the published keys, and say no more than they must', async () => {
      const { session } = await newAccount(it)
      const published = await it.call<{ keys: JWK[] }>('GET', '/.well-known/jwks.json')
      expect(published.body.keys.map((key) => Object.keys(key).toSorted())).toEqual([
        ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
      ])
      const { payload } = await jwtVerify(session.access_token, createLocalJWKSet(published.body), {
        audience: 'selene',
        currentDate: new Date(it.clock.now()),
      })
      expect(Object.keys(payload).toSorted()).toEqual([
        'aud',
        'dev',
        'exp',
        'iat',
        'jti',
        'sid',
        'sub',
      ])
    })

    test('of others are refused', async () => {
      const { session } = await newAccount(it)
      const [head = '', payload = '', signature = ''] = session.access_token.split('.')
      const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const { kid, x } = (
        await it.call<{ keys: [{ kid: string; x: string }] }>('GET', '/.well-known/jwks.json')
      ).body.keys[0]
      const { privateKey } = await generateKeyPair('EdDSA')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<
        string,
        string
      >
      const byOther = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
        .sign(privateKey)
      const byPublicKey = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' })
        .sign(Buffer.from(x, 'base64url'))
      const tokens = [
        `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
        byOther,
        byPublicKey,
        `${head}.${encode({ ...claims, sub: '00000000-0000-4000-8000-000000000000' })}.${signature}`,
        `${head}.${payload}.${text(flip(bytes(signature), 0))}`,
        'nonsense',
      ]
      for (const token of tokens) {
        const answer = await probe(token)
        expect([answer.status, answer.body.code]).toEqual([401, 'auth/required'])
      }
      const basic = await it.call('POST', '/v1/ops', { authorization: 'Basic YTpi', body: {} })
      expect(basic.body.code).toBe('auth/required')
    })

    test('a configured key signs; tokens for another audience or of another type are refused', async () => {
      const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
      const key = { ...(await exportJWK(privateKey)), kid: 'configured' }
      const auth = await createAuth(
        {
          db: it.opened.db,
          crypto: wireCrypto,
          clock: it.clock,
          random: systemRandom,
          serverKey: createServerKey(it.config.serverKey, systemRandom),
          vaultLog: { found: () => ({ ok: false, code: 'vault/entry-refused' }) },
          wayBack: noWayBack,
        },
        { signingKeys: [key] },
      )
      const { session } = await newAccount(it)
      const claims = { dev: session.device, sid: session.session, jti: 'a' }
      const sign = (audience: string, typ: string) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'EdDSA', kid: 'configured', typ })
          .setSubject(session.vault)
          .setAudience(audience)
          .setExpirationTime(Math.floor(it.clock.now() / 1000) + 60)
          .sign(privateKey)
      const read = (token: string) =>
        auth.authenticate(
          new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } }),
        )
      expect(await read(await sign('selene', 'at+jwt'))).toMatchObject({ vault: session.vault })
      for (const token of [await sign('other', 'at+jwt'), await sign('selene', 'JWT')])
        await expect(read(token)).rejects.toMatchObject({ code: 'auth/required' })
    })

    test('end with their session', async () => {
      const { session, founder, view } = await newAccount(it)
      const other = (await signInDevice(it, view.vault, founder)).body
      const token = session.access_token
      const path = `/v1/auth/sessions/${other.session}`
      expect((await it.call('DELETE', path, { token })).status).toBe(204)
      expect((await probe(other.access_token)).body.code).toBe('auth/session-ended')
      expect((await probe(token)).body.code).toBe('request/invalid')
    })

    test('a session of another vault cannot be ended', async () => {
      const [mine, theirs] = [await newAccount(it), await newAccount(it)]
      const token = mine.session.access_token
      for (const id of [theirs.session.session, 'nonsense']) {
        const answer = await it.call('DELETE', `/v1/auth/sessions/${id}`, { token })
        expect([answer.status, answer.body.code]).toEqual([404, 'request/not-found'])
      }
      expect((await probe(theirs.session.access_token)).body.code).toBe('request/invalid')
    })
  })

  test('S17 a database filled under another server key is not served', async () => {
    const deps = {
      db: it.opened.db,
      crypto: wireCrypto,
      clock: it.clock,
      random: systemRandom,
      serverKey: createServerKey(randomBytes(32), systemRandom),
      vaultLog: { found: () => ({ ok: false as const, code: 'vault/entry-refused' as const }) },
      wayBack: noWayBack,
    }
    await expect(createAuth(deps)).rejects.toThrow(/another SERVER_KEY/)
  })

  test('S3 unknown fields and wrong types are named', async () => {
    const { request } = await newAccount(it)
    const body = { ...request, login_secret: 5, kdf: { ...request.kdf, ops: 1 }, admin: true }
    const answer = await it.call('POST', '/v1/accounts', { body })
    expect(answer.status).toBe(400)
    expect(answer.body.faults).toEqual([
      'login_secret: expected string',
      'kdf.ops: expected >=3',
      'admin: unknown field',
    ])
  })
})
