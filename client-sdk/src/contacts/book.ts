/**
 * The document `contacts`: what one person's devices know together about the people they trust. Registers,
 * one subject a fact, so that two devices never erase each other's.
 *
 * | subject | value |
 * |---|---|
 * | `self\|name` | her own name |
 * | `self\|share` | seeds of a share identity; every writer's is kept and works, the winner is shown to new contacts |
 * | `contact/<id>\|invite` | an invitation of hers |
 * | `contact/<id>\|accept` | her answer to somebody's invitation, until the server has it |
 * | `contact/<id>\|trusted` | the pinned keys of the other side |
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
  type ContactId,
  type VaultId,
} from '@selene/shapes'
import * as v from 'valibot'
import { plainLine } from '../core/plain-text.ts'
import type { ShareSeeds } from '../crypto/share.ts'
import type { Content } from '../docs/documents.ts'
import {
  deleteRegisters,
  readRegisters,
  writeRegister,
  type Register,
  type RegisterValue,
} from '../docs/register.ts'

export const contactsDocument = 'contacts'

const bytes = (length?: number) =>
  v.pipe(
    v.string(),
    v.transform((text): Uint8Array => base64urlToBytes(text) ?? new Uint8Array(0)),
    v.check((value) => (length === undefined ? value.length > 0 : value.length === length)),
  )
const name = v.pipe(v.string(), v.transform(plainLine))

const invitation = v.object({
  secret: bytes(32),
  /** What she calls the person. */
  name,
  /** The sealed introduction that the server hands out. */
  offer: bytes(),
  /** Her share key that the offer shows. */
  ownBoxKey: bytes(32),
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
  signKey: bytes(32),
  boxKey: bytes(32),
  /** Her share key that they know. */
  ownBoxKey: bytes(32),
  /** Whether the invitation was hers; its secret is forgotten by now. */
  invited: v.optional(v.boolean()),
})
export type Trust = v.InferOutput<typeof trust>

const acceptance = v.object({
  answer: bytes(),
  /** Hash of the offer that is answered. */
  offer: bytes(32),
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
  /** When the keys were pinned, by that device's clock; for display. */
  readonly trustedAt: number
  /** Whether she has compared the fingerprint of exactly these keys. */
  readonly verified: boolean
  readonly address: Address | undefined
  readonly gone: boolean
  readonly removed: boolean
}

export interface Book {
  readonly ownName: string
  /** The one for new contacts first. */
  readonly shares: readonly ShareSeeds[]
  readonly entries: ReadonlyMap<ContactId, Entry>
}

type Fact = 'invite' | 'accept' | 'trusted' | 'verified' | 'address' | 'gone' | 'removed'
type Registers = ReadonlyMap<string, readonly Register[]>

const nameSubject = 'self|name'
const shareSubject = 'self|share'
const subjectOf = (id: ContactId, fact: Fact): string => `contact/${id}|${fact}`

/** Foreign input: what does not follow its layout counts as absent. */
function parseFact<S extends v.GenericSchema>(
  schema: S,
  value: RegisterValue | undefined,
): v.InferOutput<S> | undefined {
  if (typeof value !== 'string') return undefined
  try {
    const parsed = v.safeParse(schema, JSON.parse(value))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

function parseShare({ value }: Register): ShareSeeds[] {
  const seeds = typeof value === 'string' ? base64urlToBytes(value) : undefined
  return seeds?.length === 64 ? [{ sign: seeds.slice(0, 32), box: seeds.slice(32) }] : []
}

/** The keys of both sides as they were compared. */
const keysText = ({ signKey, boxKey, ownBoxKey }: Trust): string =>
  bytesToBase64url(concat(signKey, boxKey, ownBoxKey))

function readEntry(registers: Registers, id: ContactId): Entry {
  const all = (fact: Fact): readonly Register[] => registers.get(subjectOf(id, fact)) ?? []
  const [pinned] = all('trusted')
  const pinnedTrust = parseFact(trust, pinned?.value)
  return {
    id,
    invitation: parseFact(invitation, all('invite')[0]?.value),
    acceptance: parseFact(acceptance, all('accept')[0]?.value),
    trust: pinnedTrust,
    trustedAt: pinned?.at ?? 0,
    verified: pinnedTrust !== undefined && all('verified')[0]?.value === keysText(pinnedTrust),
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
    shares: (registers.get(shareSubject) ?? []).flatMap(parseShare),
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
  share(seeds: ShareSeeds): void
  invitation(id: ContactId, value: Invitation): void
  acceptance(id: ContactId, value: Acceptance): void
  /** Pins keys; what led to them is forgotten. */
  trust(id: ContactId, value: Trust): void
  /** Says that she has compared the fingerprint of these keys. */
  verified(id: ContactId, value: Trust): void
  address(id: ContactId, value: Address): void
  gone(id: ContactId, value: boolean): void
  /** Removes a contact and what was secret about it. */
  remove(id: ContactId): void
}

const toText = (value: object): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? bytesToBase64url(part) : part,
  )

/** Of no use once a contact is removed. */
const spent = ['invite', 'accept', 'trusted', 'verified', 'address'] as const

export function createPen(doc: Content, author: Author): Pen {
  const registers = readRegisters(doc)
  const write = (subject: string, value: RegisterValue): void =>
    writeRegister(doc, registers.get(subject) ?? [], { ...author, subject, value })
  const forget = (id: ContactId, facts: readonly Fact[]): void => {
    for (const fact of facts) deleteRegisters(doc, subjectOf(id, fact))
  }
  return {
    ownName: (name) => write(nameSubject, name === '' ? null : name),
    share: ({ sign, box }) => write(shareSubject, bytesToBase64url(concat(sign, box))),
    invitation: (id, value) => write(subjectOf(id, 'invite'), toText(value)),
    acceptance: (id, value) => write(subjectOf(id, 'accept'), toText(value)),
    trust(id, value) {
      write(subjectOf(id, 'trusted'), toText(value))
      forget(id, ['invite', 'accept'])
    },
    verified: (id, value) => write(subjectOf(id, 'verified'), keysText(value)),
    address: (id, value) => write(subjectOf(id, 'address'), toText(value)),
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
