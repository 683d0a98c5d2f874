/**
 * The ledger of a device's operations: one row per outcome until the device says that it has stored
 * it (W35, W39).
 */
import type { DeviceId, OpId, OpOutcome, ProblemCode, VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Transaction } from '../db/db.ts'

/** Whose ledger. */
export interface Holder {
  readonly vault: VaultId
  readonly device: DeviceId
}

export interface LedgerRow {
  readonly deviceSeq: number
  readonly op: OpId
  /** A known kind, or `unknown`: the client's own word is not kept. */
  readonly kind: string
  readonly hash: Uint8Array
  /** Why it was rejected; absent when it was applied. */
  readonly code: ProblemCode | undefined
  readonly txid: string
}

export interface Ledger {
  /** Outcomes of these numbers; those that were forgotten are missing. */
  find(tx: Transaction, holder: Holder, numbers: readonly number[]): Promise<Map<number, LedgerRow>>
  wasApplied(tx: Transaction, holder: Holder, op: OpId): Promise<boolean>
  record(tx: Transaction, holder: Holder, row: LedgerRow): Promise<void>
  /** Forgets outcomes up to a number. */
  forget(tx: Transaction, holder: Holder, through: number): Promise<void>
}

interface SqlRow {
  device_seq: bigint
  op_id: OpId
  kind: string
  body_hash: Uint8Array
  code: ProblemCode | null
  txid: string
}

export function createLedger(deps: { clock: Clock }): Ledger {
  return {
    async find(tx, { vault, device }, numbers) {
      if (numbers.length === 0) return new Map()
      const rows = await tx.query<SqlRow>(
        `SELECT device_seq, op_id, kind, body_hash, code, txid FROM op_ledger
          WHERE vault_id = $1 AND device_id = $2 AND device_seq = ANY ($3::text::bigint[])`,
        [vault, device, `{${numbers.join(',')}}`],
      )
      return new Map(rows.map((row) => [Number(row.device_seq), fromSql(row)]))
    },
    async wasApplied(tx, { vault, device }, op) {
      const rows = await tx.query(
        `SELECT 1 FROM op_ledger
          WHERE vault_id = $1 AND device_id = $2 AND op_id = $3 AND outcome = 'applied'`,
        [vault, device, op],
      )
      return rows.length > 0
    },
    async record(tx, { vault, device }, row) {
      await tx.query(
        `INSERT INTO op_ledger
          (vault_id, device_id, device_seq, op_id, kind, body_hash, outcome, code, txid, stored_on)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          vault,
          device,
          row.deviceSeq,
          row.op,
          row.kind,
          row.hash,
          row.code === undefined ? 'applied' : 'rejected',
          row.code ?? null,
          row.txid,
          new Date(deps.clock.now()).toISOString().slice(0, 10),
        ],
      )
    },
    async forget(tx, { vault, device }, through) {
      await tx.query(
        'DELETE FROM op_ledger WHERE vault_id = $1 AND device_id = $2 AND device_seq <= $3',
        [vault, device, through],
      )
    },
  }
}

const fromSql = (row: SqlRow): LedgerRow => ({
  deviceSeq: Number(row.device_seq),
  op: row.op_id,
  kind: row.kind,
  hash: row.body_hash,
  code: row.code ?? undefined,
  txid: row.txid,
})

/** The outcome as the device gets it. */
export const outcomeOf = (row: LedgerRow): OpOutcome => ({
  op_id: row.op,
  device_seq: row.deviceSeq,
  outcome: row.code === undefined ? 'applied' : 'rejected',
  ...(row.code !== undefined && { code: row.code }),
})
