/** What a person does about her contacts: inviting, accepting, comparing, removing, and those without the app. */
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
import { noAnswer } from '../core/http.ts'
import { createLive } from '../core/live.ts'
import { fingerprintOf, isSameFingerprint } from '../crypto/fingerprint.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { publicShare } from '../crypto/share.ts'
import type { Content } from '../docs/documents.ts'
import type { Store } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import { createAddresses } from './addresses.ts'
import { createPen, type Acceptance, type Author, type Book, type KeysOfBoth } from './book.ts'
import type { Contact, Contacts } from './contact.ts'
import { draftAcceptance, draftInvitation } from './drafts.ts'
import { ownedName } from './name.ts'
import { isSamePerson, trustedEntries } from './names.ts'
import { identitiesOf, peersOf } from './roster.ts'

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly session: Session
  readonly call: AuthorizedCall
  readonly server: URL
  readonly author: () => Author
  readonly readNow: () => Promise<Book>
  /** Changes the document of contacts. */
  readonly change: <T>(act: (doc: Content) => T) => Promise<T>
}

/** All of {@link Contacts} but what is shown from the beginning. */
export type People = Omit<Contacts, 'list' | 'ownName'>

export function createPeople(deps: Deps): People {
  const { store, crypto, vault, session, call, author, readNow, change } = deps
  const drafting = () => ({
    crypto,
    era: { vault: vault.view().vault, ...vault.epoch() },
    author: author(),
  })

  function assertAccount(): void {
    if (session.current() === 'none') throw new Problem('account/none')
  }

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

  return {
    ...createAddresses({
      store,
      crypto,
      write: (act) => change((doc) => act(createPen(doc, author()))),
    }),
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
}
