/**
 * Invitations and the links that come of them (W44). The server carries two sealed introductions and
 * learns who is whose contact; the secret that opens them never reaches it. An invitation works once,
 * for 72 hours, and its id becomes the contact's id on both sides.
 */
import { limits, Problem, sameBytes, type ContactId, type VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Db, Queryable, Transaction } from '../db/db.ts'

/** An invitation and the sealed introduction of whoever is speaking. */
export interface Introduced {
  readonly contact: ContactId
  readonly account: VaultId
  readonly box: Uint8Array
}

/** How many invitations of one account may be open, and how many contacts it may have. */
const openInvites = 50
const mostContacts = 100

export interface Offer {
  readonly from: VaultId
  readonly box: Uint8Array
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

export interface Invitations {
  /**
   * Stores an offer and tells when it ends; the same again changes nothing.
   * @throws {@link Problem} outbox/equivocation for another offer under the id, contact/invite-unknown
   * for an id that a contact has, request/invalid beyond 50 that are open.
   */
  open(offer: Introduced): Promise<number>
  /**
   * The offer, for whoever knows its id.
   * @throws {@link Problem} contact/invite-unknown or contact/own-invite.
   */
  read(contact: ContactId, reader: VaultId): Promise<Offer>
  /**
   * Makes the two each other's contact, in place of an older link between them; tells whether that is
   * new. Of the same account the first answer stands.
   * @throws {@link Problem} contact/invite-unknown, contact/own-invite, request/invalid where one of the
   * two has 100 contacts.
   */
  accept(answer: Introduced): Promise<boolean>
  /**
   * Hands the other side of a link what the account has sealed about its new keys, in place of an earlier one; tells
   * whether that is another than before.
   * @throws {@link Problem} contact/unknown for who is no contact.
   */
  renew(renewal: Introduced): Promise<boolean>
  /** Removes the link for both sides, or the invitation; tells whether there was a link. */
  remove(contact: ContactId, account: VaultId): Promise<boolean>
  /** Removes invitations that have ended. */
  sweep(): Promise<void>
}

interface InviteRow {
  owner_id: VaultId
  offer: Uint8Array
  expires_at: Date
  accepted_by: VaultId | null
}

const inviteSql = `SELECT owner_id, offer, expires_at, accepted_by FROM invites WHERE invite_id = $1`

export function createInvitations({ db, clock }: { db: Db; clock: Clock }): Invitations {
  /** What the row lets this account do with the invitation. */
  function admit(row: InviteRow | undefined, reader: VaultId): InviteRow {
    if (!row) throw new Problem('contact/invite-unknown')
    if (row.owner_id === reader) throw new Problem('contact/own-invite')
    const open = row.accepted_by === null && row.expires_at.getTime() > clock.now()
    if (!open && row.accepted_by !== reader) throw new Problem('contact/invite-unknown')
    return row
  }

  return {
    async open({ contact, account, box }) {
      const now = clock.now()
      const expiresAt = new Date(now + limits.inviteSeconds * 1000)
      await db.query(
        `INSERT INTO invites (invite_id, owner_id, offer, expires_at)
          SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE contact_id = $1)
            AND (SELECT count(*) FROM invites
              WHERE owner_id = $2 AND accepted_by IS NULL AND expires_at > $5) < $6
          ON CONFLICT DO NOTHING`,
        [contact, account, box, expiresAt, new Date(now), openInvites],
      )
      const [row] = await db.query<InviteRow>(inviteSql, [contact])
      if (!row) throw await notOpened(db, contact)
      if (row.owner_id !== account || !sameBytes(row.offer, box))
        throw new Problem('outbox/equivocation')
      return row.expires_at.getTime()
    },

    async read(contact, reader) {
      const [row] = await db.query<InviteRow>(inviteSql, [contact])
      const { owner_id: from, offer: box, expires_at: end } = admit(row, reader)
      return { from, box, expiresAt: end.getTime() }
    },

    accept: (answer) =>
      db.transaction(async (tx) => {
        const { contact, account } = answer
        const [row] = await tx.query<InviteRow>(`${inviteSql} FOR UPDATE`, [contact])
        // A late repetition finds the link when the invitation itself has been swept away.
        if (!row && (await hasContact(tx, contact, account))) return false
        const invite = admit(row, account)
        if (invite.accepted_by !== null) return false
        await tx.query('UPDATE invites SET accepted_by = $2 WHERE invite_id = $1', [
          contact,
          account,
        ])
        await lockPair(tx, account, invite.owner_id)
        await link(tx, answer, invite)
        return true
      }),

    async renew({ contact, account, box }) {
      const rows = await db.query<{ renewed: boolean }>(
        `WITH other AS (
            SELECT o.owner_id, o.renewal <> $3 AS renewed FROM contacts mine JOIN contacts o
              ON o.owner_id = mine.peer_id AND o.contact_id = mine.contact_id AND o.peer_id = mine.owner_id
            WHERE mine.owner_id = $1 AND mine.contact_id = $2
            FOR UPDATE OF o
          ), written AS (
            UPDATE contacts c SET renewal = $3 FROM other
            WHERE c.owner_id = other.owner_id AND c.contact_id = $2 AND other.renewed
          )
          SELECT renewed FROM other`,
        [account, contact, box],
      )
      if (!rows[0]) throw new Problem('contact/unknown')
      return rows[0].renewed
    },

    remove: (contact, account) =>
      db.transaction(async (tx) => {
        // First of all, so that whoever accepts it at this moment has done so, or no longer can.
        await tx.query(
          'DELETE FROM invites WHERE invite_id = $1 AND $2 IN (owner_id, accepted_by)',
          [contact, account],
        )
        const [row] = await tx.query<{ peer_id: VaultId }>(
          'SELECT peer_id FROM contacts WHERE owner_id = $1 AND contact_id = $2',
          [account, contact],
        )
        if (!row) return false
        await lockPair(tx, account, row.peer_id)
        await tx.query(
          `DELETE FROM contacts WHERE contact_id = $1
            AND ((owner_id = $2 AND peer_id = $3) OR (owner_id = $3 AND peer_id = $2))`,
          [contact, account, row.peer_id],
        )
        return true
      }),

    async sweep() {
      await db.query('DELETE FROM invites WHERE expires_at <= $1', [new Date(clock.now())])
    },
  }
}

/** Why an invitation was not taken in. */
async function notOpened(db: Queryable, contact: ContactId): Promise<Problem> {
  const named = await db.query('SELECT 1 FROM contacts WHERE contact_id = $1', [contact])
  if (named.length > 0) return new Problem('contact/invite-unknown')
  const fault = `${openInvites} invitations are open: take one back, or wait until one ends`
  return new Problem('request/invalid', { faults: [fault] })
}

async function hasContact(tx: Queryable, contact: ContactId, owner: VaultId): Promise<boolean> {
  const found = await tx.query('SELECT 1 FROM contacts WHERE owner_id = $1 AND contact_id = $2', [
    owner,
    contact,
  ])
  return found.length > 0
}

/** Changes of the link between two people come one at a time, whoever of them makes them. */
async function lockPair(tx: Transaction, a: VaultId, b: VaultId): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    [a, b].toSorted().join(' '),
  ])
}

/**
 * Writes both rows of a link: each side reads the other's introduction.
 * @throws {@link Problem} request/invalid where one of the two has as many contacts as there may be.
 */
async function link(tx: Transaction, answer: Introduced, invite: InviteRow): Promise<void> {
  const { contact, account, box } = answer
  const { owner_id: inviter, offer } = invite
  await tx.query(
    `DELETE FROM contacts
      WHERE (owner_id = $1 AND peer_id = $2) OR (owner_id = $2 AND peer_id = $1)`,
    [inviter, account],
  )
  const written = await tx.query(
    `INSERT INTO contacts (owner_id, contact_id, peer_id, box)
      SELECT side.* FROM (VALUES ($1::uuid, $2::uuid, $3::uuid, $4::bytea), ($3, $2, $1, $5)) AS side
      WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE owner_id IN ($1, $3)
        GROUP BY owner_id HAVING count(*) >= $6::int)
      RETURNING owner_id`,
    [inviter, contact, account, box, offer, mostContacts],
  )
  if (written.length > 0) return
  const fault = `one of the two has ${mostContacts} contacts: remove one first`
  throw new Problem('request/invalid', { faults: [fault] })
}
