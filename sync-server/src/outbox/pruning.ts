/**
 * Rows that a snapshot covers go once nobody can need them (W25): a week after another device has rebuilt
 * it and found it right, or after 30 days where there is one device only; never when a device found it bad.
 */
import type { DocId, VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Db, Transaction } from '../db/db.ts'

interface Place {
  readonly vault: VaultId
  readonly doc: DocId
  readonly number: number
}

export interface Prunings {
  /** A snapshot was stored; it will be looked at again in 30 days. */
  stored(tx: Transaction, place: Place): Promise<void>
  /** Another device has confirmed it; it will be looked at again in a week. */
  confirmed(tx: Transaction, place: Place): Promise<void>
  /** Prunes what is due. @returns whether rows went. */
  sweep(): Promise<boolean>
}

const dayMs = 86_400_000
const confirmedMs = 7 * dayMs
const aloneMs = 30 * dayMs
/** Snapshots in one round; the rest in the next, some seconds later. */
const perRound = 100

/** A snapshot may prune: nobody found it bad, and another device confirmed it or there is none. */
const maySql = `
  NOT EXISTS (SELECT 1 FROM doc_verdicts v WHERE v.vault_id = $1 AND v.doc_id = $2
    AND v.number = $3 AND v.verdict = 'bad')
  AND (EXISTS (SELECT 1 FROM doc_verdicts v WHERE v.vault_id = $1 AND v.doc_id = $2
      AND v.number = $3 AND v.verdict = 'ok')
    OR (SELECT count(*) FROM devices d WHERE d.vault_id = $1 AND d.removed_at IS NULL) = 1)`

export function createPrunings({ db, clock }: { db: Db; clock: Clock }): Prunings {
  async function due(tx: Transaction, { vault, doc, number }: Place, ms: number): Promise<void> {
    await tx.query(
      `INSERT INTO doc_prunings VALUES ($1, $2, $3, $4)
        ON CONFLICT (vault_id, doc_id, number)
        DO UPDATE SET due_at = least(doc_prunings.due_at, excluded.due_at)`,
      [vault, doc, number, new Date(clock.now() + ms)],
    )
  }

  /** Prunes by one snapshot. The account's lock keeps a verdict or a snapshot from coming in between. */
  const prune = ({ vault, doc, number }: Place): Promise<boolean> =>
    db.transaction(async (tx) => {
      const place = [vault, doc, number] as const
      await tx.query('SELECT 1 FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE', [vault])
      await tx.query(
        'DELETE FROM doc_prunings WHERE vault_id = $1 AND doc_id = $2 AND number = $3',
        place,
      )
      const [may] = await tx.query(`SELECT 1 WHERE ${maySql}`, place)
      if (!may) return false
      // A device's newest envelope stays: the cut that ends an epoch is made of what others can see.
      await tx.query(
        `DELETE FROM doc_updates u USING doc_covers c, devices d
          WHERE c.vault_id = $1 AND c.doc_id = $2 AND c.number = $3
            AND u.vault_id = $1 AND u.doc_id = $2 AND u.device_id = c.device_id
            AND u.doc_seq <= c.doc_seq AND d.vault_id = $1 AND d.device_id = u.device_id
            AND u.device_seq < d.last_envelope_seq`,
        place,
      )
      await tx.query(
        `DELETE FROM doc_snapshots s USING devices d
          WHERE s.vault_id = $1 AND s.doc_id = $2 AND s.number < $3
            AND d.vault_id = $1 AND d.device_id = s.device_id AND s.device_seq < d.last_envelope_seq`,
        place,
      )
      return true
    })

  return {
    stored: (tx, place) => due(tx, place, aloneMs),
    confirmed: (tx, place) => due(tx, place, confirmedMs),
    async sweep() {
      const ripe = await db.query<Place>(
        `SELECT vault_id AS vault, doc_id AS doc, number FROM doc_prunings
          WHERE due_at <= $1 ORDER BY due_at LIMIT ${perRound}`,
        [new Date(clock.now())],
      )
      let pruned = false
      for (const place of ripe) pruned = (await prune(place)) || pruned
      return pruned
    },
  }
}
