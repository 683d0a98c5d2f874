import {
  base64urlToBytes,
  bytesToBase64url,
  bytesToUuid,
  contactIdOf,
  Problem,
  secretOfInvite,
  type ContactId,
  type VaultId,
} from '@selene/shapes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../core/live.ts'
import { sealIntroduction } from '../crypto/introduction.ts'
import { sealRenewal } from '../crypto/succession.ts'
import type { SlotKeys } from '../crypto/sos-slot.ts'
import { epochShareSeeds, shareKeys } from '../crypto/share.ts'
import { putRegister, readRegisters } from '../docs/register.ts'
import { createAuthorizedCall } from '../sync/authorized.ts'
import { problemResponse } from '../testing/scripted-server.ts'
import { openTestDevice, signIn, type TestDevice } from '../testing/test-device.ts'
import { createPen, readBook } from './book.ts'
import { identitiesOf } from './roster.ts'
import { createContacts, type ContactBook } from './contacts.ts'

interface Person {
  readonly device: TestDevice
  readonly book: ContactBook
  readonly vault: VaultId
}

const day = 24 * 3_600_000

function bookOf(device: TestDevice): ContactBook {
  const { parts, session, http, clock } = device
  return createContacts({
    ...parts,
    session,
    clock,
    call: createAuthorizedCall({ http, session }),
    server: http.server,
    written: () => {},
  })
}

async function openPerson(name: string): Promise<Person> {
  const device = await openTestDevice()
  await signIn(device)
  const book = bookOf(device)
  await book.contacts.setOwnName(name)
  return { device, book, vault: device.parts.vault.view().vault }
}

let ada: Person
let bea: Person

beforeAll(async () => {
  ada = await openPerson('Ada Lovelace')
  bea = await openPerson('Beatrice')
})
afterAll(() => Promise.all([ada, bea].map(({ device }) => device.client.close())))
beforeEach(() => {
  for (const { device } of [ada, bea])
    device.scripted.always('/v1/invites', () => ({ expires_at: device.clock.now() + 3 * day }))
})

const list = ({ book }: Person) => until(book.contacts.list, () => true)
const stateOf = async (person: Person, id: ContactId) =>
  (await list(person)).find((contact) => contact.id === id)?.state
const idOf = (link: URL): ContactId =>
  contactIdOf(secretOfInvite(link.href)!, ada.device.parts.crypto)
const sentTo = ({ device }: Person, path: string) => device.scripted.to(path)
const offerOf = (person: Person): string =>
  (sentTo(person, '/v1/invites').at(-1)!.body as { offer: string }).offer

/** What the server holds of an invitation, for the one who accepts it. */
function serveOffer(to: Person, link: URL, offered: { from: VaultId; offer: string }): void {
  const expires_at = to.device.clock.now() + day
  to.device.scripted.always(`/v1/invites/${idOf(link)}`, () => ({ ...offered, expires_at }))
  to.device.scripted.always(`/v1/invites/${idOf(link)}/answer`, () => ({}))
}

interface Row {
  readonly id: ContactId
  readonly peer: VaultId
  readonly box: Uint8Array
  /** What the other side has sealed about newer keys. */
  readonly renewal?: Uint8Array
}

/** Puts the rows where the shape's reader would, as all there are, and lets them be taken. */
async function serveRows({ device, book, vault }: Person, rows: readonly Row[]): Promise<void> {
  await device.parts.documents.write(async (tx) => {
    await tx.script('DELETE FROM shape_rows_contacts')
    for (const { id, peer, box, renewal = new Uint8Array() } of rows)
      await tx.query('INSERT INTO shape_rows_contacts VALUES ($1, $2, $3, $4, $5)', [
        vault,
        id,
        peer,
        box,
        renewal,
      ])
    await book.links.take(tx)
  })
  await book.links.settle()
}

async function invite(from: Person, name: string) {
  // Of several links between two people the newest is shown.
  for (const { device } of [ada, bea]) device.clock.advance(1)
  const { link } = await from.book.contacts.invite(name)
  return { link, id: idOf(link), offer: offerOf(from) }
}

/** Links two people; returns the rows that the server then holds for each. */
async function linkPeople(from: Person, to: Person, name: string) {
  const { link, id, offer } = await invite(from, name)
  serveOffer(to, link, { from: from.vault, offer })
  const accepted = await to.book.contacts.accept(link.href)
  const path = `/v1/invites/${id}/answer`
  const { answer } = sentTo(to, path).at(-1)!.body as { answer: string }
  const rows = {
    from: { id, peer: to.vault, box: base64urlToBytes(answer)! },
    to: { id, peer: from.vault, box: base64urlToBytes(offer)! },
  }
  await serveRows(from, [rows.from])
  return { id, link, accepted, rows }
}

describe('W44 an invitation', () => {
  test('links two people under keys that the server never sees', async () => {
    const { id, accepted, link } = await linkPeople(ada, bea, 'my sister')
    expect(accepted).toEqual({ id, name: 'Ada Lovelace', state: 'trusted' })
    expect(await list(ada)).toContainEqual({ id, name: 'my sister', state: 'trusted' })
    const [ours, theirs] = await Promise.all([ada, bea].map(({ book }) => book.roster()))
    const [own, other] = [ours!, theirs!].map(({ shares }) => shares.get(id)!.keys()[0]!) as [
      SlotKeys,
      SlotKeys,
    ]
    expect([own.peer, own.authKey]).toEqual([other.keys.publicKey, other.authKey])
    expect(ours!.contacts.find(({ contact }) => contact === id)).toMatchObject({
      name: 'my sister',
      boxKey: other.keys.publicKey,
      ownBoxKey: own.keys.publicKey,
    })
    const sent = [ada, bea].flatMap(({ device }) => device.scripted.requests).map((r) => r.text)
    for (const secret of [
      link.hash.slice('#invite='.length),
      'my sister',
      'Ada Lovelace',
      'Beatrice',
    ])
      expect(sent.join(' ')).not.toContain(secret)
  })

  test('whose answer was lost is in the document, and is asked for again with the same bytes', async () => {
    const before = sentTo(ada, '/v1/invites').length
    ada.device.scripted.next('/v1/invites', 'lost')
    await expect(ada.book.contacts.invite('a friend')).rejects.toMatchObject({
      code: 'server/unreachable',
    })
    expect((await list(ada)).map(({ name }) => name)).not.toContain('a friend')
    const { id } = await invite(ada, 'a friend')
    const [lost, again] = sentTo(ada, '/v1/invites').slice(before)
    expect(again!.text).toBe(lost!.text)
    expect(await stateOf(ada, id)).toBe('invited')
    const other = await invite(ada, 'a friend')
    expect(other.id).not.toBe(id)
  })

  test('is shown as expired once its time is over', async () => {
    const { id } = await invite(ada, 'too late')
    ada.device.clock.advance(3 * day - 1)
    expect(await stateOf(ada, id)).toBe('invited')
    ada.device.clock.advance(1)
    expect(await stateOf(ada, id)).toBe('expired')
    ada.device.clock.advance(-3 * day)
  })

  test('that is answered by what does not prove itself stays open, and pins nothing', async () => {
    const { id, link, offer } = await invite(ada, 'somebody')
    const { crypto } = ada.device.parts
    const secret = secretOfInvite(link.href)!
    const eve = { keys: shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32))), name: 'Eve' }
    const place = { secret, contact: id, from: bea.vault, offer: base64urlToBytes(offer)! }
    const boxes: [string, Uint8Array][] = [
      [
        'without the secret',
        sealIntroduction(crypto, { ...place, secret: crypto.random(32) }, eve),
      ],
      ['for another account', sealIntroduction(crypto, { ...place, from: ada.vault }, eve)],
      ['for another offer', sealIntroduction(crypto, { ...place, offer: crypto.random(400) }, eve)],
      ['her own offer', base64urlToBytes(offer)!],
      ['noise', crypto.random(400)],
    ]
    for (const [, box] of boxes) {
      await serveRows(ada, [{ id, peer: bea.vault, box }])
      expect(await stateOf(ada, id)).toBe('invited')
      expect((await ada.book.roster()).shares.has(id)).toBe(false)
    }
    const lowOrder = {
      sign: eve.keys.sign,
      box: { ...eve.keys.box, publicKey: new Uint8Array(32) },
    }
    const broken = sealIntroduction(crypto, place, { keys: lowOrder, name: 'Eve' })
    await serveRows(ada, [{ id, peer: bea.vault, box: broken }])
    expect(await stateOf(ada, id)).toBe('invited')
    const right = sealIntroduction(crypto, place, eve)
    await serveRows(ada, [{ id, peer: bea.vault, box: right }])
    expect(await stateOf(ada, id)).toBe('trusted')
    await serveRows(ada, [
      {
        id,
        peer: bea.vault,
        box: sealIntroduction(crypto, place, {
          keys: shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32))),
          name: 'Mallory',
        }),
      },
    ])
    expect((await ada.book.roster()).shares.get(id)!.keys()[0]!.peer).toEqual(
      eve.keys.box.publicKey,
    )
  })

  test('whose offer does not prove itself is refused, and nothing is sent', async () => {
    const { link, id } = await invite(ada, 'Bea')
    const other = await invite(ada, 'another')
    serveOffer(bea, link, { from: ada.vault, offer: other.offer })
    await expect(bea.book.contacts.accept(link.href)).rejects.toMatchObject({
      code: 'contact/unverified',
    })
    expect(sentTo(bea, `/v1/invites/${id}/answer`)).toEqual([])
    expect(await stateOf(bea, id)).toBeUndefined()
  })

  test('that is accepted again after a lost answer is answered with the same bytes', async () => {
    const { link, id, offer } = await invite(ada, 'Bea')
    serveOffer(bea, link, { from: ada.vault, offer })
    const path = `/v1/invites/${id}/answer`
    bea.device.scripted.next(path, 'lost')
    await expect(bea.book.contacts.accept(link.href, 'Ada')).rejects.toMatchObject({
      code: 'server/unreachable',
    })
    expect(await stateOf(bea, id)).toBeUndefined()
    const accepted = await bea.book.contacts.accept(link.href, 'Ada from work')
    expect(accepted).toEqual({ id, name: 'Ada from work', state: 'trusted' })
    const [lost, again] = sentTo(bea, path)
    expect(again!.text).toBe(lost!.text)
    expect(await bea.book.contacts.accept(link.href)).toEqual(accepted)
    expect(sentTo(bea, path)).toHaveLength(2)
  })

  test('whose lost answer the server had is completed by its row', async () => {
    const { link, id, offer } = await invite(ada, 'Bea')
    serveOffer(bea, link, { from: ada.vault, offer })
    bea.device.scripted.next(`/v1/invites/${id}/answer`, 'lost')
    await bea.book.contacts.accept(link.href, 'Ada').catch(() => {})
    const forged = { id, peer: ada.vault, box: bea.device.parts.crypto.random(300) }
    await serveRows(bea, [forged])
    expect(await stateOf(bea, id)).toBeUndefined()
    await serveRows(bea, [{ ...forged, box: base64urlToBytes(offer)! }])
    expect(await stateOf(bea, id)).toBe('trusted')
  })

  test('of her own, of nobody, and what is no link are refused', async () => {
    const { link } = await invite(ada, 'myself')
    const used = await linkPeople(ada, bea, 'used')
    for (const own of [link, used.link])
      await expect(ada.book.contacts.accept(own.href)).rejects.toMatchObject({
        code: 'contact/own-invite',
      })
    const secret = bytesToBase64url(new Uint8Array(32).fill(9))
    const id = contactIdOf(new Uint8Array(32).fill(9), ada.device.parts.crypto)
    ada.device.scripted.always(`/v1/invites/${id}`, () =>
      problemResponse(new Problem('contact/invite-unknown')),
    )
    const unknown = ada.book.contacts.accept(`https://elsewhere.test/#invite=${secret}`)
    await expect(unknown).rejects.toMatchObject({ code: 'contact/invite-unknown' })
    await expect(ada.book.contacts.accept('https://server.test/')).rejects.toThrow(TypeError)
  })
})

describe('a contact', () => {
  test('whom the server does not link any more is not shown nor sealed for, until it does again', async () => {
    const { id, rows } = await linkPeople(ada, bea, 'sometimes')
    await serveRows(ada, [])
    expect(await stateOf(ada, id)).toBeUndefined()
    expect((await ada.book.roster()).shares.has(id)).toBe(false)
    await serveRows(ada, [rows.from])
    expect(await stateOf(ada, id)).toBe('trusted')
    expect((await ada.book.roster()).shares.has(id)).toBe(true)
  })

  test('that was removed stays removed, whatever the server holds', async () => {
    const { id, rows, link } = await linkPeople(ada, bea, 'former')
    ada.device.scripted.next(`/v1/contacts/${id}`, 'lost')
    await expect(ada.book.contacts.remove(id)).rejects.toMatchObject({
      code: 'server/unreachable',
    })
    expect(await stateOf(ada, id)).toBe('trusted')
    ada.device.scripted.always(`/v1/contacts/${id}`, () => new Response(null, { status: 204 }))
    await ada.book.contacts.remove(id)
    await serveRows(ada, [])
    await serveRows(ada, [rows.from])
    expect(await stateOf(ada, id)).toBeUndefined()
    expect((await ada.book.roster()).shares.has(id)).toBe(false)
    await expect(ada.book.contacts.accept(link.href)).rejects.toMatchObject({
      code: 'contact/invite-unknown',
    })
  })

  test('that is linked a second time is there once, and removed with both links', async () => {
    const first = await linkPeople(ada, bea, 'once')
    const second = await linkPeople(ada, bea, 'twice')
    await serveRows(ada, [first.rows.from, second.rows.from])
    const linked = [first.id, second.id]
    const { contacts } = await ada.book.roster()
    expect(linked.every((id) => contacts.some(({ contact }) => contact === id))).toBe(true)
    const names = (await list(ada)).map(({ name }) => name)
    expect([names.includes('once'), names.includes('twice')]).toEqual([false, true])
    const removed: ContactId[] = []
    for (const { contact } of contacts)
      ada.device.scripted.always(`/v1/contacts/${contact}`, () => {
        removed.push(contact)
        return new Response(null, { status: 204 })
      })
    await ada.book.contacts.remove(second.id)
    expect(linked.every((id) => removed.includes(id))).toBe(true)
    expect((await list(ada)).map(({ name }) => name)).not.toContain('once')
    const left = await ada.book.roster()
    expect(linked.filter((id) => left.shares.has(id))).toEqual([])
  })

  test('is the same list when it is derived again', async () => {
    const before = await list(ada)
    expect(before.length).toBeGreaterThan(2)
    await ada.device.client.diary.rebuild()
    expect(await list(ada)).toEqual(before)
  })
})

describe('a name', () => {
  test('is one line of text that fits every message', async () => {
    const { contacts } = bea.book
    await contacts.setOwnName('  Be\na\u202E\0 ')
    expect(await until(contacts.ownName, () => true)).toBe('Be a')
    await contacts.setOwnName('')
    expect(await until(contacts.ownName, () => true)).toBeUndefined()
    await expect(contacts.setOwnName('ä'.repeat(61))).rejects.toThrow(TypeError)
    await expect(contacts.invite('x'.repeat(121))).rejects.toThrow(TypeError)
    await expect(contacts.invite(' ')).rejects.toThrow(TypeError)
  })
})

test('without an account there is nobody to invite, and nothing is written', async () => {
  const device = await openTestDevice()
  const { contacts } = bookOf(device)
  const none = { code: 'account/none' }
  await expect(contacts.invite('Bea')).rejects.toMatchObject(none)
  const link = `https://server.test/#invite=${bytesToBase64url(new Uint8Array(32))}`
  await expect(contacts.accept(link)).rejects.toMatchObject(none)
  await expect(contacts.remove(bytesToUuid(new Uint8Array(16)))).rejects.toMatchObject(none)
  expect(await device.parts.store.query('SELECT 1 FROM documents')).toEqual([])
  await contacts.setOwnName('Ada')
  expect(await until(contacts.ownName, () => true)).toBe('Ada')
  await device.client.close()
})

describe('a document that a backup brought back', () => {
  const settled = ({ device, book }: Person) =>
    device.parts.documents.write((tx) => book.settleRestored(tx))

  test('C122 a contact whom the server does not link is gone once its shape is up to date', async () => {
    const { id, rows } = await linkPeople(ada, bea, 'from before')
    await ada.device.parts.store.write((tx) => tx.script('DELETE FROM contact_links'))
    await settled(ada)
    expect(await stateOf(ada, id)).toBe('trusted')
    await serveRows(ada, [])
    expect(await stateOf(ada, id)).toBeUndefined()
    await serveRows(ada, [rows.from])
    expect(await stateOf(ada, id)).toBe('trusted')
  })

  test('C122 what was spent is deleted again', async () => {
    const { id } = await linkPeople(ada, bea, 'spent')
    const { documents } = ada.device.parts
    const subjects = async () =>
      [...readRegisters(await documents.read('contacts')).keys()].filter((key) => key.includes(id))
    await documents.write((tx) =>
      documents.edit(tx, 'contacts', (doc) =>
        putRegister(doc, `contact/${id}|invite`, { writer: 'old', counter: 1, at: 1, value: '{}' }),
      ),
    )
    expect(await subjects()).toContain(`contact/${id}|invite`)
    await settled(ada)
    expect(await subjects()).toEqual([`contact/${id}|trusted`])
  })
})

describe('W44 verifying a contact', () => {
  let cleo: Person
  beforeAll(async () => {
    cleo = await openPerson('Cleo')
  })
  beforeEach(() => {
    const { scripted, clock } = cleo.device
    scripted.always('/v1/invites', () => ({ expires_at: clock.now() + 3 * day }))
  })
  afterAll(() => cleo.device.client.close())

  test('both see the same digits, and only those verify', async () => {
    const { id } = await linkPeople(cleo, bea, 'to be verified')
    const [ours, theirs] = await Promise.all(
      [cleo, bea].map((p) => p.book.contacts.fingerprint(id)),
    )
    expect(ours).toBe(theirs)
    const other = ours!.replace(/^./, (digit) => String((Number(digit) + 1) % 10))
    expect(await cleo.book.contacts.verify(id, other)).toBe(false)
    expect(await list(cleo)).toContainEqual({ id, name: 'to be verified', state: 'trusted' })
    expect(await cleo.book.contacts.verify(id, theirs!)).toBe(true)
    const [contact] = (await list(cleo)).filter((each) => each.id === id)
    expect(contact).toEqual({ id, name: 'to be verified', state: 'trusted', verified: true })
  })

  test('W46 another identity behind the same account is shown until it was compared', async () => {
    const { id } = await linkPeople(cleo, bea, 'as before')
    const { documents } = cleo.device.parts
    const newer = '99999999-9999-4999-8999-999999999999' as ContactId
    await documents.write((tx) =>
      documents.edit(tx, 'contacts', (doc) => {
        const { trust } = readBook(doc).entries.get(id)!
        const other = { ...trust!, name: 'begun anew', signKey: new Uint8Array(32).fill(7) }
        createPen(doc, { writer: 'test', at: cleo.device.clock.now() + 1 }).trust(newer, other)
      }),
    )
    const named = async () => (await list(cleo)).find((contact) => contact.id === newer)
    expect(await named()).toMatchObject({ name: 'begun anew', keysChanged: true })
    expect((await list(cleo)).find((contact) => contact.id === id)?.keysChanged).toBeUndefined()
    const { contacts } = cleo.book
    expect(await contacts.verify(newer, await contacts.fingerprint(newer))).toBe(true)
    expect(await named()).toMatchObject({ verified: true })
    expect((await named())?.keysChanged).toBeUndefined()
    await documents.write((tx) =>
      documents.edit(tx, 'contacts', (doc) =>
        createPen(doc, { writer: 'test', at: 1 }).remove(newer),
      ),
    )
  })

  test('W43 W46 new keys are taken when those that are pinned have signed them; others are a conflict', async () => {
    const { id, rows } = await linkPeople(cleo, bea, 'with new keys')
    const { crypto, documents } = cleo.device.parts
    const [own] = identitiesOf(crypto, readBook(await bea.device.parts.documents.read('contacts')))
    const { authKey } = (await cleo.book.roster()).contacts.find(({ contact }) => contact === id)!
    const newIdentity = () => shareKeys(crypto, epochShareSeeds(crypto, crypto.random(32)))
    const [next, other] = [newIdentity(), newIdentity()]
    const place = { authKey, contact: id, from: bea.vault }
    const serve = (renewal: Uint8Array) => serveRows(cleo, [{ ...rows.from, renewal }])
    const named = async () => (await list(cleo)).find((contact) => contact.id === id)!
    const sealedFor = async () =>
      (await cleo.book.roster()).contacts
        .filter(({ contact }) => contact === id)
        .map(({ boxKey }) => boxKey)

    await serve(crypto.random(300))
    await serve(sealRenewal(crypto, { ...place, from: ada.vault }, [own!, next]))
    expect(await named()).toEqual({ id, name: 'with new keys', state: 'trusted' })
    await serve(sealRenewal(crypto, place, [own!, next]))
    expect(await named()).toMatchObject({ state: 'trusted', keysRenewed: true })
    expect(await sealedFor()).toEqual([own!.box.publicKey, next.box.publicKey])
    const before = await documents.read('contacts')
    await serve(sealRenewal(crypto, place, [own!, other]))
    expect(await named()).toMatchObject({ keysRenewed: true, keysChanged: true })
    expect(await sealedFor()).toEqual([own!.box.publicKey, next.box.publicKey])
    const { contacts } = cleo.book
    expect(await contacts.verify(id, await contacts.fingerprint(id))).toBe(true)
    expect(await named()).toEqual({ id, name: 'with new keys', state: 'trusted', verified: true })
    expect(await sealedFor()).toEqual([next.box.publicKey])
    expect(readBook(before).entries.get(id)!.renewed).toHaveLength(1)
  })

  test('C134 her own identity is the same for all contacts, and none before the first invitation', async () => {
    const dora = await openPerson('Dora')
    const identity = (): Promise<string | undefined> =>
      until(dora.book.contacts.ownIdentity, () => true)
    expect(await identity()).toBeUndefined()
    dora.device.scripted.always('/v1/invites', () => ({
      expires_at: dora.device.clock.now() + day,
    }))
    const { id } = await linkPeople(dora, bea, 'one')
    const digits = await identity()
    expect(digits).toMatch(/^(\d{5} ){11}\d{5}$/)
    expect(digits).not.toBe(await dora.book.contacts.fingerprint(id))
    await linkPeople(dora, ada, 'another')
    expect(await identity()).toBe(digits)
    await dora.device.client.close()
  })

  test('of somebody whose keys are not known there is nothing to compare', async () => {
    const { id } = await invite(cleo, 'not yet')
    for (const asked of [
      cleo.book.contacts.fingerprint(id),
      cleo.book.contacts.verify(id, '00000'),
    ])
      await expect(asked).rejects.toMatchObject({ code: 'contact/unknown' })
  })
})

describe('C124 people without the app', () => {
  const addresses = () => until(ada.book.contacts.addresses, () => true)
  const phone = { kind: 'phone', name: 'Grandma', address: '+49 (30) 901-820' } as const

  test('are kept in her documents, can be changed, and go', async () => {
    const added = await ada.book.contacts.addAddress(phone)
    const mail = { kind: 'email', name: 'A friend', address: 'friend@example.org' } as const
    const friend = await ada.book.contacts.addAddress(mail)
    expect(added).toEqual({ id: added.id, ...phone, address: '+4930901820' })
    expect(await addresses()).toEqual([friend, added])
    await ada.book.contacts.changeAddress(added.id, { ...phone, address: '112' })
    expect(await addresses()).toEqual([friend, { ...added, address: '112' }])
    for (const { id } of [added, friend]) await ada.book.contacts.removeAddress(id)
    expect(await addresses()).toEqual([])
    const registers = readRegisters(await ada.device.parts.documents.read('contacts'))
    expect([...registers.keys()].filter((key) => key.endsWith('|address'))).toEqual([])
  })

  test('no server is told of them', async () => {
    const before = ada.device.scripted.requests.length
    const { id } = await ada.book.contacts.addAddress(phone)
    await ada.book.contacts.removeAddress(id)
    expect(ada.device.scripted.requests.length).toBe(before)
  })

  test.each([
    { ...phone, name: '' },
    { ...phone, address: 'call me' },
    { ...phone, address: '+' },
    { ...phone, address: '1'.repeat(21) },
    { kind: 'email', name: 'x', address: 'nobody' } as const,
    { kind: 'email', name: 'x', address: 'a b@example.org' } as const,
  ])('what is no address is not kept: %o', async (address) => {
    await expect(ada.book.contacts.addAddress(address)).rejects.toThrow(TypeError)
  })
})
