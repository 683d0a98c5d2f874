/** Keeps what the person decided about helping nearby, and reports her cell with the beat while she shares. */
import { cellOf, limits, Problem, type Cell } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import { noAnswer } from '../core/http.ts'
import { createLiveValue } from '../core/live.ts'
import type { Position } from '../core/position.ts'
import type { Random } from '../core/random.ts'
import { readMeta, writeMeta } from '../store/meta.ts'
import type { Store } from '../store/store.ts'
import type { AuthorizedCall } from '../sync/authorized.ts'
import type { Session } from '../sync/session.ts'
import { startBeat } from './beat.ts'
import { nextCell } from './cell.ts'
import type { Location, LocationState } from './location.ts'

/** The location together with what its owner runs. */
export interface LocationBeat extends Location {
  close(): void
}

/** What is kept between runs. */
interface Kept {
  readonly sharing: boolean
  readonly radiusMetres: number
  /** When the person opted in, milliseconds since 1970; the beat counts from there. */
  readonly since: number
  /** The server may not know yet that she opted out. */
  readonly leaving: boolean
}

interface Deps {
  readonly store: Store
  readonly session: Session
  readonly call: AuthorizedCall
  readonly clock: Clock
  readonly random: Random
}

const keptKey = 'location'
/** Older reports say little about where she is. */
const reportLastsMs = 600_000
const usualRadiusMetres = 2_000
const off: Kept = { sharing: false, radiusMetres: usualRadiusMetres, since: 0, leaving: false }

const nothing = (): void => {}
const isBeating = ({ sharing, leaving }: Kept): boolean => sharing || leaving
const isRadius = (metres: number): boolean =>
  Number.isInteger(metres) && metres >= limits.radiusMinMetres && metres <= limits.radiusMaxMetres

/** Goes on with the beat where an earlier run had stopped. */
export async function openLocation(deps: Deps): Promise<LocationBeat> {
  const { store, session, call, clock } = deps
  let kept = (await readMeta<Kept>(store, keptKey)) ?? off
  let latest: Position | undefined
  let cell: Cell | undefined
  let stopBeat = nothing
  let turn: Promise<void> = Promise.resolve()
  /** Counts what she decided: the last one stands, however long earlier ones took. */
  let decisions = 0
  const { sharing, radiusMetres } = kept
  const state = createLiveValue<LocationState>({ sharing, radiusMetres })

  async function keep(next: Kept): Promise<void> {
    await store.write((tx) => writeMeta(tx, keptKey, next))
    const restart = kept.since !== next.since || isBeating(kept) !== isBeating(next)
    kept = next
    if (!next.sharing) latest = cell = undefined
    const sentAt = next.sharing ? state.value().sentAt : undefined
    state.set({
      sharing: next.sharing,
      radiusMetres: next.radiusMetres,
      ...(sentAt !== undefined && { sentAt }),
    })
    if (restart) adjustBeat()
  }

  function adjustBeat(): void {
    stopBeat()
    stopBeat = isBeating(kept) ? startBeat(deps, kept.since, beat) : nothing
  }

  /** What fails is left to the next beat: a retry would say more of her than the beat does. */
  function beat(): void {
    if (session.current() !== 'signed-in') return
    const act = kept.leaving ? leave() : send()
    act.catch(() => {})
  }

  async function leave(): Promise<void> {
    await call({ method: 'DELETE', path: '/v1/responder', answer: noAnswer })
    if (kept.leaving) await keep({ ...kept, leaving: false })
  }

  async function send(): Promise<void> {
    if (!latest || Math.abs(clock.now() - latest.at) > reportLastsMs) return
    cell = nextCell(latest, cell)
    try {
      await call({ method: 'PUT', path: '/v1/location/cell', body: cell, answer: noAnswer })
      if (kept.sharing) state.set({ ...state.value(), sentAt: clock.now() })
    } catch (error) {
      const ended = error instanceof Problem && error.code === 'location/not-sharing'
      if (ended && kept.sharing) await keep({ ...kept, sharing: false })
      throw error
    }
  }

  async function optIn(
    decision: { radiusMetres: number; position: Position | undefined },
    mine: number,
  ): Promise<void> {
    const { radiusMetres, position } = decision
    const body = { radius_metres: radiusMetres }
    await call({ method: 'PUT', path: '/v1/responder', body, answer: noAnswer })
    if (mine !== decisions) return
    const { sharing: wasSharing } = kept
    const since = wasSharing ? kept.since : clock.now()
    await keep({ sharing: true, radiusMetres, since, leaving: false })
    latest = position ?? latest
    // The server knows the moment of opting in as it is; later ones wait for the beat.
    if (position && !wasSharing) await send().catch(() => {})
  }

  adjustBeat()

  return {
    state: state.live,

    async set({ sharing, radiusMetres = kept.radiusMetres, position }) {
      if (position) cellOf(position) // Throws for what is no place.
      if (!isRadius(radiusMetres)) throw new TypeError('a radius has 1,000 to 20,000 metres')
      if (session.current() === 'none') throw new Problem('account/none')
      const mine = (decisions += 1)
      if (!sharing) await keep({ ...kept, sharing, radiusMetres, leaving: true })
      // One after the other: what she decides last must reach the server last.
      const set = turn.then(() => (sharing ? optIn({ radiusMetres, position }, mine) : leave()))
      turn = set.catch(() => {})
      return set
    },

    report(position) {
      cellOf(position) // Throws for what is no place, here rather than at the next beat.
      if (kept.sharing) latest = position
    },

    close: () => stopBeat(),
  }
}
