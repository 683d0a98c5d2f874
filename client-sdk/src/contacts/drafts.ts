/** What a person sends to link with another, made once and kept, so that a repeat sends the same bytes. */
import { contactIdOf, offerHash, type ContactId, type VaultId } from '@selene/shapes'
import { plainLine } from '../core/plain-text.ts'
import { openIntroduction, sealIntroduction } from '../crypto/introduction.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Content } from '../docs/documents.ts'
import { createPen, readBook, type Acceptance, type Author, type Invitation } from './book.ts'
import { currentIdentity, type Era } from './current-identity.ts'
import { agreedKey } from './roster.ts'

interface Deps {
  readonly crypto: Primitives
  readonly era: Era
  readonly author: Author
}

/** An invitation for `name`: the one that the server may not have got, or a new one. */
export function draftInvitation(
  doc: Content,
  name: string,
  { crypto, era, author }: Deps,
): { id: ContactId; invitation: Invitation } {
  const book = readBook(doc)
  for (const { id, invitation, removed } of book.entries.values())
    if (invitation?.name === name && invitation.expiresAt === undefined && !removed)
      return { id, invitation }
  const pen = createPen(doc, author)
  const keys = currentIdentity(crypto, { book, pen, era })
  const secret = crypto.random(32)
  const id = contactIdOf(secret, crypto)
  const offer = sealIntroduction(
    crypto,
    { secret, contact: id, from: era.vault },
    { keys, name: book.ownName },
  )
  const invitation = { secret, name, offer, ownBoxKey: keys.box.publicKey }
  pen.invitation(id, invitation)
  return { id, invitation }
}

/** What came with an invitation's link, and what the server holds for it. */
export interface Offered {
  readonly id: ContactId
  readonly secret: Uint8Array
  readonly from: VaultId
  readonly offer: Uint8Array
}

/** The answer to an offer, kept; `undefined` when the other side does not prove itself. */
export function draftAcceptance(
  doc: Content,
  offered: Offered & { readonly called: string | undefined },
  { crypto, era, author }: Deps,
): Acceptance | undefined {
  const { id, secret, from, offer, called } = offered
  const introduced = openIntroduction(crypto, { secret, contact: id, from }, offer)
  if (!introduced) return undefined
  const book = readBook(doc)
  const earlier = book.entries.get(id)?.acceptance
  if (earlier) return earlier
  const pen = createPen(doc, author)
  const keys = currentIdentity(crypto, { book, pen, era })
  const { signKey, boxKey } = introduced
  if (!agreedKey(crypto, keys.box, boxKey)) return undefined
  const answer = sealIntroduction(
    crypto,
    { secret, contact: id, from: era.vault, offer },
    { keys, name: book.ownName },
  )
  const name = called ?? plainLine(introduced.name)
  const trust = { name, peer: from, signKey, boxKey, ownBoxKey: keys.box.publicKey }
  const acceptance = { answer, offer: offerHash(offer, crypto), trust }
  pen.acceptance(id, acceptance)
  return acceptance
}
