/**
 * A batch of operations of one device, in one transaction (W35–W37): replays get their stored outcome,
 * the next number is applied or rejected and used up either way, and a gap ends the batch. The account
 * row is locked first and the device row second, so that what an epoch's cut counts cannot change
 * while the entry is checked, and batches of one device follow each other.
 */
import {
  decode,
  isEnvelopeOp,
  isOpKind,
  Problem,
  sameBytes,
  vaultAppend,
  type LogRefusal,
  type OpKind,
  type OpOutcome,
  type OpsAnswer,
  type VaultId,
  type VaultView,
  type WireCrypto,
} from '@selene/shapes'
import type { Log } from '../core/log.ts'
import type { Db, Transaction } from '../db/db.ts'
import type { Rejection } from './checked-envelope.ts'
import { applySnapshot, applyVerdict } from './doc-snapshot.ts'
import { applyChained } from './doc-update.ts'
import { outcomeOf, type Holder, type Ledger, type LedgerRow } from './ledger.ts'
import { identityOf, unknownKindHash, type IncomingOp } from './op-identity.ts'
import type { Prunings } from './pruning.ts'

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
  view: VaultView
  next: number
  lastEnvelope: number
  applied: number
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
    const { txid } = row
    return { tx, holder, txid, known, view, next, lastEnvelope: Number(row.last), applied: 0 }
  }

  async function apply(run: Run, op: IncomingOp): Promise<Applied> {
    const { tx, holder, view } = run
    const { kind } = op
    if (!isOpKind(kind)) return { code: 'outbox/op-unknown' }
    if (await ledger.wasApplied(tx, holder, op.op)) return { code: 'outbox/op-reused' }
    if (!view.members.has(holder.device)) return { code: 'vault/not-member' }
    const context = { tx, view, holder, crypto }
    if (kind === 'doc.verdict') return { code: await applyVerdict(context, op, prunings) }
    if (isEnvelopeOp(kind)) {
      const code =
        kind === 'doc.snapshot'
          ? await applySnapshot(context, { ...op, kind }, prunings)
          : await applyChained(context, { ...op, kind })
      return { code, envelope: code === undefined }
    }
    const addition = decode(vaultAppend, op.body)
    if (!addition.ok) return { code: addition.code }
    // The entry's cut is compared with the stored counters, this batch's envelopes among them.
    await saveCounters(run)
    const appended = await vaultLog.append(tx, view, addition.value)
    return appended.ok ? { code: undefined, view: appended.view } : { code: appended.code }
  }

  /** Applies or rejects the next operation and uses up its number, or changes nothing and throws. */
  const settle = (run: Run, op: IncomingOp): Promise<LedgerRow> =>
    run.tx.savepoint(async () => {
      const { code, view, envelope } = await apply(run, op)
      const hash = identityOf(op, crypto)
      const { op: id, deviceSeq } = op
      const kind = isOpKind(op.kind) ? op.kind : 'unknown'
      const row = { deviceSeq, op: id, kind, hash, code, txid: run.txid }
      await ledger.record(run.tx, run.holder, row)
      run.next += 1
      if (code === undefined) run.applied += 1
      if (envelope) run.lastEnvelope = deviceSeq
      if (view) run.view = view
      return row
    })

  /** Takes the operations in turn and ends at the first gap. */
  async function walk(run: Run, ops: readonly IncomingOp[]): Promise<OpOutcome[]> {
    const outcomes: OpOutcome[] = []
    for (const op of ops) {
      if (op.deviceSeq > run.next) break
      if (op.deviceSeq < run.next) {
        outcomes.push(replay(op, run.known.get(op.deviceSeq), crypto))
        continue
      }
      try {
        const row = await settle(run, op)
        run.known.set(op.deviceSeq, row)
        outcomes.push(outcomeOf(row))
      } catch (error) {
        // What came before it still counts; as the first of its batch it fails the request.
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
