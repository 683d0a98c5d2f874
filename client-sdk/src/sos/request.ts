/** One request of the sender under way: how long it may take, and for what it is given up earlier. */
import { Problem, type OpId } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Turn } from './turns.ts'

/** A request that is older stands in the way of nothing she does, in milliseconds. */
export const shortRequestMs = 3_000

/** What has taken a request's place: what came next of its own alert, or another alert. */
export type Instead = 'own' | 'other'

export interface SosRequest {
  readonly turn: Turn
  /** Aborts when the request is given up. */
  readonly signal: AbortSignal
  /** For what it was given up; `undefined` when it took too long. */
  instead(): Instead | undefined
  giveUp(instead: Instead): void
  /** Gives it up for its own alert, as soon as it is old; once for each operation. */
  hurry(): void
  /** Stops its timers. */
  over(): void
}

interface Options {
  readonly turn: Turn
  readonly longestMs: number
  /** Operations that were hurried before: a slow link must get them through in the end. */
  readonly hurried: Set<OpId>
}

export function startRequest(clock: Clock, { turn, longestMs, hurried }: Options): SosRequest {
  const stop = new AbortController()
  let instead: Instead | undefined
  let isOld = false
  let isHurried = false

  function giveUp(by?: Instead): void {
    if (stop.signal.aborted) return
    instead = by
    stop.abort(new Problem('server/unreachable'))
  }

  function giveUpOld(): void {
    const { op } = turn.op
    if (!isOld || !isHurried || hurried.has(op)) return
    hurried.add(op)
    giveUp('own')
  }

  const ends = [
    clock.after(longestMs, () => giveUp()),
    clock.after(shortRequestMs, () => {
      isOld = true
      giveUpOld()
    }),
  ]
  return {
    turn,
    signal: stop.signal,
    instead: () => instead,
    giveUp,
    hurry() {
      isHurried = true
      giveUpOld()
    },
    over() {
      for (const end of ends) end()
    },
  }
}
