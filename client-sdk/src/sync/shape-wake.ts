/**
 * Tells that the device has woken, or the page has come back to the front: connections that were open
 * before may be dead without anybody having said so. It watches only while somebody listens.
 */
import type { Clock } from '../core/clock.ts'
import { createSignal, type Signal } from '../core/signal.ts'

/** Something that happens to a page or a worker. */
export interface WakeEvent {
  readonly target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  readonly type: string
  /** Whether it means waking this time; always unless given. */
  readonly counts?: () => boolean
}

export interface WakeDeps {
  readonly clock: Clock
  readonly events?: readonly WakeEvent[]
  /** Whether timers are slowed down at the moment, so that a late one means nothing. */
  readonly isHidden?: () => boolean
}

/** How often the time is looked at: a wake is noticed within this. */
const tickMs = 1000
/** A timer that comes so late has slept. */
const sleptMs = 4000
/** What comes together is told once. */
const gatherMs = 100

const nothing = (): void => {}

/** A signal of waking, from timers that come late and from what the platform says. */
export function createWakeSignal({ clock, events = [], isHidden = () => false }: WakeDeps): Signal {
  const woken = createSignal()
  let listeners = 0
  let stop = nothing

  function watch(): () => void {
    let cancelTick = nothing
    let cancelTelling: (() => void) | undefined
    const tell = (): void => {
      cancelTelling ??= clock.after(gatherMs, () => {
        cancelTelling = undefined
        woken.emit()
      })
    }
    function tick(): void {
      const before = clock.now()
      cancelTick = clock.after(tickMs, () => {
        if (clock.now() - before >= tickMs + sleptMs && !isHidden()) tell()
        tick()
      })
    }
    const heard = events.map(({ target, type, counts = () => true }) => {
      const hear = (): void => void (counts() && tell())
      target.addEventListener(type, hear)
      return () => target.removeEventListener(type, hear)
    })
    tick()
    return () => {
      cancelTick()
      cancelTelling?.()
      for (const end of heard) end()
    }
  }

  return {
    emit: woken.emit,
    subscribe(listener) {
      const end = woken.subscribe(listener)
      listeners += 1
      if (listeners === 1) stop = watch()
      let ended = false
      return () => {
        if (ended) return
        ended = true
        end()
        listeners -= 1
        if (listeners === 0) stop()
      }
    },
  }
}

/** What a browser says: of its page where there is one, of the network in a worker too. */
export function browserWakeDeps(scope: typeof globalThis): Omit<WakeDeps, 'clock'> {
  const page = 'document' in scope ? scope.document : undefined
  const online = { target: scope, type: 'online' }
  if (!page) return { events: [online] }
  return {
    isHidden: () => page.hidden,
    events: [
      online,
      // Out of the cache of pages that were left, and out of being frozen.
      { target: scope, type: 'pageshow' },
      { target: page, type: 'resume' },
      { target: page, type: 'visibilitychange', counts: () => !page.hidden },
    ],
  }
}
