/**
 * The ledger of a device's operations: one row per outcome until the device says that it has stored
 * it (W35, W39).
 */
import type { DeviceId, OpId, OpOutcome, ProblemCode, VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Transaction } from '../db/db.ts'
import { toUuidArray } from '../db/uuid-array.ts'
import { toList } from './list-parameter.ts'

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
  /** Which of these were applied. */
  applied(tx: Transaction, holder: Holder, ops: readonly OpId[]): Promise<Set<OpId>>
  record(tx: Transaction, holder: Holder, rows: readonly LedgerRow[]): Promise<void>
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
        `SELECT device_seq, op_id, kind, body_hash, code, txid
          FROM unnest($3::text::bigint[]) AS asked (device_seq) JOIN op_ledger USING (device_seq)
          WHERE vault_id = $1 AND device_id = $2`,
        [vault, device, toList(numbers)],
      )
      return new Map(rows.map((row) => [Number(row.device_seq), fromSql(row)]))
    },
    async applied(tx, { vault, device }, ops) {
      if (ops.length === 0) return new Set()
      const rows = await tx.query<{ op: OpId }>(
        `SELECT op_id AS op FROM unnest($3::text::uuid[]) AS asked (op_id) JOIN op_ledger USING (op_id)
          WHERE vault_id = $1 AND device_id = $2 AND outcome = 'applied'`,
        [vault, device, toUuidArray(ops)],
      )
      return new Set(rows.map(({ op }) => op))
    },
    async record(tx, { vault, device }, rows) {
      await tx.query(
        `INSERT INTO op_ledger
          (vault_id, device_id, stored_on, device_seq, op_id, kind, body_hash, outcome, code, txid)
          SELECT $1, $2, $3, seq, op, kind, hash,
            CASE WHEN code IS NULL THEN 'applied' ELSE 'rejected' END, code, txid
          FROM unnest($4::text::bigint[], $5::text::uuid[], $6::text::text[], $7::text::bytea[],
            $8::text::text[], $9::text::xid8[]) AS rows (seq, op, kind, hash, code, txid)`,
        [
          vault,
          device,
          new Date(deps.clock.now()).toISOString().slice(0, 10),
          toList(rows.map((row) => row.deviceSeq)),
          toUuidArray(rows.map((row) => row.op)),
          toList(rows.map((row) => row.kind)),
          toList(rows.map((row) => row.hash)),
          toList(rows.map((row) => row.code)),
          toList(rows.map((row) => row.txid)),
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
