/**
 * Tells the other processes on the same database whose inbox has something new. Sent after the commit,
 * never inside its transaction, where it would make commits wait for each other. One that is lost is
 * made good by the sweep.
 */
import { bytesToHex, type VaultId } from '@selene/shapes'
import type { Random } from '../core/random.ts'
import type { Db } from '../db/db.ts'

const channel = 'selene_live'
/** A payload may not reach 8,000 bytes; an id and its space take 37. */
const accountsPerPayload = 200

export interface Announcements {
  tell(accounts: readonly VaultId[]): Promise<void>
  close(): Promise<void>
}

interface Heard {
  /** Another process has news for these. */
  accounts(accounts: readonly VaultId[]): void
  /** Something may have been missed. */
  gap(): void
}

export async function createAnnouncements(
  { db, random }: { db: Db; random: Random },
  heard: Heard,
): Promise<Announcements> {
  // This process has acted on its own announcements before it made them.
  const self = bytesToHex(random.bytes(8))
  const stop = await db.listen(channel, (payload) => {
    const [sender, ...accounts] = payload.split(' ')
    if (payload === '') heard.gap()
    else if (sender !== self) heard.accounts(accounts as VaultId[])
  })
  return {
    async tell(accounts) {
      for (let at = 0; at < accounts.length; at += accountsPerPayload)
        await db.query('SELECT pg_notify($1, $2)', [
          channel,
          [self, ...accounts.slice(at, at + accountsPerPayload)].join(' '),
        ])
    },
    close: stop,
  }
}
