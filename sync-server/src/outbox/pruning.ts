/**
 * Rows that a snapshot covers go once nobody can need them (W25): a week after another device has rebuilt it and found
 * it right; after 30 days when no other device is active, so that nobody could; never when a device found it bad.
 *
 * A device is active while one of its sessions has not run out, that is for 30 days after it was last refreshed, signed
 * out or not. The sessions say so already: nothing is written down to know it.
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
  /** Another device has confirmed it, the first one; it will be looked at again in a week, and not before. */
  confirmed(tx: Transaction, place: Place): Promise<void>
  /** Prunes what is due. @returns whether rows went. */
  sweep(): Promise<boolean>
}

const dayMs = 86_400_000
const confirmedMs = 7 * dayMs
const aloneMs = 30 * dayMs
/** Snapshots in one round; the rest in the next, some seconds later. */
const perRound = 100
/** Until one that may not prune yet is looked at again: other devices fall silent, or are removed. */
const againMs = dayMs

/** What was found of a snapshot, and whether a device beside its author is active. */
const standingSql = `
  SELECT
    EXISTS (SELECT 1 FROM doc_verdicts v WHERE v.vault_id = $1 AND v.doc_id = $2
      AND v.number = $3 AND v.verdict = 'bad') AS bad,
    EXISTS (SELECT 1 FROM doc_verdicts v WHERE v.vault_id = $1 AND v.doc_id = $2
      AND v.number = $3 AND v.verdict = 'ok') AS ok,
    EXISTS (SELECT 1 FROM devices d
      JOIN sessions e ON e.account_id = d.vault_id AND e.device_id = d.device_id
      JOIN doc_snapshots s ON s.vault_id = d.vault_id AND s.device_id <> d.device_id
      WHERE s.vault_id = $1 AND s.doc_id = $2 AND s.number = $3
        AND d.removed_at IS NULL AND e.expires_at > $4) AS watched`

interface Standing {
  readonly bad: boolean
  readonly ok: boolean
  readonly watched: boolean
}

async function dropCovered(tx: Transaction, { vault, doc, number }: Place): Promise<void> {
  const place = [vault, doc, number]
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
}

export function createPrunings({ db, clock }: { db: Db; clock: Clock }): Prunings {
  const inMs = (ms: number): Date => new Date(clock.now() + ms)

  const due = (tx: Transaction, { vault, doc, number }: Place, ms: number) =>
    tx.query(
      `INSERT INTO doc_prunings VALUES ($1, $2, $3, $4)
        ON CONFLICT (vault_id, doc_id, number) DO UPDATE SET due_at = excluded.due_at`,
      [vault, doc, number, inMs(ms)],
    )

  /** Prunes by one snapshot. The account's lock keeps a verdict or a snapshot from coming in between. */
  const prune = (at: Place): Promise<boolean> =>
    db.transaction(async (tx) => {
      const place = [at.vault, at.doc, at.number]
      await tx.query('SELECT 1 FROM accounts WHERE account_id = $1 FOR NO KEY UPDATE', [at.vault])
      // An `ok` that came since this round began has put it off.
      const ripe = await tx.query(
        `DELETE FROM doc_prunings WHERE vault_id = $1 AND doc_id = $2 AND number = $3
          AND due_at <= $4 RETURNING number`,
        [...place, inMs(0)],
      )
      if (ripe.length === 0) return false
      const [standing] = await tx.query<Standing>(standingSql, [...place, inMs(0)])
      const { bad, ok, watched } = standing!
      if (bad) return false
      if (watched && !ok) {
        await due(tx, at, againMs)
        return false
      }
      await dropCovered(tx, at)
      return true
    })

  return {
    async stored(tx, place) {
      await due(tx, place, aloneMs)
    },
    async confirmed(tx, place) {
      await due(tx, place, confirmedMs)
    },
    async sweep() {
      const ripe = await db.query<Place>(
        `SELECT vault_id AS vault, doc_id AS doc, number FROM doc_prunings
          WHERE due_at <= $1 ORDER BY due_at LIMIT ${perRound}`,
        [inMs(0)],
      )
      let pruned = false
      for (const place of ripe) pruned = (await prune(place)) || pruned
      return pruned
    },
  }
}
