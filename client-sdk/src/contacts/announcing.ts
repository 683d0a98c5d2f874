/** Tells contacts of her newest share identity: each by what the two had in common from the beginning (W43, W46). */
import { bytesToBase64url, Problem, sameBytes, type ContactId } from '@selene/shapes'
import { noAnswer } from '../core/http.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { sealRenewal } from '../crypto/succession.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Book, Pen } from './book.ts'
import { trustedEntries, type TrustedEntry } from './names.ts'
import { agreedKey, followersOf, identitiesOf } from './roster.ts'

interface Deps {
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly call: AuthorizedCall
  readonly read: () => Promise<Book>
  readonly write: (act: (pen: Pen) => void) => Promise<unknown>
}

/** What one contact is to be told, and of which key. */
interface Announcement {
  readonly id: ContactId
  readonly renewal: Uint8Array
  readonly boxKey: Uint8Array
}

export function createAnnouncing({ crypto, vault, call, read, write }: Deps): () => Promise<void> {
  function announcementFor(
    identities: ReturnType<typeof identitiesOf>,
    { id, trust, announced }: TrustedEntry,
  ): Announcement[] {
    const own = followersOf(identities, trust)
    const [first, newest] = [own[0], own.at(-1)]
    if (!first || !newest || newest === first) return []
    const boxKey = newest.box.publicKey
    const authKey = agreedKey(crypto, first.box, trust.boxKey)
    if (!authKey || (announced && sameBytes(announced, boxKey))) return []
    const place = { authKey, contact: id, from: vault.view().vault }
    return [{ id, renewal: sealRenewal(crypto, place, own), boxKey }]
  }

  async function send({ id, renewal, boxKey }: Announcement): Promise<void> {
    try {
      await call({
        method: 'PUT',
        path: `/v1/contacts/${id}/renewal`,
        body: { renewal: bytesToBase64url(renewal) },
        answer: noAnswer,
      })
    } catch (error) {
      // The link has ended meanwhile: its row will say so.
      if (error instanceof Problem && error.code === 'contact/unknown') return
      throw error
    }
    await write((pen) => pen.announced(id, boxKey))
  }

  return async () => {
    const book = await read()
    const identities = identitiesOf(crypto, book)
    for (const entry of trustedEntries(book))
      for (const announcement of announcementFor(identities, entry)) await send(announcement)
  }
}
