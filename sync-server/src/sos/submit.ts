/**
 * What an SOS operation does, once. The first transaction that has the owner's lock and does not know
 * the operation gives it its effect; the same bytes again change nothing, and every answer says how the
 * alert stands now. Nothing is refused for rate, age or another open alert (W48, W49).
 */
import { Problem, type SosAnswer, type SosOp, type SosRouting, type VaultId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { createTurns } from '../core/turns.ts'
import type { Db, Transaction } from '../db/db.ts'
import { newAlert, renewedAlert, storableTime, type HeldPart, type OpenAlert } from './alert.ts'
import { alertOf, storeAlert, storeSlots } from './alert-table.ts'
import { closeAlerts } from './closing.ts'
import type { DayKeys } from './day-keys.ts'
import type { Tell } from './fan-out.ts'
import { checkReplay, enter, type Found } from './ledger.ts'
import { lockAlerts } from './owner-lock.ts'
import type { TrustedOp, TrustOp } from './signed-op.ts'
import { readStanding } from './standing.ts'

export interface SubmitDeps {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly trustOp: TrustOp
  readonly dayKeys: DayKeys
  readonly tell: Tell
  readonly told: (accounts: readonly VaultId[]) => void
  /** Is called with the time when an armed alert goes off, milliseconds since 1970. */
  readonly armed: (firesAt: number) => void
}

/**
 * @throws {@link Problem} of {@link TrustOp}, outbox/equivocation, sos/no-alert, sos/closed, or
 * server/overloaded when 32 operations of the vault wait already.
 */
export type Submit = (bytes: Uint8Array) => Promise<SosAnswer>

interface Effect {
  readonly told: readonly VaultId[]
  /** When it goes off, for an alert that counts down. */
  readonly firesAt?: number
  readonly replayed?: true
}

const nothing: Effect = { told: [] }

/** When a countdown ends, her app and the server may both set the alert off; people are called once. */
const sameCallMilliseconds = 10_000

/** A vault's operations wait for each other anyway; here they do so without a connection each. */
const ofOneVault = { running: 1, waiting: 32 }

export function createSubmit(deps: SubmitDeps): Submit {
  const { db, clock, dayKeys, tell } = deps
  const turns = createTurns<VaultId>(ofOneVault)

  /** Takes what is held for responders; if that fails, the alert goes on without. */
  async function hold({ alert, op, responderPart }: SosOp): Promise<HeldPart | undefined> {
    if (!responderPart) return undefined
    try {
      const wrapped = await dayKeys.wrap({ alert, op }, responderPart.key)
      return { op, sealed: responderPart.sealed, ...wrapped }
    } catch (error) {
      deps.log.error({ error }, 'what responders should get could not be kept')
      return undefined
    }
  }

  /** Stores an alert's new state and tells people, unless it still counts down. */
  async function open(
    tx: Transaction,
    { op, now }: { op: SosOp; now: number },
    { alert, before }: { alert: OpenAlert; before?: OpenAlert },
  ): Promise<Effect> {
    await storeAlert(tx, alert, op)
    if (alert.state === 'armed') return { told: [], firesAt: alert.firesAt }
    const event = before && addsTo(before, { op, alert, now }) ? 'updated' : 'raised'
    return { told: await tell(tx, alert, { event, op: op.op, at: op.at, now }) }
  }

  async function raiseOrUpdate(
    tx: Transaction,
    { op, removed }: TrustedOp,
    { found, routing, part }: { found: Found; routing: SosRouting; part: HeldPart | undefined },
  ): Promise<Effect> {
    const now = clock.now()
    const act = { op, now }
    if (!found.alert) {
      if (op.kind !== 'raise') throw new Problem('sos/no-alert')
      // A device that was removed calls on its own account, beside whatever else is open.
      const incident = removed ? undefined : found.incident
      const alert = newAlert(op, routing, { now, incident, part })
      return open(tx, act, { alert })
    }
    if (!isOpen(found.alert)) throw new Problem('sos/closed')
    const before = alertOf(found.alert)
    const alert = renewedAlert(before, op, { routing, now, part })
    return open(tx, act, { alert, before })
  }

  async function close(tx: Transaction, op: SosOp, found: Found): Promise<Effect> {
    if (!found.alert) throw new Problem('sos/no-alert')
    if (!isOpen(found.alert)) return nothing
    const { told, wasSent } = await closeAlerts(tx, {
      alert: op.alert,
      owner: op.vault,
      state: op.kind === 'cancel' ? 'cancelled' : 'resolved',
      op: op.op,
      now: clock.now(),
      raisedUntil: storableTime(op.at),
    })
    if (wasSent) await storeSlots(tx, op)
    return { told }
  }

  async function apply(tx: Transaction, trusted: TrustedOp, part?: HeldPart): Promise<Effect> {
    const { op } = trusted
    await lockAlerts(tx, op.vault)
    const found = await enter(tx, trusted)
    if (!found.isNew) {
      checkReplay(found.known, trusted.hash)
      return { told: [], replayed: true }
    }
    if (found.alert && found.alert.owner_id !== op.vault) throw new Problem('sos/no-alert')
    if (trusted.removed && !mayDoRemoved(op, found)) throw new Problem('vault/member-removed')
    return op.routing
      ? raiseOrUpdate(tx, trusted, { found, routing: op.routing, part })
      : close(tx, op, found)
  }

  return async (bytes) => {
    const trusted = await deps.trustOp(bytes)
    const { op, known } = trusted
    if (known) {
      checkReplay(known, trusted.hash)
      return { ...(await readStanding(db, op.alert, op.vault)), replayed: true }
    }
    const part = await hold(op)
    const effect = await turns.run(op.vault, () => db.transaction((tx) => apply(tx, trusted, part)))
    if (effect.firesAt !== undefined) deps.armed(effect.firesAt)
    if (effect.told.length > 0) deps.told(effect.told)
    const answer = await readStanding(db, op.alert, op.vault)
    return effect.replayed ? { ...answer, replayed: true } : answer
  }
}

/** Whether people who were called by an alert need not be called again by what an operation has made of it. */
function addsTo(
  before: OpenAlert,
  { op, alert, now }: { op: SosOp; alert: OpenAlert; now: number },
): boolean {
  if (before.state !== 'sent') return false
  const countedDown = before.firesAt > before.receivedAt
  const sameCall = countedDown && now < before.firesAt + sameCallMilliseconds
  return op.kind === 'update' || (sameCall && alert.kind === before.kind)
}

const isOpen = ({ state }: { state: string }): boolean => state === 'armed' || state === 'sent'

/** A removed device may call for help and add to its own call; it touches nobody else's and ends none. */
const mayDoRemoved = (op: SosOp, { alert, isOwn }: Found): boolean =>
  op.routing !== undefined && (!alert || isOwn)
