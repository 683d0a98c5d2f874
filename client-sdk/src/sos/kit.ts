/**
 * The SOS kit (W47): raises alerts without the store, a session or a network. What she does is in its
 * file before the call resolves, and is sent by itself until the server has it or refuses it for good.
 */
import {
  bytesToBase64url,
  Problem,
  sosAnswer,
  stampUuid,
  type AlertId,
  type OpId,
  type SosAnswer,
} from '@selene/shapes'
import { pause, type Clock } from '../core/clock.ts'
import type { Http } from '../core/http.ts'
import { createLiveValue } from '../core/live.ts'
import type { Reachable } from '../core/message-link.ts'
import type { Random } from '../core/random.ts'
import type { Signal } from '../core/signal.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { KitFiles } from '../store/kit-files.ts'
import { assertReason, changeAlert, ended, fired, newAlert, updated, type Act } from './acts.ts'
import type { Alert, RaiseOptions, SosKit } from './alert.ts'
import { createCountdowns } from './countdowns.ts'
import type { JournalAlert, JournalOp, KitState, StoredProfile } from './journal.ts'
import { profileToStored, type KitProfile } from './profile.ts'
import { endingOf, isCounting, isOver, lastAccepted } from './progress.ts'
import { readinessOf } from './readiness.ts'
import { openRecord } from './record.ts'
import { readied, sealWaiting } from './sealing.ts'
import { startSender } from './sender.ts'
import * as settling from './settling.ts'
import { alertOf, currentOf } from './view.ts'

export interface Kit extends SosKit {
  /**
   * Gives the kit what it needs to send; the same again saves nothing.
   * @throws {@link Problem} sos/storage-failed: it is known until the process ends.
   */
  provision(profile: KitProfile): Promise<void>
  /** The server has news of this alert: its standing is asked for at once. */
  heard(alert: AlertId): void
}

interface Deps {
  readonly files: KitFiles
  /** Absent: there is no server, and nothing is sent. */
  readonly http?: Http
  readonly crypto: Primitives
  readonly clock: Clock
  readonly random: Random
  /** Emits when the network may have come back. */
  readonly online?: Signal
}

type OpKind = JournalOp['kind']

const defaultSeconds = 10
/** A save that takes longer does not end, for all that can be known. */
const slowSaveMs = 3_000

/** @throws {@link Problem} store/in-use while another process or tab has the kit open. */
export async function openKit(deps: Deps): Promise<Kit> {
  const { files, http, crypto, clock, random, online } = deps
  const record = await openRecord(files)
  const readiness = createLiveValue(facts())
  const current = createLiveValue<Alert | null>(null)
  const reachable = createLiveValue<readonly Reachable[]>([])
  /** Armed alerts that the server ought to have fired by now. */
  const overdue = new Set<AlertId>()
  let isClosed = false

  function facts() {
    const hasServer = http !== undefined
    return readinessOf({ state: record.state(), isDurable: record.isDurable(), hasServer })
  }

  const view = (alert: JournalAlert): Alert =>
    alertOf({ crypto, state: record.state(), alert, trouble: sender.trouble(alert.id) })

  function show(): void {
    const alert = currentOf(record.state())
    readiness.set(facts())
    current.set(alert ? view(alert) : null)
    reachable.set(record.state().profile?.reachable ?? [])
    countdowns.follow(record.state().alerts)
  }

  /** Every change leaves nothing unsealed that could be sealed, and nothing that is over. */
  const change = (next: (state: KitState) => KitState): Promise<void> =>
    record.change((state) => withoutOver(sealWaiting(crypto, next(state)), clock.now()))
  /** For changes that are made again if they are lost. */
  function note(next: (state: KitState) => KitState): void {
    change(next).catch(() => {})
  }

  /** Nothing is sent before it is stored, unless the disk hangs: an alert does not wait for that. */
  async function storedAlerts(): Promise<readonly JournalAlert[]> {
    const ending = new AbortController()
    const isLate = await Promise.race([
      record.rest().then(() => false),
      pause(clock, slowSaveMs, ending.signal).then(() => true),
    ])
    ending.abort()
    return (isLate ? record.state() : record.settled()).alerts
  }

  const newAct = (): Act => ({
    op: stampUuid<OpId>(random.bytes(16), 4),
    at: Math.max(0, Math.floor(clock.now())),
  })

  function assertOpen(): void {
    if (isClosed) throw new Problem('store/closed')
  }

  /** Something she did: what cannot be saved is sent all the same. */
  async function act(
    id: AlertId,
    kind: OpKind,
    next: (state: KitState) => KitState,
  ): Promise<void> {
    assertOpen()
    const saved = change(next)
    sender.act(id, kind)
    await saved
  }

  async function actOn(
    id: AlertId,
    kind: OpKind,
    next: (alert: JournalAlert, act: Act) => JournalAlert,
  ): Promise<void> {
    assertOpen()
    const found = record.state().alerts.find((alert) => alert.id === id)
    if (!found) throw new Problem('sos/no-alert')
    await act(id, kind, (state) => changeAlert(state, id, (alert) => next(alert, newAct())))
  }

  async function raise(options: RaiseOptions & { readonly seconds: number }): Promise<Alert> {
    const id = stampUuid<AlertId>(random.bytes(16), 4)
    const replySeed = bytesToBase64url(random.bytes(32))
    const alert = newAlert(options, { ...newAct(), id, replySeed })
    await act(id, 'raise', (state) => ({ ...state, alerts: [...state.alerts, alert] }))
    return view(record.state().alerts.find((each) => each.id === id) ?? alert)
  }

  function fireNow(id: AlertId): void {
    actOn(id, 'raise', firedIfCounting).catch(() => {})
  }

  /** An alert that no server has yet must not count down once more when one gets it. */
  function countdownEnded(id: AlertId): void {
    const alert = record.state().alerts.find((each) => each.id === id)
    if (!alert || isClosed) return
    if (!lastAccepted(alert)) fireNow(id)
  }

  const countdowns = createCountdowns({
    clock,
    ended: countdownEnded,
    late(id) {
      overdue.add(id)
      sender.ask(id)
    },
  })
  const sender = startSender({
    alerts: storedAlerts,
    send: (sealed, signal) => send(http, sealed, signal),
    clock,
    random,
    changed: show,
    answered({ alert, op }, answer) {
      note((state) => settling.answered(state, { alert: alert.id, op: op.op }, answer))
      if (overdue.delete(alert.id) && answer.state === 'armed') fireNow(alert.id)
    },
    refused: ({ alert, op }, code) =>
      note((state) => settling.refused(state, { alert: alert.id, op: op.op }, code)),
  })
  const ends = [record.changed.subscribe(show), online?.subscribe(sender.retry) ?? (() => {})]
  show()

  return {
    readiness: readiness.live,
    current: current.live,
    reachable: reachable.live,
    raise: (options = {}) => raise({ ...options, seconds: 0 }),
    arm: (options = {}) => raise({ ...options, seconds: options.seconds ?? defaultSeconds }),
    fire: (id) =>
      actOn(id, 'raise', (alert, act) => {
        assertRunning(alert)
        return firedIfCounting(alert, act)
      }),
    update: (id, details) =>
      actOn(id, 'update', (alert, act) => {
        assertRunning(alert)
        return updated(alert, details, act)
      }),
    cancel: (id) => actOn(id, 'cancel', (alert, act) => ended(alert, 'cancelled', act)),
    async resolve(id, reason = 'safe') {
      assertReason(reason)
      await actOn(id, 'resolve', (alert, act) => ended(alert, reason, act))
    },
    async dismiss(id) {
      assertOpen()
      await change((state) =>
        changeAlert(state, id, (alert) =>
          endingOf(alert) ? { ...alert, dismissed: true } : alert,
        ),
      )
    },
    async provision(profile) {
      assertOpen()
      const stored = profileToStored(profile)
      const provisioned = change((state) => withProfile(state, stored))
      sender.retry()
      await provisioned
    },
    heard: (id) => sender.ask(id),
    async close() {
      if (isClosed) return
      isClosed = true
      for (const end of ends) end()
      countdowns.stop()
      await sender.stop()
      await record.close()
    },
  }
}

const firedIfCounting = (alert: JournalAlert, act: Act): JournalAlert =>
  isCounting(alert) ? fired(alert, act) : alert

function assertRunning(alert: JournalAlert): void {
  if (endingOf(alert)) throw new Problem('sos/closed')
}

function withoutOver(state: KitState, now: number): KitState {
  const alerts = state.alerts.filter((alert) => !isOver(alert, now))
  return alerts.length === state.alerts.length ? state : { ...state, alerts }
}

/** The state under a profile; the same one when neither it nor an operation is different. */
function withProfile(state: KitState, profile: StoredProfile): KitState {
  const alerts = state.alerts.map((alert) => {
    const ops = alert.ops.map((op) => readied(op, profile))
    return ops.every((op, i) => op === alert.ops[i]) ? alert : { ...alert, ops }
  })
  const isKnown = JSON.stringify(profile) === JSON.stringify(state.profile)
  if (isKnown && alerts.every((alert, i) => alert === state.alerts[i])) return state
  return { ...state, profile, alerts }
}

function send(http: Http | undefined, sealed: string, signal: AbortSignal): Promise<SosAnswer> {
  if (!http) return Promise.reject(new Problem('server/unreachable'))
  const body = { op: sealed }
  return http.call({ method: 'POST', path: '/v1/sos', body, answer: sosAnswer, signal })
}
