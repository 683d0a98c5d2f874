/**
 * Keys of days (W57): what the server holds for responders is wrapped by the key of the day on which it
 * came. A key is destroyed when its day is two days past, and with it every copy that a backup may
 * still hold. Keys of days rest under the server key.
 */
import { concat, utf8, uuidToBytes, type AlertId, type OpId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { dayMilliseconds, dayOf } from '../core/day.ts'
import type { Random } from '../core/random.ts'
import { createServerKey, serverKeyBytes, type ServerKey } from '../core/server-key.ts'
import type { Db } from '../db/db.ts'
import type { HeldPart } from './alert.ts'

/** To what a wrapped key belongs. */
interface Place {
  readonly alert: AlertId
  readonly op: OpId
}

export interface DayKeys {
  wrap(place: Place, key: Uint8Array): Promise<Pick<HeldPart, 'wrappedKey' | 'day'>>
  /** The key again; `undefined` once its day's key is destroyed. */
  unwrap(place: Place, held: Pick<HeldPart, 'wrappedKey' | 'day'>): Promise<Uint8Array | undefined>
  /** Destroys keys that have served their time. */
  sweep(): Promise<void>
}

const contextOf = ({ alert, op }: Place): Uint8Array => concat(uuidToBytes(alert), uuidToBytes(op))

export function createDayKeys(deps: {
  db: Db
  clock: Clock
  random: Random
  serverKey: ServerKey
}): DayKeys {
  const { db, clock, random, serverKey } = deps
  const open = (day: string, row: { key: Uint8Array } | undefined): ServerKey | undefined => {
    const secret = row && serverKey.unwrap('day-key', utf8(day), row.key)
    return secret && createServerKey(secret, random)
  }

  async function load(day: string): Promise<ServerKey | undefined> {
    const sql = 'SELECT key FROM day_keys WHERE day = $1'
    return open(day, (await db.query<{ key: Uint8Array }>(sql, [day]))[0])
  }

  async function loadOrMake(day: string): Promise<ServerKey> {
    const made = serverKey.wrap('day-key', utf8(day), random.bytes(serverKeyBytes))
    const [row] = await db.query<{ key: Uint8Array }>(
      `WITH made AS (
          INSERT INTO day_keys (day, key) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING key
        )
        SELECT key FROM made UNION ALL SELECT key FROM day_keys WHERE day = $1`,
      [day, made],
    )
    // Neither, when another process makes it at this very moment.
    const key = row ? open(day, row) : await load(day)
    if (!key) throw new Error('the key of the day does not open')
    return key
  }

  return {
    async wrap(place, key) {
      const day = dayOf(clock.now())
      const wrapper = await loadOrMake(day)
      return { day, wrappedKey: wrapper.wrap('responder-key', contextOf(place), key) }
    },
    async unwrap(place, { day, wrappedKey }) {
      const wrapper = await load(day)
      return wrapper?.unwrap('responder-key', contextOf(place), wrappedKey)
    },
    async sweep() {
      const yesterday = dayOf(clock.now() - dayMilliseconds)
      await db.query('DELETE FROM day_keys WHERE day < $1', [yesterday])
    },
  }
}
