/** The tables `contact_names` and `contact_addresses`, derived from the document: whom the person sees in her list. */
import { bytesToBase64url, sameBytes, type ContactId } from '@selene/shapes'
import type { Derive } from '../docs/documents.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import { prepareTable, type DerivedTable } from '../store/derived-table.ts'
import type { Reader, StoreTx } from '../store/store.ts'
import { contactsDocument, readBook, type Book, type Entry, type Trust } from './book.ts'
import type { Contact } from './contact.ts'

const ownNameKey = 'own-name'

const table: DerivedTable = {
  name: 'contact-names',
  version: 4,
  createSql: `
DROP TABLE IF EXISTS contact_names;
CREATE TABLE contact_names (
  contact_id uuid PRIMARY KEY,
  name text NOT NULL,
  trusted boolean NOT NULL,
  verified boolean NOT NULL,
  keys_changed boolean NOT NULL,
  keys_renewed boolean NOT NULL,
  expires_at bigint
);
DROP TABLE IF EXISTS contact_addresses;
CREATE TABLE contact_addresses (
  contact_id uuid PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  address text NOT NULL
);`,
}

export const prepareContactNames = (tx: StoreTx): Promise<boolean> => prepareTable(tx, table)

export type TrustedEntry = Entry & { readonly trust: Trust }

const isTrusted = (entry: Entry): entry is TrustedEntry =>
  entry.trust !== undefined && !entry.removed && !entry.gone

/** Two links to one person: the same account and the same identity. */
export const isSamePerson = (a: TrustedEntry, b: TrustedEntry): boolean =>
  a.trust.peer === b.trust.peer &&
  bytesToBase64url(a.trust.signKey) === bytesToBase64url(b.trust.signKey)

/** Everybody whose keys are pinned, the newest link to each person before older ones to the same. */
export function trustedEntries(book: Book): TrustedEntry[] {
  const entries = [...book.entries.values()].filter(isTrusted)
  const newestFirst = entries.toSorted(
    (a, b) => b.trustedAt - a.trustedAt || (a.id < b.id ? 1 : -1),
  )
  const isOlder = (entry: TrustedEntry, at: number): boolean =>
    newestFirst.slice(0, at).some((newer) => isSamePerson(newer, entry))
  return [...newestFirst.filter((entry, at) => !isOlder(entry, at)), ...newestFirst.filter(isOlder)]
}

/** One entry a person. */
function peopleOf(book: Book): TrustedEntry[] {
  const entries = trustedEntries(book)
  return entries.filter((entry, at) => !entries.slice(0, at).some((e) => isSamePerson(e, entry)))
}

/** Whether an earlier link to the same account showed another identity, which this one's did not follow. */
const hadOtherKeys = (
  book: Book,
  { trust, trustedAt }: Pick<TrustedEntry, 'trust' | 'trustedAt'>,
): boolean =>
  [...book.entries.values()].some(
    (earlier) =>
      earlier.trust?.peer === trust.peer &&
      earlier.trustedAt <= trustedAt &&
      ![earlier.trust, ...earlier.renewed].some(({ signKey }) => sameBytes(signKey, trust.signKey)),
  )

const isOpenInvitation = ({ invitation, trust, removed, gone }: Entry): boolean =>
  invitation?.expiresAt !== undefined && !trust && !removed && !gone

export const deriveContactNames: Derive = async (tx, name, doc) => {
  if (name !== contactsDocument) return
  const book = readBook(doc)
  await writeMeta(tx, ownNameKey, book.ownName)
  await tx.script('DELETE FROM contact_names; DELETE FROM contact_addresses')
  for (const entry of peopleOf(book)) {
    const { id, trust, verified, conflict, renewed } = entry
    await tx.query('INSERT INTO contact_names VALUES ($1, $2, true, $3, $4, $5, NULL)', [
      id,
      trust.name,
      verified,
      !verified && (conflict || hadOtherKeys(book, entry)),
      !verified && renewed.length > 0,
    ])
  }
  const entries = [...book.entries.values()]
  for (const { id, invitation } of entries.filter(isOpenInvitation))
    await tx.query('INSERT INTO contact_names VALUES ($1, $2, false, false, false, false, $3)', [
      id,
      invitation!.name,
      invitation!.expiresAt!,
    ])
  for (const { id, address, removed } of entries)
    if (address && !removed)
      await tx.query('INSERT INTO contact_addresses VALUES ($1, $2, $3, $4)', [
        id,
        address.kind,
        address.name,
        address.address,
      ])
}

interface NameRow {
  readonly contact_id: ContactId
  readonly name: string
  readonly verified: boolean
  readonly keys_changed: boolean
  readonly keys_renewed: boolean
  readonly expires_at: number | null
}

/** The list as it stands at `now`, milliseconds since 1970. */
export async function listContacts(reader: Reader, now: number): Promise<Contact[]> {
  const rows = await reader.query<NameRow>(
    'SELECT * FROM contact_names ORDER BY trusted DESC, lower(name), contact_id',
  )
  return rows.map(({ contact_id: id, name, expires_at: expiresAt, ...row }) => {
    if (expiresAt !== null)
      return { id, name, state: expiresAt > now ? 'invited' : 'expired', expiresAt }
    return {
      id,
      name,
      state: 'trusted',
      ...(row.verified && { verified: true }),
      ...(row.keys_changed && { keysChanged: true }),
      ...(row.keys_renewed && { keysRenewed: true }),
    }
  })
}

/** Her own name, `undefined` until she has given one. */
export async function readOwnName(reader: Reader): Promise<string | undefined> {
  return (await readMeta<string>(reader, ownNameKey)) || undefined
}
