/**
 * A batch of operations of one device, in one transaction (W35–W37): replays get their stored outcome,
 * the next number is applied or rejected and used up either way, and a gap ends the batch. Numbers that
 * follow each other and continue chains are settled together, as they would be one by one. The account
 * row is locked first and the device row second, so that what an epoch's cut counts cannot change
 * while the entry is checked, and batches of one device follow each other.
 */
import {
  decode,
  isOpKind,
  Problem,
  sameBytes,
  vaultAppend,
  type LogRefusal,
  type OpId,
  type OpKind,
  type OpOutcome,
  type OpsAnswer,
  type VaultId,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Log } from '../core/log.ts'
import type { Db, Transaction } from '../db/db.ts'
import { applyChained } from './chained-run.ts'
import type { Rejection } from './checked-envelope.ts'
import { applySnapshot, applyVerdict } from './doc-snapshot.ts'
import { outcomeOf, type Holder, type Ledger, type LedgerRow } from './ledger.ts'
import { identityOf, unknownKindHash, type IncomingOp } from './op-identity.ts'
import type { Prunings } from './pruning.ts'
import { isChained, takeTogether } from './together.ts'

/** What the outbox needs of the vault log. */
export interface VaultLogPort {
  load(tx: Transaction, vault: VaultId): Promise<VaultView | undefined>
  append(
    tx: Transaction,
    view: VaultView,
    addition: { entry: Uint8Array; cards: readonly Uint8Array[] },
  ): Promise<
    { ok: true; view: VaultView } | { ok: false; code: LogRefusal | 'vault/reset-pending' }
  >
}

export interface BatchDeps {
  readonly db: Db
  readonly crypto: WireCrypto
  readonly log: Log
  readonly ledger: Ledger
  readonly vaultLog: VaultLogPort
  readonly prunings: Prunings
}

export interface BatchRequest {
  readonly ops: readonly IncomingOp[]
  /** Highest number whose outcome the device has stored. */
  readonly acked: number
}

export interface BatchResult {
  readonly answer: OpsAnswer
  /** Whether tables changed, so that readers are to be woken. */
  readonly changed: boolean
}

/** A running batch: the counters of its device, and the vault as its log shows it now. */
interface Run {
  readonly tx: Transaction
  readonly holder: Holder
  readonly txid: string
  /** Stored outcomes of the numbers that the batch repeats. */
  readonly known: Map<number, LedgerRow>
  /** Which of the batch's ids are applied, before it or in it. */
  readonly used: Set<OpId>
  view: VaultView
  next: number
  lastEnvelope: number
  applied: number
  /** Whether several may be settled at once: until that has failed. */
  together: boolean
}

/** Changed for the whole vault: nothing else of it may happen at the same time. */
const alone: ReadonlySet<string> = new Set<OpKind>(['vault.append', 'doc.snapshot', 'doc.verdict'])

/** @throws {@link Problem} outbox/equivocation or vault/member-removed; then nothing has happened. */
export type RunBatch = (holder: Holder, request: BatchRequest) => Promise<BatchResult>

export function createRunBatch(deps: BatchDeps): RunBatch {
  const { db, crypto, log, ledger, vaultLog, prunings } = deps

  async function begin(tx: Transaction, holder: Holder, ops: readonly IncomingOp[]): Promise<Run> {
    const { vault, device } = holder
    // The stronger lock is taken at once: two batches that upgraded theirs would wait for each other.
    const lock = ops.some((op) => alone.has(op.kind)) ? 'NO KEY UPDATE' : 'SHARE'
    await tx.query(`SELECT 1 FROM accounts WHERE account_id = $1 FOR ${lock}`, [vault])
    const [row] = await tx.query<{ next: bigint; last: bigint; txid: string }>(
      `SELECT next_device_seq AS next, last_envelope_seq AS last, pg_current_xact_id() AS txid
        FROM devices WHERE vault_id = $1 AND device_id = $2 AND removed_at IS NULL
        FOR NO KEY UPDATE`,
      [vault, device],
    )
    const view = await vaultLog.load(tx, vault)
    if (!row || !view) throw new Problem('vault/member-removed')
    const next = Number(row.next)
    const numbers = ops.map((op) => op.deviceSeq).filter((number) => number < next)
    const known = await ledger.find(tx, holder, numbers)
    const ids = ops.filter((op) => op.deviceSeq >= next).map(({ op }) => op)
    const used = await ledger.applied(tx, holder, ids)
    const { txid, last } = row
    const counters = { next, lastEnvelope: Number(last), applied: 0 }
    return { tx, holder, txid, known, used, view, ...counters, together: true }
  }

  async function apply(run: Run, op: IncomingOp): Promise<Applied> {
    const { tx, holder, view } = run
    const { kind } = op
    if (!isOpKind(kind)) return { code: 'outbox/op-unknown' }
    if (run.used.has(op.op)) return { code: 'outbox/op-reused' }
    const context = { tx, view, holder, crypto }
    if (kind === 'doc.snapshot') {
      const code = await applySnapshot(context, { ...op, kind }, prunings)
      return { code, envelope: code === undefined }
    }
    if (!view.members.has(holder.device)) return { code: 'vault/not-member' }
    if (kind === 'doc.verdict') return { code: await applyVerdict(context, op, prunings) }
    const addition = decode(vaultAppend, op.body)
    if (!addition.ok) return { code: addition.code }
    // The entry's cut is compared with the stored counters, this batch's envelopes among them.
    await saveCounters(run)
    const appended = await vaultLog.append(tx, view, addition.value)
    return appended.ok ? { code: undefined, view: appended.view } : { code: appended.code }
  }

  async function applyAll(run: Run, ops: readonly IncomingOp[]): Promise<Applied[]> {
    const { tx, holder, view, used } = run
    if (!ops.every(isChained)) return [await apply(run, ops[0]!)]
    const codes = await applyChained({ tx, view, holder, crypto }, { ops, used })
    return codes.map((code) => ({ code, envelope: code === undefined }))
  }

  /** Applies or rejects the next operations and uses up their numbers, or changes nothing and throws. */
  async function settle(run: Run, ops: readonly IncomingOp[]): Promise<LedgerRow[]> {
    const { tx, holder, txid } = run
    const settled = await tx.savepoint(async () => {
      const results = await applyAll(run, ops)
      const rows = results.map(({ code }, i) => rowOf(ops[i]!, code, txid))
      await ledger.record(tx, holder, rows)
      return { results, rows }
    })
    for (const [i, { code, view, envelope }] of settled.results.entries()) {
      const { op, deviceSeq } = ops[i]!
      run.next += 1
      if (code === undefined) {
        run.applied += 1
        run.used.add(op)
      }
      if (envelope) run.lastEnvelope = deviceSeq
      if (view) run.view = view
    }
    return settled.rows
  }

  function rowOf(op: IncomingOp, code: Rejection, txid: string): LedgerRow {
    const kind = isOpKind(op.kind) ? op.kind : 'unknown'
    return { deviceSeq: op.deviceSeq, op: op.op, kind, hash: identityOf(op, crypto), code, txid }
  }

  /** Takes the operations in turn and ends at the first gap. */
  async function walk(run: Run, ops: readonly IncomingOp[]): Promise<OpOutcome[]> {
    const outcomes: OpOutcome[] = []
    for (let op = ops[0]; op; op = ops[outcomes.length]) {
      if (op.deviceSeq > run.next) break
      if (op.deviceSeq < run.next) {
        outcomes.push(replay(op, run.known.get(op.deviceSeq), crypto))
        continue
      }
      const taken = run.together ? takeTogether(ops, outcomes.length) : [op]
      try {
        for (const row of await settle(run, taken)) {
          run.known.set(row.deviceSeq, row)
          outcomes.push(outcomeOf(row))
        }
      } catch (error) {
        // What came before the one that fails still counts, so they are taken one by one to find it.
        if (taken.length > 1) {
          log.warn({ error }, 'operations failed together and are taken one by one')
          run.together = false
          continue
        }
        // As the first of its batch it fails the request.
        if (outcomes.length === 0) throw error
        log.error({ error }, 'an operation failed and ended its batch')
        break
      }
    }
    return outcomes
  }

  return (holder, { ops, acked }) =>
    db.transaction(async (tx) => {
      const run = await begin(tx, holder, ops)
      const outcomes = await walk(run, ops)
      await saveCounters(run)
      await ledger.forget(tx, holder, Math.min(acked, run.next - 1))
      const changed = run.applied > 0
      // A reader waits for the transaction that changed rows, which a replay's own did not.
      const txid = changed ? run.txid : latestTxid(run)
      const following = ops[outcomes.length]
      const stopped =
        following && following.deviceSeq > run.next && ({ stopped: 'outbox/gap' } as const)
      return { changed, answer: { txid, outcomes, next_device_seq: run.next, ...stopped } }
    })
}

async function saveCounters({ tx, holder, next, lastEnvelope }: Run): Promise<void> {
  await tx.query(
    `UPDATE devices SET next_device_seq = $3, last_envelope_seq = $4
      WHERE vault_id = $1 AND device_id = $2`,
    [holder.vault, holder.device, next, lastEnvelope],
  )
}

interface Applied {
  readonly code: Rejection
  readonly view?: VaultView
  readonly envelope?: boolean
}

function replay(op: IncomingOp, row: LedgerRow | undefined, crypto: WireCrypto): OpOutcome {
  if (!row) return { op_id: op.op, device_seq: op.deviceSeq, outcome: 'duplicate' }
  const unknown = row.code === 'outbox/op-unknown'
  const hash = unknown ? unknownKindHash(op, crypto) : identityOf(op, crypto)
  if (!sameBytes(hash, row.hash)) throw new Problem('outbox/equivocation')
  return { ...outcomeOf(row), replayed: true }
}

function latestTxid({ known, txid }: Run): string {
  const stored = [...known.values()].map((row) => BigInt(row.txid))
  return stored.length > 0 ? String(stored.reduce((a, b) => (a > b ? a : b))) : txid
}
