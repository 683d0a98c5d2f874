/**
 * One round with the server: takes back what was revoked, reads the pages of others, and writes those that are out of
 * date anew. Each grant goes by itself: one that fails keeps no other from its turn. A round that fails changes nothing
 * that the next one would not put right.
 */
import {
  base64urlToBytes,
  bytesToBase64url,
  grantsAnswer,
  pageAnswer,
  Problem,
  sameBytes,
  type ContactId,
  type GrantId,
  type GrantScope,
  type ProblemCode,
} from '@selene/shapes'
import type { CivilDate } from '../calendar/index.ts'
import type { Clock } from '../core/clock.ts'
import { noAnswer } from '../core/http.ts'
import { openGrant, openPage, sealPage, type SharePair } from '../crypto/grant.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import type { Reader, Store } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import { grantsDocument, readGiven, scopeOfBits, type Terms } from './book.ts'
import { readPage } from './page.ts'
import {
  dropReceived,
  readReceived,
  readStored,
  writeReceived,
  writeStored,
  type ReceivedRow,
} from './tables.ts'

/** A contact as grants are sealed to and opened from them. */
export interface Peer extends SharePair {
  readonly name: string
  /** All keys that either of the two may have used. */
  readonly pairs: readonly SharePair[]
}
export type Peers = ReadonlyMap<ContactId, Peer>

export interface ExchangeDeps {
  readonly store: Store
  readonly documents: Documents
  readonly crypto: Primitives
  readonly clock: Clock
  readonly call: AuthorizedCall
  /** Everybody whose keys are pinned. */
  readonly peersOf: (reader?: Reader) => Promise<Peers>
  /** What of the diary is in a scope, from a day on; the same content is the same bytes. */
  readonly pageOf: (scope: readonly GrantScope[], from: CivilDate) => Promise<Uint8Array>
}

interface Standing {
  readonly id: string
  readonly revision: number
  readonly expires_at: number
}
interface Offered extends Standing {
  readonly contact: string
  readonly grant: string
}

const bytesOf = (text: string): Uint8Array => base64urlToBytes(text)!

/** What came of a round. */
export interface Round {
  /** Grants of hers whose page the server refuses, for as long as something stays as it is, and why. */
  readonly refused: ReadonlyMap<GrantId, ProblemCode>
  /** The first thing else that went wrong; the next round may do it. */
  readonly failed: Problem | undefined
}

/** No other grant would fare better: there is no server, no session, no store. */
const endsRound = (problem: Problem): boolean =>
  problem.code === 'server/unreachable' || /^(account|auth|store|vault)\//.test(problem.code)

/** Runs what is about one grant; what is wrong with it is an answer. @throws what ends the round */
async function byItself(work: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof Problem) || endsRound(error)) throw error
    return error
  }
}

/** @throws {@link Problem} server/unreachable, and what else the server says that is not about one grant */
export async function exchangeGrants(deps: ExchangeDeps): Promise<Round> {
  const { documents, call } = deps
  const listed = await call({ method: 'GET', path: '/v1/grants', answer: grantsAnswer })
  const { standing, revoked } = readGiven(await documents.read(grantsDocument))
  const faults: (Problem | undefined)[] = []
  for (const { id } of listed.given)
    if (revoked.has(id as GrantId))
      faults.push(
        await byItself(() =>
          call({ method: 'DELETE', path: `/v1/grants/${id}`, answer: noAnswer }),
        ),
      )
  faults.push(...(await receive(deps, listed.received)))
  const refused = new Map<GrantId, ProblemCode>()
  const known = new Map(listed.given.map(({ id, revision }) => [id, revision]))
  for (const [id, terms] of standing) {
    const fault = await byItself(() => publish(deps, { id, terms, at: known.get(id) ?? 0 }))
    if (fault && fault.remedy !== 'retry') refused.set(id, fault.code)
    else faults.push(fault)
  }
  return { refused, failed: faults.find((fault) => fault !== undefined) }
}

interface Publishing {
  readonly id: GrantId
  readonly terms: Terms
  /** Number of the page that the server has; 0 for none. */
  readonly at: number
}

/** Whether the server's page, which another device wrote, says the same. */
async function isStored(
  { call, crypto }: ExchangeDeps,
  { id, terms, at }: Publishing,
  content: Uint8Array,
): Promise<boolean> {
  const { page, revision } = await call({
    method: 'GET',
    path: `/v1/grants/${id}`,
    answer: pageAnswer,
  })
  const opened = openPage(crypto, { id, revision, key: terms.key }, bytesOf(page))
  return revision === at && opened !== undefined && sameBytes(opened, content)
}

async function publish(deps: ExchangeDeps, publishing: Publishing): Promise<void> {
  const { store, crypto, clock, peersOf, pageOf, call } = deps
  const { id, terms, at } = publishing
  const isOver = terms.expiresAt <= clock.now() || !(await peersOf()).has(terms.contact)
  if (isOver) return
  const content = await pageOf(terms.scope, terms.from)
  const hash = crypto.hash([content])
  const stored = await readStored(store, id)
  if (stored?.revision === at && sameBytes(stored.hash, hash)) return
  const isOwn = stored?.revision === at || at === 0
  if (!isOwn && (await isStored(deps, publishing, content)))
    return store.write((tx) => writeStored(tx, id, { revision: at, hash }))
  const revision = at + 1
  const page = sealPage(crypto, { id, revision, key: terms.key }, content)
  await call({
    method: 'PUT',
    path: `/v1/grants/${id}`,
    body: {
      contact: terms.contact,
      expires_at: terms.expiresAt,
      grant: bytesToBase64url(terms.sealed),
      revision,
      page: bytesToBase64url(page),
    },
    answer: noAnswer,
  })
  await store.write((tx) => writeStored(tx, id, { revision, hash }))
}

/** What a grant of somebody else lets this account read; `undefined` when it proves nothing, or there is nothing new. */
async function readOffer(
  { crypto, clock, call }: ExchangeDeps,
  offered: Offered,
  { peers, known }: { peers: Peers; known: ReceivedRow | undefined },
): Promise<ReceivedRow | undefined> {
  const id = offered.id as GrantId
  const contact = offered.contact as ContactId
  const sealed = bytesOf(offered.grant)
  // Keys of either side may have changed since it was given.
  const [terms] = (peers.get(contact)?.pairs ?? []).flatMap(
    (pair) => openGrant(crypto, sealed, { ...pair, id }) ?? [],
  )
  if (!terms || terms.expires <= clock.now()) return undefined
  // An older page again is the server's doing: what was read counts.
  if (known && known.revision >= offered.revision) return known
  const { revision, page } = await call({
    method: 'GET',
    path: `/v1/grants/${id}`,
    answer: pageAnswer,
  })
  const content = openPage(crypto, { id, revision, key: terms.key }, bytesOf(page))
  const read = content && readPage(content, scopeOfBits(terms.scope))
  if (!read || (known && known.revision >= revision)) return known
  return {
    grant_id: id,
    contact_id: contact,
    scope: terms.scope,
    expires_at: terms.expires,
    revision,
    page: read,
  }
}

/** Takes what may be read now in the place of what could be before. @returns what kept one from being looked at */
async function receive(
  deps: ExchangeDeps,
  received: readonly Offered[],
): Promise<(Problem | undefined)[]> {
  const { store, peersOf } = deps
  const peers = await peersOf()
  const before = new Map((await readReceived(store)).map((row) => [row.grant_id, row]))
  const now = new Map<GrantId, ReceivedRow>()
  const faults: (Problem | undefined)[] = []
  for (const offered of received) {
    const id = offered.id as GrantId
    const known = before.get(id)
    let row: ReceivedRow | undefined
    const fault = await byItself(async () => {
      row = await readOffer(deps, offered, { peers, known })
    })
    const isGone = fault?.code === 'grant/unknown'
    if (fault && !isGone) {
      // What could be read is read on until the next round.
      faults.push(fault)
      row = known
    }
    if (row) now.set(id, row)
  }
  const gone = [...before.keys()].filter((id) => !now.has(id))
  const fresh = [...now.values()].filter((row) => before.get(row.grant_id) !== row)
  if (gone.length + fresh.length === 0) return faults
  await store.write(async (tx) => {
    await dropReceived(tx, gone)
    for (const row of fresh) await writeReceived(tx, row)
  })
  return faults
}
