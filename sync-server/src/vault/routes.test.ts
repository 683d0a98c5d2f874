import {
  limits,
  recoverySigningBytes,
  type EntryPayload,
  type RecoveryAnswer,
  type VaultView,
} from '@selene/shapes'
import sodium from 'libsodium-wrappers-sumo'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onEachDatabase } from '../../test/databases.ts'
import {
  addition,
  extend,
  newCard,
  newDoc,
  newMember,
  nextEntry,
  randomBytes,
  removal,
  sealUpdate,
  wireCrypto,
  type TestMember,
} from '../../test/device-fixture.ts'
import {
  bytes,
  newAccount,
  newChallenge,
  newSentOp,
  openTestServer,
  proofOf,
  sendOps,
  signInDevice,
  text,
  type TestServer,
} from '../../test/server-fixture.ts'

const week = limits.resetSeconds

onEachDatabase('the vault’s own routes', (database) => {
  let it: TestServer
  let account: Awaited<ReturnType<typeof newAccount>>
  beforeAll(async () => {
    it = await openTestServer(database)
  })
  afterAll(() => it.close())
  beforeEach(async () => {
    account = await newAccount(it)
  })

  const post = (path: string, body: object, token = account.session.access_token) =>
    it.call('POST', path, { body, token })
  const append = async (entry: Uint8Array, more: object = {}) => {
    const { status, body } = await post('/v1/vault/entries', {
      entry: text(entry),
      cards: [],
      ...more,
    })
    return status === 204 ? 'appended' : body.code
  }
  const epochFor = (view: VaultView, gone: readonly TestMember[]) => {
    const payload = removal(
      view,
      gone.map(({ id }) => id),
      [],
    )
    if (payload.type !== 'member-removed') throw new TypeError('not a removal')
    return payload.epoch
  }
  const sealTo = (
    payload: Extract<EntryPayload, { type: 'member-removed' }>,
    added: TestMember,
  ) => ({
    ...payload,
    added: [added.member],
    epoch: {
      ...payload.epoch,
      seals: [...payload.epoch.seals, { member: added.id, sealed: randomBytes(121) }],
    },
  })
  /** An entry that replaces the passphrase, by whoever is given as its author. */
  const replacement = (author: TestMember, added: TestMember) => {
    const { view, passphrase } = account
    const payload = removal(view, [passphrase.id], [])
    if (payload.type !== 'member-removed') throw new TypeError('not a removal')
    return nextEntry(view, sealTo(payload, added), author, [added])
  }
  const secret = text(randomBytes(32))
  const kdf = { salt: text(randomBytes(16)), ops: 3, memory_bytes: 64 * 1_048_576 }

  describe('S23 entries', () => {
    test('are appended once, and the same entry again changes nothing', async () => {
      const second = newMember()
      const entry = nextEntry(account.view, addition(second), account.founder, [second])
      expect(await append(entry)).toBe('appended')
      expect(await append(entry)).toBe('appended')
      const other = nextEntry(account.view, addition(newMember()), account.founder)
      expect(await append(other)).toBe('vault/head-moved')
      const rows = await it.opened.db.query('SELECT 1 FROM vault_log WHERE vault_id = $1', [
        account.view.vault,
      ])
      expect(rows).toHaveLength(3)
    })

    test('W16 change the way back only by a recovery member', async () => {
      const next = newMember('passphrase')
      const login = { secret, kdf }
      expect(await append(replacement(account.founder, next), { login })).toBe('vault/rank')
      const card = text(newCard(account.view, next.id))
      const entry = replacement(account.passphrase, next)
      expect(await append(entry, { login, cards: [card] })).toBe('appended')
    })

    test('W11 a passphrase and its login change together, or not', async () => {
      const next = newMember('passphrase')
      const entry = replacement(account.passphrase, next)
      expect(await append(entry)).toBe('request/invalid')
      const second = newMember()
      const plain = nextEntry(account.view, addition(second), account.founder, [second])
      expect(await append(plain, { login: { secret, kdf } })).toBe('request/invalid')
      const cards = [text(newCard(account.view, next.id))]
      expect(await append(entry, { login: { secret, kdf }, cards })).toBe('appended')
      const salt = await it.call<{ kdf: object }>('POST', '/v1/auth/salt', {
        body: { identifier: account.identifier },
      })
      expect(salt.body.kdf).toEqual(kdf)
      const recover = async (login_secret: string) =>
        (
          await it.call('POST', '/v1/recovery', {
            body: { kind: 'passphrase', identifier: account.identifier, login_secret },
          })
        ).body.code
      expect(await recover(account.loginSecret)).toBe('auth/refused')
    })

    test('come from devices of the vault only', async () => {
      const second = newMember()
      const added = nextEntry(account.view, addition(second), account.founder, [second])
      await append(added)
      const { body } = await signInDevice(it, account.view.vault, second)
      const both = extend(account.view, added)
      await append(nextEntry(both, removal(both, [second.id], []), account.founder))
      const refused = await post(
        '/v1/vault/entries',
        { entry: text(added), cards: [] },
        body.access_token,
      )
      expect([refused.status, refused.body.code]).toEqual([403, 'vault/member-removed'])
    })
  })

  describe('S120 a reset of the way back', () => {
    const announce = async (next: TestMember, phraseKey = randomBytes(32)) => {
      const { view, founder } = account
      const entry = nextEntry(view, { type: 'recovery-reset', member: next.member }, founder, [
        next,
      ])
      const code = await append(entry, {
        cards: [text(newCard(view, next.id))],
        phrase_key: text(phraseKey),
      })
      return { code, entry, view: extend(view, entry) }
    }
    const completion = (view: VaultView, next: TestMember) => {
      const epoch = epochFor(view, [account.passphrase])
      const seals = [...epoch.seals, { member: next.id, sealed: randomBytes(121) }]
      const reset = view.reset!.seq
      return nextEntry(
        view,
        { type: 'reset-completed', reset, epoch: { ...epoch, seals } },
        account.founder,
      )
    }

    test('W16 takes effect after seven days, not before', async () => {
      const next = newMember('phrase')
      const { code, view } = await announce(next)
      expect(code).toBe('appended')
      const done = completion(view, next)
      it.clock.advance(week - 60)
      account = { ...account, session: (await signInDevice(it, view.vault, account.founder)).body }
      expect(await append(done)).toBe('vault/reset-pending')
      it.clock.advance(61)
      expect(await append(done)).toBe('appended')
      const after = extend(view, done)
      const kinds = [...after.members.values()].map(({ kind }) => kind)
      expect(kinds.toSorted((a, b) => a.localeCompare(b))).toEqual(['device', 'phrase'])
    })

    test('W16 is cancelled by any member, and by any act of a recovery member', async () => {
      const next = newMember('phrase')
      const { view } = await announce(next)
      const cancelled = nextEntry(
        view,
        { type: 'reset-cancelled', reset: view.reset!.seq },
        account.founder,
      )
      expect(await append(cancelled)).toBe('appended')
      const cards = await it.opened.db.query('SELECT 1 FROM cards WHERE member_id = $1', [next.id])
      expect(cards).toEqual([])
      it.clock.advance(week + 1)
      account = { ...account, session: (await signInDevice(it, view.vault, account.founder)).body }
      expect(await append(completion(view, next))).toBe('vault/head-moved')
      const free = extend(view, cancelled)
      const again = newMember('phrase')
      const entry = nextEntry(
        free,
        { type: 'recovery-reset', member: again.member },
        account.founder,
        [again],
      )
      await append(entry)
      const pending = extend(free, entry)
      const device = newMember()
      const byOwner = nextEntry(pending, addition(device), account.passphrase, [device])
      expect(await append(byOwner)).toBe('appended')
      expect(extend(pending, byOwner).reset).toBeUndefined()
      const rows = await it.opened.db.query('SELECT 1 FROM recovery_resets WHERE vault_id = $1', [
        view.vault,
      ])
      expect(rows).toEqual([])
    })
  })

  describe('S18 recovery', () => {
    const byPassphrase = () =>
      it.call<RecoveryAnswer>('POST', '/v1/recovery', {
        body: {
          kind: 'passphrase',
          identifier: account.identifier,
          login_secret: account.loginSecret,
        },
      })
    /** The account's salt is that of the passphrase's card, as a client makes them. */
    const withCard = async () => {
      const { view, passphrase } = account
      const next = newMember('passphrase')
      const card = newCard(view, next.id)
      const salt = text(card.slice(1 + 16 + 32 + 16 + 1 + 4 + 8, 1 + 16 + 32 + 16 + 1 + 4 + 8 + 16))
      const entry = replacement(passphrase, next)
      const login = { secret: account.loginSecret, kdf: { ...kdf, salt } }
      expect(await append(entry, { login, cards: [text(card)] })).toBe('appended')
      return { next, card, view: extend(view, entry) }
    }

    test('gives card and log for the secret, and admits one device by that member', async () => {
      const { next, card, view } = await withCard()
      const { status, body } = await byPassphrase()
      expect(status).toBe(200)
      expect([body.vault, body.member, body.card]).toEqual([view.vault, next.id, text(card)])
      expect(body.entries).toHaveLength(3)
      const device = newMember()
      const admit = async (entry: Uint8Array, grant = body.grant) => {
        const answer = await it.call('POST', '/v1/recovery/devices', {
          body: { grant, entry: text(entry) },
        })
        return answer.status === 204 ? 'admitted' : answer.body.code
      }
      const good = nextEntry(view, addition(device), next, [device])
      expect(await admit(nextEntry(view, addition(device), account.founder, [device]))).toBe(
        'vault/entry-refused',
      )
      const two = [newMember(), newMember()] as const
      expect(await admit(nextEntry(view, addition(...two), next, two))).toBe('vault/entry-refused')
      const words = newMember('phrase')
      expect(await admit(nextEntry(view, addition(words), next, [words]))).toBe(
        'vault/entry-refused',
      )
      expect(await admit(good, text(randomBytes(72)))).toBe('auth/refused')
      expect(await admit(good)).toBe('admitted')
      expect(await admit(good)).toBe('admitted')
      expect((await signInDevice(it, view.vault, device)).status).toBe(201)
      it.clock.advance(limits.recoverySeconds + 1)
      expect(await admit(good)).toBe('auth/refused')
    })

    test('by phrase needs the sign-in key and a fresh challenge', async () => {
      const { view, passphrase } = account
      const words = newMember('phrase')
      const pair = sodium.crypto_sign_keypair()
      const entry = nextEntry(view, addition(words), passphrase, [words])
      const cards = [text(newCard(view, words.id))]
      expect(await append(entry, { cards, phrase_key: text(pair.publicKey) })).toBe('appended')
      const ask = async (challenge: string, signer = pair.privateKey) => {
        const proof = { challenge: bytes(challenge), key: pair.publicKey }
        const signature = sodium.crypto_sign_detached(
          recoverySigningBytes(proof, wireCrypto),
          signer,
        )
        return it.call<RecoveryAnswer>('POST', '/v1/recovery', {
          body: {
            kind: 'phrase',
            key: text(pair.publicKey),
            challenge,
            signature: text(signature),
          },
        })
      }
      expect((await ask(await newChallenge(it))).body.member).toBe(words.id)
      const stranger = sodium.crypto_sign_keypair().privateKey
      expect((await ask(await newChallenge(it), stranger)).status).toBe(401)
      expect((await ask(text(randomBytes(48)))).status).toBe(401)
      const late = await newChallenge(it)
      it.clock.advance(121)
      expect((await ask(late)).status).toBe(401)
    })
  })

  describe('S19 how it ended', () => {
    const ending = async (device: TestMember) =>
      it.call<{ entries: string[] }>('POST', '/v1/auth/ending', {
        body: { vault: account.view.vault, ...proofOf(device, await newChallenge(it)) },
      })

    test('W40 a removed device gets the log up to its removal, and nobody else does', async () => {
      const { view, founder } = account
      const second = newMember()
      const added = nextEntry(view, addition(second), founder, [second])
      await append(added)
      const both = extend(view, added)
      expect((await ending(second)).status).toBe(401)
      const removed = nextEntry(both, removal(both, [second.id], []), founder)
      await append(removed)
      const third = newMember()
      await append(nextEntry(extend(both, removed), addition(third), founder, [third]))
      const { body } = await ending(second)
      expect(body.entries).toEqual([...account.entries, added, removed].map(text))
      expect((await ending({ ...newMember(), id: second.id })).status).toBe(401)
      expect((await ending(founder)).status).toBe(401)
    })
  })

  describe('S121 erasing', () => {
    const erase = async (entry: Uint8Array) => {
      const { status, body } = await post('/v1/vault/erasure', { entry: text(entry) })
      return status === 204 ? 'erased' : body.code
    }

    test('W17 takes a recovery member, and leaves the last entry and no other trace', async () => {
      const { view, founder, passphrase } = account
      const doc = sealUpdate(view, founder, { doc: newDoc(), deviceSeq: 1 })
      await sendOps(it, account.session.access_token, [newSentOp('doc.update', 1, doc.bytes)])
      for (const name of ['vault_log', 'doc_updates', 'contacts'])
        await it.call('GET', `/v1/shape/${name}?offset=-1`, { token: account.session.access_token })
      const last = (author: TestMember) => nextEntry(view, { type: 'vault-erased' }, author)
      expect(await append(last(passphrase))).toBe('vault/entry-refused')
      expect(await erase(last(founder))).toBe('vault/rank')
      expect(await erase(nextEntry(view, addition(newMember()), founder))).not.toBe('erased')
      expect(await erase(last(passphrase))).toBe('erased')
      expect(await traces(view.vault)).toEqual(['public.erased_vaults'])
      const { body } = await it.call<{ entries: string[] }>('POST', '/v1/auth/ending', {
        body: { vault: view.vault, ...proofOf(founder, await newChallenge(it)) },
      })
      expect(body.entries).toEqual([text(last(passphrase))])
      const again = await it.call('POST', '/v1/accounts', { body: account.request })
      expect([again.status, again.body.code]).toEqual([410, 'vault/erased'])
      expect((await signInDevice(it, view.vault, founder)).status).toBe(401)
    })

    test('S112 takes along what it granted and what it was granted', async () => {
      const { view, passphrase } = account
      await grantSomething(view.vault, (await newAccount(it)).view.vault)
      expect(await it.opened.db.query('SELECT 1 FROM grants')).toHaveLength(2)
      expect(await erase(nextEntry(view, { type: 'vault-erased' }, passphrase))).toBe('erased')
      expect(await it.opened.db.query('SELECT 1 FROM grants')).toEqual([])
    })

    /** A grant of each of two people to the other. */
    async function grantSomething(one: string, other: string): Promise<void> {
      for (const [owner, reader] of [
        [one, other],
        [other, one],
      ])
        await it.opened.db.query(
          `WITH link AS (INSERT INTO contacts VALUES ($1, gen_random_uuid(), $2, '\\x00') RETURNING *)
            INSERT INTO grants SELECT gen_random_uuid(), owner_id, contact_id, peer_id, '\\x00', 1,
              '\\x00', now() FROM link`,
          [owner!, reader!],
        )
    }

    /** Tables in which any column of any row holds the id, as text or as bytes. */
    async function traces(vault: string): Promise<string[]> {
      const tables = await it.opened.db.query<{ name: string }>(
        `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
          WHERE table_schema IN ('public', 'shape') AND table_type = 'BASE TABLE' ORDER BY 1`,
      )
      const found: string[] = []
      for (const { name } of tables) {
        const rows = await it.opened.db.query(
          `SELECT 1 FROM ${name} r WHERE r::text LIKE $1 OR r::text LIKE $2 LIMIT 1`,
          [`%${vault}%`, `%${vault.replaceAll('-', '')}%`],
        )
        if (rows.length > 0) found.push(name)
      }
      return found
    }
  })
})
