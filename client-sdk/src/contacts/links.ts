/**
 * What the server's rows about contacts mean here. A row is believed only as far as the box in it proves
 * itself under the invitation's secret; a row that vanishes ends the link and forgets no key.
 */
import { offerHash, sameBytes, type ContactId, type VaultId } from '@selene/shapes'
import { openIntroduction } from '../crypto/introduction.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { openRenewal } from '../crypto/succession.ts'
import type { Content, Documents } from '../docs/documents.ts'
import type { Store, StoreTx } from '../store/store.ts'
import type { LocalVault } from '../vault/vault.ts'
import {
  contactsDocument,
  createPen,
  readBook,
  type Author,
  type Entry,
  type Trust,
} from './book.ts'
import { currentIdentity, type Era } from './current-identity.ts'
import { agreedKey, identitiesOf } from './roster.ts'

export interface Links {
  /** Pins contacts whose boxes prove themselves, and the keys that follow; returns whether there is something to send. */
  take(tx: StoreTx): Promise<boolean>
  /** The shape is up to date: notices links that have come or gone; returns the same. */
  settle(): Promise<boolean>
}

interface Row {
  readonly contact_id: ContactId
  readonly peer_id: VaultId
  readonly box: Uint8Array
  readonly renewal: Uint8Array
}

interface Deps {
  readonly store: Store
  readonly documents: Documents
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly author: () => Author
  /** Absent when this device is no member any more. */
  readonly era: () => Era | undefined
}

const changesSql = `
  SELECT contact_id, true AS linked FROM shape_rows_contacts r WHERE owner_id = $1
    AND NOT EXISTS (SELECT 1 FROM contact_links l WHERE l.contact_id = r.contact_id)
  UNION ALL
  SELECT contact_id, false AS linked FROM contact_links l
    WHERE NOT EXISTS (SELECT 1 FROM shape_rows_contacts r
      WHERE r.owner_id = $1 AND r.contact_id = l.contact_id)`

interface Change {
  readonly contact_id: ContactId
  readonly linked: boolean
}

/**
 * Counts contacts that came from elsewhere as linked until now: those that the server does not link are gone once its
 * shape is up to date.
 */
export async function expectLinks(tx: StoreTx, ids: readonly ContactId[]): Promise<void> {
  for (const id of ids)
    await tx.query('INSERT INTO contact_links VALUES ($1) ON CONFLICT DO NOTHING', [id])
}

export function createLinks(deps: Deps): Links {
  const { store, documents, crypto, vault, author, era } = deps
  /** The keys that a row proves for an entry of the book, if any. */
  function provenTrust({ invitation, acceptance }: Entry, row: Row): Trust | undefined {
    if (acceptance && sameBytes(offerHash(row.box, crypto), acceptance.offer))
      return acceptance.trust
    if (!invitation) return undefined
    const { secret, offer, name, ownBoxKey } = invitation
    const place = { secret, contact: row.contact_id, from: row.peer_id, offer }
    const introduced = openIntroduction(crypto, place, row.box)
    if (!introduced) return undefined
    const { signKey, boxKey } = introduced
    return { name, peer: row.peer_id, signKey, boxKey, ownBoxKey, invited: true }
  }

  function pin(doc: Content, rows: readonly Row[]): void {
    const book = readBook(doc)
    const identities = identitiesOf(crypto, book)
    const isUsable = ({ boxKey, ownBoxKey }: Trust): boolean => {
      const own = identities.find(({ box }) => sameBytes(box.publicKey, ownBoxKey))
      return own !== undefined && agreedKey(crypto, own.box, boxKey) !== undefined
    }
    const pen = createPen(doc, author())
    for (const row of rows) {
      const entry = book.entries.get(row.contact_id)
      if (!entry || entry.trust || entry.removed) continue
      const trust = provenTrust(entry, row)
      if (trust && isUsable(trust)) pen.trust(entry.id, trust)
    }
  }

  /** What a contact says of new keys, if it comes from whoever has the keys that are pinned. */
  function renew(doc: Content, rows: readonly Row[]): void {
    const book = readBook(doc)
    const identities = identitiesOf(crypto, book)
    const pen = createPen(doc, author())
    for (const { contact_id: contact, peer_id: from, renewal: sealed } of rows) {
      const { trust, renewed = [], removed } = book.entries.get(contact) ?? {}
      if (sealed.length === 0 || !trust || removed || trust.peer !== from) continue
      const own = identities.find(({ box }) => sameBytes(box.publicKey, trust.ownBoxKey))
      const authKey = own && agreedKey(crypto, own.box, trust.boxKey)
      if (!authKey) continue
      const place = { authKey, contact, from }
      const later = openRenewal(crypto, place, { sealed, known: [trust, ...renewed] })
      if (later === 'conflict') pen.conflict(contact)
      else if (later?.every(({ boxKey }) => agreedKey(crypto, own.box, boxKey)) && later.length > 0)
        pen.renewed(contact, later)
    }
  }

  /** Her own next identity, once an epoch has begun since the last: contacts are told of it. */
  function succeed(doc: Content): void {
    const book = readBook(doc)
    const now = era()
    if (now && book.identities.length > 0)
      currentIdentity(crypto, { book, pen: createPen(doc, author()), era: now })
  }

  return {
    async take(tx) {
      const rows = await tx.query<Row>(
        'SELECT contact_id, peer_id, box, renewal FROM shape_rows_contacts WHERE owner_id = $1',
        [vault.view().vault],
      )
      if (rows.length === 0) return false
      const opId = await documents.edit(tx, contactsDocument, (doc) => {
        pin(doc, rows)
        renew(doc, rows)
        succeed(doc)
      })
      return opId !== undefined
    },

    async settle() {
      const own = [vault.view().vault]
      if ((await store.query(changesSql, own)).length === 0) return false
      return documents.write(async (tx) => {
        const changes = await tx.query<Change>(changesSql, own)
        const opId = await documents.edit(tx, contactsDocument, (doc) => {
          const { entries } = readBook(doc)
          const pen = createPen(doc, author())
          for (const { contact_id: id, linked } of changes)
            if (!entries.get(id)?.removed) pen.gone(id, !linked)
        })
        await tx.script('DELETE FROM contact_links')
        await tx.query(
          'INSERT INTO contact_links SELECT contact_id FROM shape_rows_contacts WHERE owner_id = $1',
          own,
        )
        return opId !== undefined
      })
    },
  }
}
