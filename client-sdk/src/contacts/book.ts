/**
 * The document `contacts`: what one person's devices know together about the people they trust. Registers,
 * one subject a fact, so that two devices never erase each other's.
 *
 * | subject | value |
 * |---|---|
 * | `self\|name` | her own name |
 * | `self\|share\|<place>` | a share identity of hers; each is kept and works, the last is for new contacts |
 * | `contact/<id>\|invite` | an invitation of hers |
 * | `contact/<id>\|accept` | her answer to somebody's invitation, until the server has it |
 * | `contact/<id>\|trusted` | the pinned keys of the other side |
 * | `contact/<id>\|renewed` | keys of the other side that followed those, oldest first |
 * | `contact/<id>\|conflict` | the other side's keys were said to be others as well |
 * | `contact/<id>\|announced` | her newest identity that the other side has been told of |
 * | `contact/<id>\|verified` | the keys whose fingerprint she has compared |
 * | `contact/<id>\|address` | number or address of somebody without the app |
 * | `contact/<id>\|gone` | the server does not link the two any more |
 * | `contact/<id>\|removed` | she has removed it, for good |
 *
 * Once the keys are pinned, invitation and answer are of no use any more; once a contact is removed, its
 * keys neither. They are then deleted, whoever wrote them, as they are secrets.
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  concat,
  isUuid,
  sameBytes,
  type ContactId,
  type VaultId,
} from '@selene/shapes'
import * as v from 'valibot'
import { plainLine } from '../core/plain-text.ts'
import type { PublicShare } from '../crypto/fingerprint.ts'
import type { Content } from '../docs/documents.ts'
import {
  deleteRegisters,
  readRegisters,
  writeRegister,
  type Register,
  type RegisterValue,
} from '../docs/register.ts'
import { factText, fixedBytes, parseFact, someBytes } from './fact.ts'
import { identityFact, readIdentities, type Identity, type MadeIdentity } from './identities.ts'

export const contactsDocument = 'contacts'

const name = v.pipe(v.string(), v.transform(plainLine))

const invitation = v.object({
  secret: fixedBytes(32),
  /** What she calls the person. */
  name,
  /** The sealed introduction that the server hands out. */
  offer: someBytes(),
  /** Her share key that the offer shows. */
  ownBoxKey: fixedBytes(32),
  /** Milliseconds since 1970; absent until the server has the invitation. */
  expiresAt: v.optional(v.pipe(v.number(), v.safeInteger())),
})
export type Invitation = v.InferOutput<typeof invitation>

const trust = v.object({
  name,
  /** The other side's account. */
  peer: v.pipe(
    v.string(),
    v.check(isUuid),
    v.transform((id) => id as VaultId),
  ),
  signKey: fixedBytes(32),
  boxKey: fixedBytes(32),
  /** Her share key that they know. */
  ownBoxKey: fixedBytes(32),
  /** Whether the invitation was hers; its secret is forgotten by now. */
  invited: v.optional(v.boolean()),
})
export type Trust = v.InferOutput<typeof trust>

const publicShares = v.array(v.object({ signKey: fixedBytes(32), boxKey: fixedBytes(32) }))

const acceptance = v.object({
  answer: someBytes(),
  /** Hash of the offer that is answered. */
  offer: fixedBytes(32),
  trust,
})
export type Acceptance = v.InferOutput<typeof acceptance>

const address = v.object({
  kind: v.picklist(['phone', 'email']),
  name,
  /** A number of digits, after a plus where it is international; or an e-mail address. */
  address: v.pipe(v.string(), v.transform(plainLine)),
})
export type Address = Readonly<v.InferOutput<typeof address>>

export interface Entry {
  readonly id: ContactId
  readonly invitation: Invitation | undefined
  readonly acceptance: Acceptance | undefined
  readonly trust: Trust | undefined
  /** Keys of the other side that followed the pinned ones, oldest first (W43). */
  readonly renewed: readonly PublicShare[]
  /** Somebody with a key of theirs has named other keys as well. */
  readonly conflict: boolean
  /** The X25519 key of her identity that the other side has been told of last. */
  readonly announced: Uint8Array | undefined
  /** When the keys were pinned, by that device's clock; for display. */
  readonly trustedAt: number
  /** The keys of both sides as she has compared them. */
  readonly confirmed: KeysOfBoth | undefined
  /** Whether those are the newest keys of the other side. */
  readonly verified: boolean
  readonly address: Address | undefined
  readonly gone: boolean
  readonly removed: boolean
}

export interface Book {
  readonly ownName: string
  /** Oldest first: the last is for new contacts. */
  readonly identities: readonly Identity[]
  readonly entries: ReadonlyMap<ContactId, Entry>
}

/** What is of no use once a contact is removed. */
const spent = [
  'invite',
  'accept',
  'trusted',
  'renewed',
  'conflict',
  'announced',
  'verified',
  'address',
] as const
type Fact = (typeof spent)[number] | 'gone' | 'removed'
type Registers = ReadonlyMap<string, readonly Register[]>

const nameSubject = 'self|name'
const subjectOf = (id: ContactId, fact: Fact): string => `contact/${id}|${fact}`

/** Public keys of both sides of a link: the other's, and hers that they know. */
export interface KeysOfBoth extends PublicShare {
  readonly ownBoxKey: Uint8Array
}

/** The keys of both sides as they were compared. */
const keysText = ({ signKey, boxKey, ownBoxKey }: KeysOfBoth): string =>
  bytesToBase64url(concat(signKey, boxKey, ownBoxKey))

function parseKeys(value: RegisterValue | undefined): KeysOfBoth | undefined {
  const keys = parseBytes(value)
  if (keys?.length !== 96) return undefined
  return { signKey: keys.slice(0, 32), boxKey: keys.slice(32, 64), ownBoxKey: keys.slice(64) }
}

const parseBytes = (value: RegisterValue | undefined): Uint8Array | undefined =>
  typeof value === 'string' ? base64urlToBytes(value) : undefined

const isSameShare = (a: PublicShare, b: PublicShare): boolean =>
  sameBytes(a.signKey, b.signKey) && sameBytes(a.boxKey, b.boxKey)

function readEntry(registers: Registers, id: ContactId): Entry {
  const all = (fact: Fact): readonly Register[] => registers.get(subjectOf(id, fact)) ?? []
  const [pinned] = all('trusted')
  const pinnedTrust = parseFact(trust, pinned?.value)
  const confirmed = parseKeys(all('verified')[0]?.value)
  const renewed = parseFact(publicShares, all('renewed')[0]?.value) ?? []
  const newest = renewed.at(-1) ?? pinnedTrust
  return {
    id,
    invitation: parseFact(invitation, all('invite')[0]?.value),
    acceptance: parseFact(acceptance, all('accept')[0]?.value),
    trust: pinnedTrust,
    trustedAt: pinned?.at ?? 0,
    renewed,
    conflict: all('conflict').some(({ value }) => value === true),
    announced: parseBytes(all('announced')[0]?.value),
    confirmed,
    verified: confirmed !== undefined && newest !== undefined && isSameShare(confirmed, newest),
    address: parseFact(address, all('address')[0]?.value),
    gone: all('gone')[0]?.value === true,
    // Whoever removes somebody means it, whatever another device wrote meanwhile.
    removed: all('removed').some(({ value }) => value === true),
  }
}

const contactOf = (subject: string): string | undefined => /^contact\/([^|]*)\|/.exec(subject)?.[1]
const isContactId = (id: string | undefined): id is ContactId => id !== undefined && isUuid(id)

export function readBook(doc: Content): Book {
  const registers = readRegisters(doc)
  const ids = [...registers.keys()].map(contactOf).filter(isContactId)
  const ownName = registers.get(nameSubject)?.[0]?.value
  return {
    ownName: typeof ownName === 'string' ? plainLine(ownName) : '',
    identities: readIdentities(registers),
    entries: new Map(ids.map((id) => [id, readEntry(registers, id)])),
  }
}

/** Who writes, and when by that device's clock. */
export interface Author {
  readonly writer: string
  readonly at: number
}

/** Writes facts as one device; what is so already is not written again. */
export interface Pen {
  ownName(name: string): void
  /** Adds a share identity behind those that are there. */
  identity(made: MadeIdentity): void
  invitation(id: ContactId, value: Invitation): void
  acceptance(id: ContactId, value: Acceptance): void
  /** Pins keys; what led to them is forgotten. */
  trust(id: ContactId, value: Trust): void
  /** Adds keys of the other side behind those that are pinned. */
  renewed(id: ContactId, later: readonly PublicShare[]): void
  conflict(id: ContactId): void
  announced(id: ContactId, ownBoxKey: Uint8Array): void
  /** Says that she has compared the fingerprint of these keys. */
  verified(id: ContactId, value: KeysOfBoth): void
  address(id: ContactId, value: Address): void
  gone(id: ContactId, value: boolean): void
  /** Removes a contact and what was secret about it. */
  remove(id: ContactId): void
}

export function createPen(doc: Content, author: Author): Pen {
  const registers = readRegisters(doc)
  const write = (subject: string, value: RegisterValue): void =>
    writeRegister(doc, registers.get(subject) ?? [], { ...author, subject, value })
  const forget = (id: ContactId, facts: readonly Fact[]): void => {
    for (const fact of facts) deleteRegisters(doc, subjectOf(id, fact))
  }
  return {
    ownName: (name) => write(nameSubject, name === '' ? null : name),
    identity(made) {
      const { subject, value } = identityFact(readIdentities(registers), made)
      write(subject, value)
    },
    invitation: (id, value) => write(subjectOf(id, 'invite'), factText(value)),
    acceptance: (id, value) => write(subjectOf(id, 'accept'), factText(value)),
    trust(id, value) {
      write(subjectOf(id, 'trusted'), factText(value))
      forget(id, ['invite', 'accept'])
    },
    renewed(id, later) {
      const keys = [...readEntry(registers, id).renewed, ...later]
      write(
        subjectOf(id, 'renewed'),
        factText(keys.map(({ signKey, boxKey }) => ({ signKey, boxKey }))),
      )
    },
    conflict: (id) => write(subjectOf(id, 'conflict'), true),
    announced: (id, key) => write(subjectOf(id, 'announced'), bytesToBase64url(key)),
    verified: (id, value) => write(subjectOf(id, 'verified'), keysText(value)),
    address: (id, value) => write(subjectOf(id, 'address'), factText(value)),
    gone: (id, value) => write(subjectOf(id, 'gone'), value || null),
    remove(id) {
      write(subjectOf(id, 'removed'), true)
      forget(id, spent)
    },
  }
}

/** Deletes what is of no use any more, whoever wrote it: restored documents may bring it back. */
export function forgetSpent(doc: Content): void {
  const forget = (id: ContactId, facts: readonly Fact[]): void => {
    for (const fact of facts) deleteRegisters(doc, subjectOf(id, fact))
  }
  for (const { id, removed, trust } of readBook(doc).entries.values())
    if (removed) forget(id, spent)
    else if (trust) forget(id, ['invite', 'accept'])
}
