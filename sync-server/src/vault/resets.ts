/**
 * Resets of the way back (W16): the log says that one is pending, this clock says from when on it may be
 * completed. A thief with an unlocked phone gets no further than her next look at any device.
 */
import { limits, memberId, type SignedEntry, type VaultView, type WireCrypto } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Transaction } from '../db/db.ts'
import { dropCard, type Step } from './members.ts'

export interface Resets {
  /** Whether the entry may be appended now; only the completion of a reset has to wait. */
  allow(tx: Transaction, view: VaultView, entry: SignedEntry): Promise<boolean>
  /** Keeps the time of a reset that begins with the entry, and forgets one that ends with it. */
  store(tx: Transaction, step: Step): Promise<void>
}

export function createResets({ crypto, clock }: { crypto: WireCrypto; clock: Clock }): Resets {
  return {
    async allow(tx, view, { payload }) {
      if (payload.type !== 'reset-completed') return true
      const [row] = await tx.query<{ effective_at: Date }>(
        'SELECT effective_at FROM recovery_resets WHERE vault_id = $1 AND seq = $2',
        [view.vault, payload.reset],
      )
      return row !== undefined && row.effective_at.getTime() <= clock.now()
    },

    async store(tx, { before, view }) {
      const { vault } = view
      const [was, is] = [before?.reset, view.reset]
      if (was && was.seq !== is?.seq) {
        await tx.query('DELETE FROM recovery_resets WHERE vault_id = $1', [vault])
        const id = memberId(was.member, crypto)
        if (!view.members.has(id)) await dropCard(tx, vault, id)
      }
      if (is && is.seq !== was?.seq)
        await tx.query(
          'INSERT INTO recovery_resets (vault_id, seq, effective_at) VALUES ($1, $2, $3)',
          [vault, is.seq, new Date(clock.now() + limits.resetSeconds * 1000)],
        )
    },
  }
}
