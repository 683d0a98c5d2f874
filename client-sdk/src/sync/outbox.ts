/**
 * The outbox (W34–W40). Waiting content is sealed at first send: numbered, sealed, **stored**, then
 * sent, and the same bytes go out until the server gives an outcome. One device sequence orders all
 * operations; a rejected one is sealed again or set aside, and never stands before what follows.
 */
import {
  bytesToBase64url,
  opsAnswer,
  Problem,
  retryableRejections,
  type OpId,
  type OpKind,
  type OpOutcome,
  type OpsAnswer,
  type OpsRequest,
  type ProblemCode,
} from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Reader, Store, StoreTx } from '../store/store.ts'
import {
  brokenKey,
  nextDeviceSeq,
  nextSeqKey,
  queueSealed,
  readBatch,
  rowToOp,
  type QueuedRow,
  type SealedOp,
} from './sealed-queue.ts'
import { ackedKey, keepSent, lastEnvelopeKey, queueAgain } from './sent-ops.ts'
import type { Session } from './session.ts'
import type { Outcome } from './write.ts'

/** What gives the outbox its content; called in the outbox's transactions. */
export interface Sealer {
  /** Takes the next waiting content and seals it under the given number. */
  next(tx: StoreTx, deviceSeq: number): Promise<SealedOp | undefined>
  /** The server has stored the operation. */
  applied(tx: StoreTx, op: SealedOp): Promise<void>
  /** Puts the content of a retryable rejection back, to be sealed anew. */
  restore(tx: StoreTx, op: SealedOp): Promise<void>
  /**
   * The server refuses what it had stored before: the content is put back.
   * @returns Whether a chain of this device's stands on it, which cannot be gone on with.
   */
  lost(tx: StoreTx, op: SealedOp): Promise<boolean>
}

export interface Outbox {
  /** Puts an operation with finished bytes into the queue. */
  enqueue(tx: StoreTx, op: { opId: OpId; kind: OpKind; body: Uint8Array }): Promise<void>
  /**
   * Seals what waits and sends one batch.
   * @throws {@link Problem} the server's, server/unreachable, auth/session-ended, outbox/sequence-lost, store/restored,
   * vault/member-removed; what was sealed is then sent again, byte for byte.
   */
  sendOnce(signal?: AbortSignal): Promise<Sent>
  /** Whether the server has lost, since this process began, what it had stored (W37). */
  wasRolledBack(): boolean
  /** Operations and edits without an outcome, and those set aside. */
  counts(reader: Reader): Promise<{ unsent: number; setAside: number }>
}

/**
 * What came of sending once: nothing waited, outcomes are stored and `more` had no room in the request, or content was
 * put back, and why.
 */
export type Sent =
  | { readonly sent: 'nothing' }
  | { readonly sent: 'batch'; readonly more: boolean }
  | { readonly sent: 'put-back'; readonly code: ProblemCode }

const sealedPerRound = 64
/** `duplicate` = applied so long ago that the ledger has forgotten the rest. */
const outcomeOf = ({ outcome, code }: OpOutcome): Outcome =>
  outcome === 'rejected' ? { outcome, code: code ?? 'server/unexpected' } : { outcome: 'applied' }

const isRetried = (row: QueuedRow, { outcome, code }: OpOutcome): boolean =>
  row.doc_id !== null && outcome === 'rejected' && !!code && retryableRejections.has(code)

async function takeFinished(tx: StoreTx): Promise<SealedOp | undefined> {
  const [row] = await tx.query<{ id: number; op_id: OpId; kind: OpKind; body: Uint8Array }>(
    'DELETE FROM pending_ops WHERE id = (SELECT min(id) FROM pending_ops) RETURNING *',
  )
  return row && { opId: row.op_id, kind: row.kind, body: row.body, edits: [row.op_id] }
}

/** Pairs outcomes with what was sent; an answer about anything else is not believed. */
function pairs(rows: readonly QueuedRow[], answer: OpsAnswer) {
  return answer.outcomes.map((outcome, i) => {
    const row = rows[i]
    if (row?.op_id !== outcome.op_id || row.device_seq !== outcome.device_seq)
      throw new Problem('server/unintelligible')
    return { row, outcome }
  })
}

interface Deps {
  readonly store: Store
  readonly http: Http
  readonly session: Session
  readonly clock: Clock
  readonly sealer: Sealer
  /** Told after the commit that stores an outcome; not of content that is sealed again. */
  readonly settled: (op: SealedOp, outcome: Outcome) => void
}

/** Other bytes under a number of ours: a copy of this store has used it (W37). */
function asRestored(error: unknown): never {
  if (error instanceof Problem && error.code === 'outbox/equivocation')
    throw new Problem('store/restored', { cause: error })
  throw error
}

export function createOutbox(deps: Deps): Outbox {
  const { store, http, session, clock, sealer } = deps
  let rolledBack = false

  /** @returns Whether it ended with a full round, behind which there may be more. */
  async function sealWaiting(): Promise<boolean> {
    const [waiting] = await store.query<{ some: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM pending_ops) OR EXISTS (SELECT 1 FROM pending_edits)
         OR EXISTS (SELECT 1 FROM pending_envelopes) AS some`,
    )
    if (!waiting?.some) return false
    return store.write(async (tx) => {
      const first = await nextDeviceSeq(tx)
      let next = first
      while (next < first + sealedPerRound) {
        const op = (await takeFinished(tx)) ?? (await sealer.next(tx, next))
        if (!op) break
        await queueSealed(tx, next, op)
        next += 1
      }
      await writeMeta(tx, nextSeqKey, next)
      return next === first + sealedPerRound
    })
  }

  async function postOnce(body: OpsRequest, token: string, signal?: AbortSignal) {
    return http.call({
      method: 'POST',
      path: '/v1/ops',
      body,
      authorization: `Bearer ${token}`,
      answer: opsAnswer,
      ...(signal && { signal }),
    })
  }

  /** A refused token is refreshed once (W40). */
  async function post(rows: readonly QueuedRow[], signal?: AbortSignal): Promise<OpsAnswer> {
    const acked = (await readMeta<number>(store, ackedKey)) ?? 0
    const ops = rows.map((row) => ({
      op_id: row.op_id,
      kind: row.kind,
      device_seq: row.device_seq,
      body: bytesToBase64url(row.body),
    }))
    const token = await session.token()
    try {
      return await postOnce({ acked, ops }, token, signal)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      session.refused(token)
      return postOnce({ acked, ops }, await session.token(), signal)
    }
  }

  /** Its first outcome stands; only what the server now lacks for good matters. */
  async function settleAgain(tx: StoreTx, row: QueuedRow, { outcome }: Outcome): Promise<void> {
    if (!row.doc_id) return
    if (outcome === 'applied') await writeMeta(tx, lastEnvelopeKey, row.device_seq)
    else if (await sealer.lost(tx, rowToOp(row))) await writeMeta(tx, brokenKey, true)
  }

  async function settle(tx: StoreTx, row: QueuedRow, outcome: OpOutcome): Promise<void> {
    const op = rowToOp(row)
    await tx.query('DELETE FROM outbox WHERE device_seq = $1', [row.device_seq])
    await keepSent(tx, row)
    const result = outcomeOf(outcome)
    if (row.again) return settleAgain(tx, row, result)
    if (result.outcome === 'applied') {
      if (op.envelope) await writeMeta(tx, lastEnvelopeKey, row.device_seq)
      return sealer.applied(tx, op)
    }
    if (isRetried(row, outcome)) return sealer.restore(tx, op)
    await tx.query('INSERT INTO set_aside VALUES ($1, $2, $3, $4, $5, $6)', [
      op.opId,
      op.kind,
      row.doc_id,
      op.envelope?.content ?? op.body,
      result.code,
      clock.now(),
    ])
  }

  /** The server expects less than it had confirmed: it was restored from a backup (W37). */
  async function sendAgain(from: number, before: number): Promise<void> {
    const queued = from >= 1 && (await store.write((tx) => queueAgain(tx, from, before)))
    if (!queued) throw new Problem('outbox/sequence-lost')
    rolledBack = true
  }

  return {
    wasRolledBack: () => rolledBack,

    async enqueue(tx, op) {
      await tx.query('INSERT INTO pending_ops (op_id, kind, body) VALUES ($1, $2, $3)', [
        op.opId,
        op.kind,
        op.body,
      ])
    },

    async sendOnce(signal) {
      if (await readMeta(store, brokenKey)) throw new Problem('store/restored')
      const roundFull = await sealWaiting()
      const rows = await readBatch(store)
      const [first] = rows
      if (!first) return { sent: 'nothing' }
      const answer = await post(rows, signal).catch(asRestored)
      const settled = pairs(rows, answer)
      const settledUpTo = first.device_seq + settled.length
      const mine = await nextDeviceSeq(store)
      if (settled.length === 0 && answer.next_device_seq < first.device_seq) {
        await sendAgain(answer.next_device_seq, first.device_seq)
        return { sent: 'batch', more: false }
      }
      // Below: an answer that contradicts itself. Above: this store was restored or cloned (W37).
      if (answer.next_device_seq < settledUpTo) throw new Problem('outbox/sequence-lost')
      if (answer.next_device_seq > mine) throw new Problem('store/restored')
      if (settled.length === 0) throw new Problem('server/unintelligible')
      await store.write(async (tx) => {
        for (const { row, outcome } of settled) await settle(tx, row, outcome)
        await writeMeta(tx, ackedKey, settledUpTo - 1)
      })
      for (const { row, outcome } of settled)
        if (!row.again && !isRetried(row, outcome)) deps.settled(rowToOp(row), outcomeOf(outcome))
      const putBack = settled.find(({ row, outcome }) => !row.again && isRetried(row, outcome))
      if (putBack) return { sent: 'put-back', code: putBack.outcome.code! }
      return { sent: 'batch', more: roundFull || settledUpTo < mine }
    },

    async counts(reader) {
      const [row] = await reader.query<{ unsent: number; aside: number }>(
        `SELECT ((SELECT count(*) FROM outbox) + (SELECT count(*) FROM pending_ops)
               + (SELECT count(*) FROM pending_edits))::integer AS unsent,
                (SELECT count(*) FROM set_aside)::integer AS aside`,
      )
      return { unsent: row!.unsent, setAside: row!.aside }
    },
  }
}
