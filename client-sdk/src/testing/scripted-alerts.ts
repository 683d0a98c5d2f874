/** `/v1/sos` as a server of ours would answer it, from memory, for tests of whoever sends to it. */
import {
  base64urlToBytes,
  parseSosOp,
  Problem,
  sosOpHash,
  sosSigningBytes,
  type AlertId,
  type SosAnswer,
  type SosOp,
} from '@selene/shapes'
import type { Primitives } from '../crypto/primitives.ts'
import { problemResponse, type Recorded, type Scripted } from './scripted-server.ts'

type State = SosAnswer['state']

export interface ScriptedAlerts {
  readonly answer: (request: Recorded) => Scripted
  /** Operations that took effect, in order, each once. */
  readonly taken: readonly SosOp[]
  /** Alerts that were set off. */
  readonly fired: ReadonlySet<AlertId>
  /** Fires an armed alert, as the server's own timer does. */
  fire(alert: AlertId): void
  /** Says who has an alert and what they answer. */
  tell(alert: AlertId, people: Partial<Pick<SosAnswer, 'contacts' | 'responders'>>): void
  /** Ends an alert by the server's own word. */
  end(alert: AlertId, state: State): void
}

interface Kept {
  state: State
  firesAt: number
  people: Pick<SosAnswer, 'contacts' | 'responders'>
}

const receivedAt = 1_780_000_000_500

/** @param sosKey Of the one device that it knows; every signature is checked. */
export function scriptedAlerts(crypto: Primitives, sosKey: Uint8Array): ScriptedAlerts {
  const seen = new Map<string, string>()
  const alerts = new Map<AlertId, Kept>()
  const taken: SosOp[] = []
  const fired = new Set<AlertId>()

  function setOff(id: AlertId, kept: Kept): void {
    kept.state = 'sent'
    fired.add(id)
  }

  function raise(op: SosOp): void {
    const kept = alerts.get(op.alert) ?? {
      state: 'armed',
      firesAt: receivedAt + op.fireAfter * 1_000,
      people: { contacts: [], responders: [] },
    }
    alerts.set(op.alert, kept)
    if (kept.state !== 'armed' && kept.state !== 'sent') throw new Problem('sos/closed')
    if (op.fireAfter === 0) setOff(op.alert, kept)
  }

  function apply(op: SosOp): void {
    if (op.kind === 'raise') return raise(op)
    const kept = alerts.get(op.alert)
    if (!kept) throw new Problem('sos/no-alert')
    const isOpen = kept.state === 'armed' || kept.state === 'sent'
    if (op.kind === 'update' && !isOpen) throw new Problem('sos/closed')
    if (op.kind !== 'update' && isOpen) kept.state = op.kind === 'cancel' ? 'cancelled' : 'resolved'
  }

  function take(text: string): Scripted {
    const parsed = parseSosOp(base64urlToBytes(text) ?? new Uint8Array(0))
    if (!parsed.ok) throw new Problem('wire/malformed')
    const { op, unsigned, signature } = parsed.value
    const message = sosSigningBytes(sosOpHash(unsigned, crypto))
    if (!crypto.verify(signature, message, sosKey)) throw new Problem('crypto/bad-signature')
    const before = seen.get(op.op)
    if (before !== undefined && before !== text) throw new Problem('outbox/equivocation')
    if (before === undefined) {
      apply(op)
      taken.push(op)
      seen.set(op.op, text)
    }
    const { state, firesAt, people } = alerts.get(op.alert)!
    return {
      alert: op.alert,
      state,
      received_at: receivedAt,
      ...(state === 'armed' && { fires_at: firesAt }),
      ...people,
      ...(before !== undefined && { replayed: true }),
    } satisfies SosAnswer
  }

  return {
    taken,
    fired,
    fire: (alert) => setOff(alert, alerts.get(alert)!),
    tell(alert, people) {
      const kept = alerts.get(alert)!
      kept.people = { ...kept.people, ...people }
    },
    end(alert, state) {
      alerts.get(alert)!.state = state
    },
    answer(request) {
      try {
        return take((request.body as { op: string }).op)
      } catch (error) {
        if (error instanceof Problem) return problemResponse(error)
        throw error
      }
    },
  }
}
