/** What she lets contacts read of her calendar, and what they let her read. */
import {
  grantScopes,
  limits,
  Problem,
  stampUuid,
  type ContactId,
  type GrantId,
  type GrantScope,
  type ProblemCode,
} from '@selene/shapes'
import { isCivilDate, type CivilDate } from '../calendar/index.ts'
import { createLive, type Live } from '../core/live.ts'
import { anyOf, createSignal } from '../core/signal.ts'
import { sealGrant } from '../crypto/grant.ts'
import type { Content } from '../docs/documents.ts'
import type { LocalVault } from '../vault/vault.ts'
import {
  bitsOfScope,
  grantsDocument,
  readGiven,
  scopeOfBits,
  writeGiven,
  writeRevoked,
  type Terms,
} from './book.ts'
import { exchangeGrants, type ExchangeDeps, type Peers, type Round } from './exchange.ts'
import type { GrantPage } from './page.ts'
import { readReceived, type ReceivedRow } from './tables.ts'

interface Standing {
  readonly id: GrantId
  readonly contact: ContactId
  /** What she calls them. */
  readonly name: string
  readonly scope: readonly GrantScope[]
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** Something that a contact may read. */
export interface GivenGrant extends Standing {
  /** The first day that is shown. */
  readonly from: CivilDate
  /**
   * Why the server does not take it, so that the contact reads nothing, or nothing new, of it. Each round with the server
   * tries again; absent before the first.
   */
  readonly refused?: ProblemCode
}

/** Something of a contact's that can be read here, and not be changed. */
export interface ReceivedGrant extends Standing, GrantPage {}

export interface GrantRequest {
  readonly contact: ContactId
  /** Notes are never in it unless they are named. */
  readonly scope: readonly GrantScope[]
  /** Milliseconds since 1970; at most 366 days from now. */
  readonly expiresAt: number
  readonly from: CivilDate
}

export interface Grants {
  /** What stands, soonest end first. */
  readonly given: Live<readonly GivenGrant[]>
  /** Follows the contact's diary within minutes while both are online; gone at its end. */
  readonly received: Live<readonly ReceivedGrant[]>
  /**
   * Lets a contact read; resolved = durable here, and sent when the server can be reached.
   * @throws {@link Problem} contact/unknown; request/invalid when as many stand as an account may have; TypeError for a scope, end or day that cannot be.
   */
  give(request: GrantRequest): Promise<GivenGrant>
  /** Takes it back. What was read stays read; nothing new is ever sealed under its key. */
  revoke(id: GrantId): Promise<void>
  /**
   * Exchanges pages with the server now. What the server refuses for good is said in `given`.
   * @throws {@link Problem} account/none, server/unreachable …, after all else was exchanged that could be
   */
  refresh(): Promise<void>
}

interface Deps extends ExchangeDeps {
  readonly vault: LocalVault
  /** Runs after a commit: there is something to send. */
  readonly written: () => void
}

function assertRequest({ scope, expiresAt, from }: GrantRequest, now: number): void {
  const isScope = scope.length > 0 && scope.every((name) => Object.hasOwn(grantScopes, name))
  if (!isScope) throw new TypeError('a grant is of one scope or more of the closed list')
  if (!isCivilDate(from)) throw new TypeError('from: a civil date YYYY-MM-DD')
  const isEnd = Number.isSafeInteger(expiresAt) && expiresAt > now
  if (!isEnd || expiresAt > now + limits.grantSeconds * 1000)
    throw new TypeError('expiresAt: from now on, within 366 days')
}

/** The server keeps no more of one account (S110). */
const mostGrants = 50

const byEnd = (a: Standing, b: Standing): number => a.expiresAt - b.expiresAt

export function createGrants(deps: Deps): Grants {
  const { store, documents, crypto, clock, vault, peersOf, written } = deps
  const author = () => ({ writer: vault.device as string, at: clock.now() })
  /** Rounds follow one another: two at once would number one page twice. */
  let round: Promise<void> = Promise.resolve()
  let refused: Round['refused'] = new Map()
  const refusals = createSignal()

  function givenOf(id: GrantId, terms: Terms, peers: Peers): GivenGrant[] {
    const name = peers.get(terms.contact)?.name
    if (name === undefined || terms.expiresAt <= clock.now()) return []
    const { contact, scope, expiresAt, from } = terms
    const code = refused.get(id)
    return [{ id, contact, name, scope, expiresAt, from, ...(code && { refused: code }) }]
  }

  /** @throws {@link Problem} request/invalid, as the server would say it when it is too late to tell her */
  function assertRoom(doc: Content, peers: Peers): void {
    const given = [...readGiven(doc).standing].flatMap(([id, terms]) => givenOf(id, terms, peers))
    if (given.length >= mostGrants)
      throw new Problem('request/invalid', {
        faults: [`${mostGrants} grants stand: take one back first`],
      })
  }

  async function exchange(): Promise<void> {
    const { refused: found, failed } = await exchangeGrants(deps)
    refused = found
    refusals.emit()
    if (failed) throw failed
  }

  function receivedOf(row: ReceivedRow, peers: Peers): ReceivedGrant[] {
    const name = peers.get(row.contact_id)?.name
    if (name === undefined || !row.page || row.expires_at <= clock.now()) return []
    return [
      {
        id: row.grant_id,
        contact: row.contact_id,
        name,
        scope: scopeOfBits(row.scope),
        expiresAt: row.expires_at,
        ...row.page,
      },
    ]
  }

  return {
    given: createLive(
      async () => {
        const { standing } = readGiven(await documents.read(grantsDocument))
        const peers = await peersOf()
        return [...standing].flatMap(([id, terms]) => givenOf(id, terms, peers)).toSorted(byEnd)
      },
      anyOf(store.committed, refusals),
    ),

    received: createLive(async () => {
      const peers = await peersOf()
      return (await readReceived(store)).flatMap((row) => receivedOf(row, peers)).toSorted(byEnd)
    }, store.committed),

    async give(request) {
      assertRequest(request, clock.now())
      const { contact, expiresAt, from } = request
      const peers = await peersOf()
      const peer = peers.get(contact)
      if (!peer) throw new Problem('contact/unknown')
      const id = stampUuid<GrantId>(crypto.random(16), 4)
      const bits = bitsOfScope(request.scope)
      const granting = { id, scope: bits, expires: expiresAt, key: crypto.random(32) }
      const terms: Terms = {
        contact,
        scope: scopeOfBits(bits),
        from,
        expiresAt,
        key: granting.key,
        sealed: sealGrant(crypto, granting, peer),
      }
      await documents.write((tx) =>
        documents.edit(tx, grantsDocument, (doc) => {
          assertRoom(doc, peers)
          writeGiven(doc, id, terms, author())
        }),
      )
      written()
      return givenOf(id, terms, peers)[0]!
    },

    async revoke(id) {
      await documents.write(async (tx) => {
        await documents.edit(tx, grantsDocument, (doc) => writeRevoked(doc, id, author()))
        await tx.query('DELETE FROM stored_pages WHERE grant_id = $1', [id])
      })
      written()
    },

    refresh() {
      const next = round.catch(() => {}).then(exchange)
      round = next
      return next
    },
  }
}
