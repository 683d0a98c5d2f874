/**
 * The way out for a store that was restored or cloned (W37): it never goes on with that identity, which
 * somebody else may be using. It reads everything first, then takes on new keys in one entry that removes
 * the old ones, and queues what it has not sent afresh.
 */
import type { Signal } from '../core/signal.ts'
import type { Primitives } from '../crypto/primitives.ts'
import { putBack } from '../docs/put-back.ts'
import type { Store, StoreTx } from '../store/store.ts'
import { rowToOp, startSequenceAnew, type QueuedRow } from '../sync/sealed-queue.ts'
import { forgetSession } from '../sync/session.ts'
import { deviceMember, sealLabel, signEntry } from '../vault/entry.ts'
import { makeReplacement } from '../vault/epoch-change.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { Replication } from './replication.ts'
import { isUpToDate } from './sync-state.ts'
import type { VaultChanges } from './vault-changes.ts'

/** Part of the transaction in which the keys change: nothing of the old identity's sequence is used again. */
export async function queueAfresh(tx: StoreTx): Promise<void> {
  const rows = await tx.query<QueuedRow>(
    'SELECT * FROM outbox WHERE doc_id IS NOT NULL AND NOT again ORDER BY device_seq DESC',
  )
  for (const row of rows) await putBack(tx, rowToOp(row))
  await startSequenceAnew(tx)
  await forgetSession(tx)
}

interface Deps {
  readonly store: Store
  readonly crypto: Primitives
  readonly vault: LocalVault
  readonly replication: Replication
  readonly changes: VaultChanges
  /** Name of this device as her other devices show it. */
  readonly label: string
}

export interface Renewal {
  stop(): Promise<void>
}

export function watchForRenewal(deps: Deps & { readonly changed: Signal }): Renewal {
  const { store, crypto, vault, replication, changes, label } = deps
  let renewing: Promise<void> | undefined
  /** The keys are new, and what was said of the old ones still stands in the facts, until something was sent. */
  let isSettling = false

  async function renew(): Promise<void> {
    await changes.apply(async (log) => {
      const keys = await store.write((tx) => vault.nextKeys(tx))
      const sealed = sealLabel(crypto, { epochKey: log.epoch.key, id: keys.id, label })
      const place = { ...log, author: vault.device }
      const entry = makeReplacement(crypto, place, {
        removed: [vault.device],
        added: [deviceMember(keys, sealed)],
      })
      const signers = [vault.keys.sign, keys.sign, keys.sos].map((pair) => pair.secretKey)
      return { entry: signEntry(crypto, entry, signers) }
    })
    isSettling = true
    replication.wake()
  }

  function look(): void {
    const facts = replication.facts()
    const restored = facts.problems.get('outbox')?.code === 'store/restored'
    if (!restored) isSettling = false
    // What is here must have met what is there, or blanks would be written over what it lacks.
    if (!restored || isSettling || renewing || facts.ending || facts.warning || !isUpToDate(facts))
      return
    renewing = renew()
      // The next failure to send, or the next opening, tries again; it is shown meanwhile.
      .catch(() => {})
      .finally(() => {
        renewing = undefined
      })
  }

  const end = deps.changed.subscribe(look)
  return {
    async stop() {
      end()
      await renewing
    },
  }
}
