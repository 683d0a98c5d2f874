/** `POST /v1/ops`, the one door of the data lane. */
import { limits, opsRequest, type OpId, type OpsRequest, type VaultId } from '@selene/shapes'
import { Hono } from 'hono'
import { checkedBytes } from '../core/checked-bytes.ts'
import type { Authenticate } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'
import { readJson } from '../core/request-body.ts'
import { createRunBatch, type BatchDeps } from './batch.ts'
import { createLedger } from './ledger.ts'
import type { IncomingOp } from './op-identity.ts'
import { createPrunings } from './pruning.ts'

export interface OutboxDeps extends Omit<BatchDeps, 'ledger' | 'prunings'> {
  readonly clock: Clock
  readonly authenticate: Authenticate
  /** Told after a commit that changed tables, and whose rows if they are of one vault. */
  readonly changed: (vault?: VaultId) => void
}

export interface Outbox {
  readonly routes: Hono
  /** Removes rows that a confirmed snapshot covers. */
  sweep(): Promise<void>
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const prunings = createPrunings(deps)
  const runBatch = createRunBatch({ ...deps, ledger: createLedger(deps), prunings })
  const routes = new Hono()
  routes.post('/v1/ops', async (c) => {
    const holder = await deps.authenticate(c.req.raw)
    const request = await readJson(c.req.raw, opsRequest, limits.opsRequestBytes)
    const ops = request.ops.map(incoming)
    const { answer, changed } = await runBatch(holder, { ops, acked: request.acked })
    if (changed) deps.changed(holder.vault)
    return c.json(answer)
  })
  return {
    routes,
    async sweep() {
      if (await prunings.sweep()) deps.changed()
    },
  }
}

const incoming = (op: OpsRequest['ops'][number]): IncomingOp => ({
  op: op.op_id as OpId,
  kind: op.kind,
  deviceSeq: op.device_seq,
  body: checkedBytes(op.body),
})
