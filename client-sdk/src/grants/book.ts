/**
 * The document `grants`: what she lets contacts read, known to all her devices. Registers, one subject a fact:
 *
 * | subject | value |
 * |---|---|
 * | `given/<id>\|terms` | contact, scope, first day, end, key and sealed grant as JSON |
 * | `given/<id>\|revoked` | she has taken it back, for good; its terms are then deleted |
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  grantScopes,
  isUuid,
  type ContactId,
  type GrantId,
  type GrantScope,
} from '@selene/shapes'
import * as v from 'valibot'
import { isCivilDate, type CivilDate } from '../calendar/index.ts'
import type { Content } from '../docs/documents.ts'
import { deleteRegisters, readRegisters, writeRegister } from '../docs/register.ts'

export const grantsDocument = 'grants'

const scopeNames = Object.keys(grantScopes) as GrantScope[]
const bytes = v.pipe(
  v.string(),
  v.transform((text): Uint8Array => base64urlToBytes(text) ?? new Uint8Array(0)),
)
const terms = v.object({
  contact: v.pipe(
    v.string(),
    v.check(isUuid),
    v.transform((id) => id as ContactId),
  ),
  scope: v.array(v.picklist(scopeNames)),
  /** The first day that is shown. */
  from: v.custom<CivilDate>(isCivilDate),
  /** Milliseconds since 1970. */
  expiresAt: v.pipe(v.number(), v.safeInteger()),
  key: v.pipe(
    bytes,
    v.check((key) => key.length === 32),
  ),
  sealed: bytes,
})
export type Terms = Readonly<v.InferOutput<typeof terms>>

export interface GivenGrants {
  readonly standing: ReadonlyMap<GrantId, Terms>
  readonly revoked: ReadonlySet<GrantId>
}

const subjectOf = (id: string, fact: 'terms' | 'revoked'): string => `given/${id}|${fact}`

function parseTerms(value: unknown): Terms | undefined {
  try {
    const parsed = v.safeParse(terms, JSON.parse(String(value)))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

export function readGiven(doc: Content): GivenGrants {
  const standing = new Map<GrantId, Terms>()
  const revoked = new Set<GrantId>()
  for (const [subject, registers] of readRegisters(doc)) {
    const [, id = '', fact] = /^given\/([^|]*)\|(.*)$/.exec(subject) ?? []
    if (!isUuid(id)) continue
    const read = fact === 'terms' ? parseTerms(registers[0]?.value) : undefined
    if (read) standing.set(id as GrantId, read)
    // Whoever takes it back means it, whatever another device wrote meanwhile.
    const isRevoked = fact === 'revoked' && registers.some(({ value }) => value === true)
    if (isRevoked) revoked.add(id as GrantId)
  }
  for (const id of revoked) standing.delete(id)
  return { standing, revoked }
}

interface Author {
  readonly writer: string
  readonly at: number
}

export function writeGiven(doc: Content, id: GrantId, value: Terms, author: Author): void {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? bytesToBase64url(part) : part,
  )
  writeRegister(doc, [], { ...author, subject: subjectOf(id, 'terms'), value: text })
}

/** Ends it and deletes its key, whoever wrote it. */
export function writeRevoked(doc: Content, id: GrantId, author: Author): void {
  const subject = subjectOf(id, 'revoked')
  writeRegister(doc, readRegisters(doc).get(subject) ?? [], { ...author, subject, value: true })
  deleteRegisters(doc, subjectOf(id, 'terms'))
}

/** Names of a scope's bits, in their order. */
export const scopeOfBits = (bits: number): GrantScope[] =>
  scopeNames.filter((name) => (bits & grantScopes[name]) !== 0)
export const bitsOfScope = (scope: readonly GrantScope[]): number =>
  scope.reduce((bits, name) => bits | grantScopes[name], 0)
