/**
 * The linking mailbox (W19): a new device and a member leave each other up to three sealed messages
 * under a rendezvous and a token that only the two know. A link lives two minutes; each message is
 * written once, and the same bytes again are the same message.
 */
import { createHash } from 'node:crypto'
import { limits, Problem, sameBytes, type LinkId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { sameSecret } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'

/** Which place of which link, and the token that opens it. */
export interface Place {
  readonly link: LinkId
  readonly token: Uint8Array
  /** 1 to `limits.linkMessages`. */
  readonly number: number
}

export interface Mailbox {
  /**
   * Opens a link; again with the same token is no change.
   * @throws {@link Problem} link/refused when the link exists under another token, server/overloaded.
   */
  open(link: LinkId, token: Uint8Array): Promise<void>
  /** @throws {@link Problem} link/expired, link/refused, or link/full when other bytes are there. */
  put(place: Place, message: Uint8Array): Promise<void>
  /** What is at a place now. @throws {@link Problem} link/expired or link/refused. */
  get(place: Place): Promise<Uint8Array | undefined>
}

interface LinkRow {
  token_hash: Uint8Array
  expires_at: Date
}

export function createMailbox(
  { db, clock }: { db: Db; clock: Clock },
  options: { openLinks: number } = { openLinks: 1000 },
): Mailbox {
  async function enter({ link, token }: Place): Promise<void> {
    const [row] = await db.query<LinkRow>(
      'SELECT token_hash, expires_at FROM links WHERE link_id = $1',
      [link],
    )
    if (!row || row.expires_at.getTime() <= clock.now()) throw new Problem('link/expired')
    if (!sameSecret(row.token_hash, hashOf(token))) throw new Problem('link/refused')
  }

  async function read({ link, number }: Place): Promise<Uint8Array | undefined> {
    const [row] = await db.query<{ message: Uint8Array }>(
      'SELECT message FROM link_messages WHERE link_id = $1 AND number = $2',
      [link, number],
    )
    return row?.message
  }

  return {
    async open(link, token) {
      const now = clock.now()
      await db.query('DELETE FROM links WHERE expires_at <= $1', [new Date(now)])
      const opened = await db.query(
        `INSERT INTO links (link_id, token_hash, expires_at)
          SELECT $1, $2, $3 WHERE (SELECT count(*) FROM links) < $4
          ON CONFLICT DO NOTHING RETURNING link_id`,
        [link, hashOf(token), new Date(now + limits.linkSeconds * 1000), options.openLinks],
      )
      if (opened.length > 0) return
      const [there] = await db.query<LinkRow>('SELECT token_hash FROM links WHERE link_id = $1', [
        link,
      ])
      if (!there) throw new Problem('server/overloaded', { retryAfterSeconds: limits.linkSeconds })
      if (!sameSecret(there.token_hash, hashOf(token))) throw new Problem('link/refused')
    },

    async put(place, message) {
      await enter(place)
      const written = await db.query(
        `INSERT INTO link_messages (link_id, number, message) VALUES ($1, $2, $3)
          ON CONFLICT DO NOTHING RETURNING number`,
        [place.link, place.number, message],
      )
      if (written.length > 0) return
      const there = await read(place)
      if (!there || !sameBytes(there, message)) throw new Problem('link/full')
    },

    async get(place) {
      await enter(place)
      return read(place)
    },
  }
}

const hashOf = (token: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(token).digest())
