/** Trusted contacts: what the book of them means, and the people an alert is sealed for. */
import { Problem, type ContactId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { lazily } from '../core/lazily.ts'
import { createLateLive, createLive } from '../core/live.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Content, Documents } from '../docs/documents.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'
import {
  contactsDocument,
  createPen,
  forgetSpent,
  readBook,
  type Author,
  type Pen,
} from './book.ts'
import type { Contacts } from './contact.ts'
import type { Era } from './current-identity.ts'
import { createLinks, expectLinks, type Links } from './links.ts'
import { listContacts, readOwnName, trustedEntries } from './names.ts'
import { peersOf, rosterOf, type PinnedPeer, type Roster } from './roster.ts'

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
  const { store, documents, crypto, vault, call, clock } = deps
  const author = (): Author => ({ writer: vault.device, at: clock.now() })

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

  const announcing = lazily(async () => {
    const { createAnnouncing } = await import('./announcing.ts')
    return createAnnouncing({ crypto, vault, call, read: readNow, write: writePen })
  })

  const readNow = async (reader?: Reader) =>
    readBook(await documents.read(contactsDocument, reader))

  const loaded = lazily(async () => {
    const { createPeople } = await import('./people.ts')
    return createPeople({ ...deps, author, readNow, change })
  })
  const contacts: Contacts = {
    list: createLive(() => listContacts(store, clock.now()), store.committed),
    ownName: createLive(() => readOwnName(store), store.committed),
    ownIdentity: createLateLive(async () => (await loaded()).ownIdentity),
    addresses: createLateLive(async () => (await loaded()).addresses),
    setOwnName: async (name) => (await loaded()).setOwnName(name),
    invite: async (name) => (await loaded()).invite(name),
    accept: async (link, name) => (await loaded()).accept(link, name),
    fingerprint: async (id) => (await loaded()).fingerprint(id),
    verify: async (id, shown) => (await loaded()).verify(id, shown),
    remove: async (id) => (await loaded()).remove(id),
    addAddress: async (address) => (await loaded()).addAddress(address),
    changeAddress: async (id, address) => (await loaded()).changeAddress(id, address),
    removeAddress: async (id) => (await loaded()).removeAddress(id),
  }

  return {
    contacts,
    links: createLinks({ store, documents, crypto, vault, author, era }),
    announce: async () => (await announcing())(),
    async settleRestored(tx) {
      await documents.edit(tx, contactsDocument, forgetSpent)
      const trusted = trustedEntries(await readNow(tx)).map(({ id }) => id)
      await expectLinks(tx, trusted)
    },
    peers: async (reader) => peersOf(crypto, await readNow(reader)),
    roster: async (reader) => rosterOf(crypto, await readNow(reader)),
  }
}
