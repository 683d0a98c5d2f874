/** Which day it is where the device is, and a signal when that is another. */
import { openZone, type CivilDate } from '../calendar/index.ts'
import type { Clock } from '../core/clock.ts'
import { createSignal, type Signal } from '../core/signal.ts'

export interface Today {
  date(): CivilDate
  readonly changed: Signal
  close(): void
}

/** A device may sleep, travel, or have its clock set: the day is looked at this often. */
const lookEveryMs = 60_000

export function createToday(clock: Clock, zone: () => string): Today {
  const changed = createSignal()
  const date = (): CivilDate => openZone(zone()).wallTime(clock.now()).date
  let known = date()
  let cancel = schedule()

  function schedule(): () => void {
    return clock.after(lookEveryMs, () => {
      cancel = schedule()
      const now = date()
      if (now === known) return
      known = now
      changed.emit()
    })
  }

  return { date, changed, close: () => cancel() }
}
