/**
 * The vault log on the server (W15): entries pass the same fold as on every device, their cut is
 * compared with what is stored here, and log, devices and cards change together in the caller's
 * transaction. The caller holds the account's row lock, so entries of a vault come one at a time.
 */
import {
  addedMembers,
  appendEntry,
  epochOf,
  headOf,
  memberId,
  startVault,
  type DeviceId,
  type Folded,
  type LogRefusal,
  type Member,
  type MemberId,
  type SignedEntry,
  type VaultId,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { ServerKey } from '../core/server-key.ts'
import type { Transaction } from '../db/db.ts'
import { readBrought, storeBrought } from './brought.ts'
import { judgeCut } from './cut.ts'
import { storeMembers, type Step } from './members.ts'
import { createResets } from './resets.ts'

/** Signed entries with the cards of the recovery members that they add. */
export interface NewEntries {
  readonly entries: readonly Uint8Array[]
  readonly cards: readonly Uint8Array[]
  /** Public sign-in key of the phrase that they add. */
  readonly phraseKey?: Uint8Array | undefined
}

/** A new vault; `store` writes it once its account row is there. */
export type Founded =
  | { ok: true; vault: VaultId; founder: DeviceId; store: (tx: Transaction) => Promise<void> }
  | { ok: false; code: LogRefusal }
export type Appended =
  | { ok: true; view: VaultView }
  | { ok: false; code: LogRefusal | 'vault/reset-pending' }

export interface VaultLog {
  /** Checks the first entries and cards of a vault; nothing is stored. */
  found(first: NewEntries): Founded
  /** Appends an entry to the stored log, which `view` shows whole. */
  append(
    tx: Transaction,
    view: VaultView,
    addition: {
      entry: Uint8Array
      cards: readonly Uint8Array[]
      phraseKey?: Uint8Array | undefined
    },
  ): Promise<Appended>
}

export function createVaultLog(deps: {
  crypto: WireCrypto
  serverKey: ServerKey
  clock: Clock
}): VaultLog {
  const { crypto, serverKey } = deps
  const resets = createResets(deps)

  const addedBy = (entry: SignedEntry): [MemberId, Member][] =>
    addedMembers(entry.payload).map((member) => [memberId(member, crypto), member])

  function judgeEntry(
    before: VaultView | undefined,
    bytes: Uint8Array,
    stored: ReadonlyMap<DeviceId, number>,
  ): Folded {
    if (!before) return startVault(bytes, crypto)
    const folded = appendEntry(before, bytes, crypto)
    if (!folded.ok) return folded
    const epoch = epochOf(folded.entry.payload)
    if (!epoch) return folded
    const cut = judgeCut(epoch.cut, stored, (id) => before.members.has(id))
    if (cut === 'exact') return folded
    // Behind is what a race looks like, and like a moved head it is mended by building the entry anew.
    return { ok: false, code: cut === 'behind' ? 'vault/head-moved' : 'vault/entry-refused' }
  }

  async function storeStep(tx: Transaction, step: Step): Promise<void> {
    const { vault } = step.view
    const head = headOf(step.view)
    await tx.query(
      'INSERT INTO vault_log (vault_id, seq, entry, entry_hash) VALUES ($1, $2, $3, $4)',
      [vault, head.seq, step.bytes, head.hash],
    )
    await storeMembers(tx, step, new Date(deps.clock.now()))
    await resets.store(tx, step)
  }

  return {
    found({ entries, cards, phraseKey }) {
      const steps: Step[] = []
      for (const bytes of entries) {
        const folded = judgeEntry(steps.at(-1)?.view, bytes, new Map())
        if (!folded.ok) return folded
        steps.push({ before: steps.at(-1)?.view, bytes, ...folded })
      }
      const first = steps[0]
      const last = steps.at(-1)
      if (!first || !last?.view.members.has(first.entry.author))
        return { ok: false, code: 'vault/entry-refused' }
      const added = new Map(steps.flatMap((step) => addedBy(step.entry)))
      const read = readBrought(last.view, added, { cards, phraseKey })
      if (!read.ok) return read
      const { view } = last
      return {
        ok: true,
        vault: view.vault,
        founder: first.entry.author,
        async store(tx) {
          for (const step of steps) await storeStep(tx, step)
          await storeBrought(tx, serverKey, read.brought)
        },
      }
    },

    async append(tx, view, addition) {
      const folded = judgeEntry(view, addition.entry, await storedMaxima(tx, view.vault))
      if (!folded.ok) return folded
      // A vault ends by its own route, which takes everything with it.
      if (folded.view.erased) return { ok: false, code: 'vault/entry-refused' }
      if (!(await resets.allow(tx, view, folded.entry)))
        return { ok: false, code: 'vault/reset-pending' }
      const read = readBrought(folded.view, new Map(addedBy(folded.entry)), addition)
      if (!read.ok) return read
      await storeStep(tx, { before: view, bytes: addition.entry, ...folded })
      await storeBrought(tx, serverKey, read.brought)
      return { ok: true, view: folded.view }
    },
  }
}

async function storedMaxima(tx: Transaction, vault: VaultId): Promise<Map<DeviceId, number>> {
  const rows = await tx.query<{ device_id: DeviceId; last_envelope_seq: bigint }>(
    'SELECT device_id, last_envelope_seq FROM devices WHERE vault_id = $1 AND last_envelope_seq > 0',
    [vault],
  )
  return new Map(rows.map((row) => [row.device_id, Number(row.last_envelope_seq)]))
}
