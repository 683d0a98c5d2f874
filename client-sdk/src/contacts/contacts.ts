/** Trusted contacts: invitations made and accepted, and the people an alert is sealed for. */
import {
  base64urlToBytes,
  bytesToBase64url,
  contactIdOf,
  inviteAnswer,
  inviteFragment,
  offerAnswer,
  Problem,
  secretOfInvite,
  type ContactId,
  type VaultId,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { noAnswer } from '../core/http.ts'
import { createLive } from '../core/live.ts'
import { fingerprintOf, isSameFingerprint } from '../crypto/fingerprint.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { publicShare } from '../crypto/share.ts'
import type { Content, Documents } from '../docs/documents.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import { createAddresses } from './addresses.ts'
import { createAnnouncing } from './announcing.ts'
import {
  contactsDocument,
  createPen,
  forgetSpent,
  readBook,
  type Acceptance,
  type Author,
  type KeysOfBoth,
  type Pen,
} from './book.ts'
import type { Contact, Contacts } from './contact.ts'
import type { Era } from './current-identity.ts'
import { draftAcceptance, draftInvitation } from './drafts.ts'
import { createLinks, expectLinks, type Links } from './links.ts'
import { ownedName } from './name.ts'
import { isSamePerson, listContacts, readOwnName, trustedEntries } from './names.ts'
import { identitiesOf, peersOf, rosterOf, type PinnedPeer, type Roster } from './roster.ts'

export interface ContactBook {
  readonly contacts: Contacts
  /** What the rows of the shape mean. */
  readonly links: Links
  /** The people an alert can be sealed for or opened from; within a transaction by its reader. */
  roster(reader?: Reader): Promise<Roster>
  /** Tells everybody who does not know it yet of her newest share identity. @throws {@link Problem} the server's. */
  announce(): Promise<void>
  /** The same people with the keys of both sides. */
  peers(reader?: Reader): Promise<ReadonlyMap<ContactId, PinnedPeer>>
  /** Puts in order what a restored document says; part of that transaction. */
  settleRestored(tx: StoreTx): Promise<void>
}

interface Deps {
  readonly store: Store
  readonly documents: Documents
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly call: AuthorizedCall
  readonly server: URL
  readonly clock: Clock
  /** Runs after a commit: there is something to send. */
  readonly written: () => void
}

export function createContacts(deps: Deps): ContactBook {
  const { store, documents, crypto, vault, session, call, clock } = deps
  const author = (): Author => ({ writer: vault.device, at: clock.now() })
  const drafting = () => ({
    crypto,
    era: { vault: vault.view().vault, ...vault.epoch() },
    author: author(),
  })

  async function change<T>(act: (doc: Content) => T): Promise<T> {
    const results: T[] = []
    const opId = await documents.write((tx) =>
      documents.edit(tx, contactsDocument, (doc) => void results.push(act(doc))),
    )
    if (opId) deps.written()
    return results[0]!
  }

  const writePen = <T>(act: (pen: Pen) => T): Promise<T> =>
    change((doc) => act(createPen(doc, author())))

  function era(): Era | undefined {
    try {
      return { vault: vault.view().vault, ...vault.epoch() }
    } catch (error) {
      if (error instanceof Problem && error.code === 'vault/member-removed') return undefined
      throw error
    }
  }

  function assertAccount(): void {
    if (session.current() === 'none') throw new Problem('account/none')
  }

  const readNow = async (reader?: Reader) =>
    readBook(await documents.read(contactsDocument, reader))

  /** @throws {@link Problem} contact/own-invite, contact/unverified, contact/invite-unknown and the server's. */
  async function makeAcceptance(
    link: { id: ContactId; secret: Uint8Array },
    called: string | undefined,
  ): Promise<Acceptance> {
    const known = (await readNow()).entries.get(link.id)
    if (known?.removed) throw new Problem('contact/invite-unknown')
    if (known?.acceptance) return known.acceptance
    const { from, offer } = await call({
      method: 'GET',
      path: `/v1/invites/${link.id}`,
      answer: offerAnswer,
    })
    if (from === vault.view().vault) throw new Problem('contact/own-invite')
    const offered = { ...link, from: from as VaultId, offer: base64urlToBytes(offer)!, called }
    const made = await change((doc) => draftAcceptance(doc, offered, drafting()))
    if (!made) throw new Problem('contact/unverified')
    return made
  }

  async function sendAnswer(id: ContactId, { answer }: Acceptance): Promise<void> {
    await call({
      method: 'POST',
      path: `/v1/invites/${id}/answer`,
      body: { answer: bytesToBase64url(answer) },
      answer: noAnswer,
    })
  }

  /** @throws {@link Problem} contact/unknown */
  async function fingerprint(id: ContactId): Promise<{ keys: KeysOfBoth; digits: string }> {
    const book = await readNow()
    const pinned = peersOf(crypto, book).get(id)
    if (!pinned) throw new Problem('contact/unknown')
    const { own, peer } = pinned
    const keys = { ...peer, ownBoxKey: own.box.publicKey }
    return { keys, digits: fingerprintOf(crypto, publicShare(own), peer) }
  }

  const contacts: Contacts = {
    ...createAddresses({
      store,
      crypto,
      write: writePen,
    }),
    list: createLive(() => listContacts(store, clock.now()), store.committed),
    ownName: createLive(() => readOwnName(store), store.committed),
    ownIdentity: createLive(async () => {
      const own = identitiesOf(crypto, await readNow()).at(-1)
      return own && fingerprintOf(crypto, publicShare(own), publicShare(own))
    }, store.committed),

    async setOwnName(typed) {
      const name = ownedName(typed)
      await change((doc) => createPen(doc, author()).ownName(name))
    },

    async invite(typed) {
      const name = ownedName(typed)
      if (name === '') throw new TypeError('an invitation is for somebody with a name')
      assertAccount()
      const { id, invitation } = await change((doc) => draftInvitation(doc, name, drafting()))
      const { expires_at: expiresAt } = await call({
        method: 'POST',
        path: '/v1/invites',
        body: { id, offer: bytesToBase64url(invitation.offer) },
        answer: inviteAnswer,
      })
      await change((doc) => createPen(doc, author()).invitation(id, { ...invitation, expiresAt }))
      return { link: new URL(`/${inviteFragment(invitation.secret)}`, deps.server), expiresAt }
    },

    async accept(link, typed) {
      const secret = secretOfInvite(link)
      if (!secret) throw new TypeError('not the link of an invitation')
      const called = typed === undefined ? undefined : ownedName(typed) || undefined
      assertAccount()
      const id = contactIdOf(secret, crypto)
      const book = await readNow()
      const entry = book.entries.get(id)
      if (entry?.invitation || entry?.trust?.invited) throw new Problem('contact/own-invite')
      const known = trustedEntries(book).find((each) => each.id === id)
      if (known) return { id, name: known.trust.name, state: 'trusted' } satisfies Contact
      const acceptance = await makeAcceptance({ id, secret }, called)
      await sendAnswer(id, acceptance)
      const trust = { ...acceptance.trust, name: called ?? acceptance.trust.name }
      await change((doc) => createPen(doc, author()).trust(id, trust))
      return { id, name: trust.name, state: 'trusted' } satisfies Contact
    },

    fingerprint: async (id) => (await fingerprint(id)).digits,

    async verify(id, shown) {
      const { keys, digits } = await fingerprint(id)
      if (!isSameFingerprint(shown, digits)) return false
      await change((doc) => createPen(doc, author()).verified(id, keys))
      return true
    },

    async remove(id) {
      const trusted = trustedEntries(await readNow())
      const chosen = trusted.find((entry) => entry.id === id)
      // Older links to the same person, which the list does not show, would else come up in its place.
      const others = chosen ? trusted.filter((entry) => isSamePerson(entry, chosen)) : []
      const ids = new Set([id, ...others.map((entry) => entry.id)])
      for (const link of ids)
        await call({ method: 'DELETE', path: `/v1/contacts/${link}`, answer: noAnswer })
      await change((doc) => {
        const pen = createPen(doc, author())
        for (const link of ids) pen.remove(link)
      })
    },
  }

  return {
    contacts,
    links: createLinks({ store, documents, crypto, vault, author, era }),
    announce: createAnnouncing({ crypto, vault, call, read: readNow, write: writePen }),
    async settleRestored(tx) {
      await documents.edit(tx, contactsDocument, forgetSpent)
      const trusted = trustedEntries(await readNow(tx)).map(({ id }) => id)
      await expectLinks(tx, trusted)
    },
    peers: async (reader) => peersOf(crypto, await readNow(reader)),
    roster: async (reader) => rosterOf(crypto, await readNow(reader)),
  }
}
