/**
 * The beat at which a cell is reported (W67): every 240 seconds ± 10 % from the moment of opting in, also
 * after a restart. Nothing that the person does moves it, so its times say nothing about her.
 */
import type { Clock } from '../core/clock.ts'
import { fraction, type Random } from '../core/random.ts'

const periodMs = 240_000
const jitterMs = 24_000

/** @returns What ends it. */
export function startBeat(
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  /** When the person opted in, milliseconds since 1970. */
  since: number,
  beat: () => void,
): () => void {
  let last: number | undefined
  let cancel = schedule()

  function schedule(): () => void {
    const next = Math.floor((clock.now() - since) / periodMs) + 1
    // A beat that came early by its jitter is not made twice.
    const number = next === last ? next + 1 : next
    const due = since + number * periodMs + (fraction(random) * 2 - 1) * jitterMs
    return clock.after(Math.max(0, due - clock.now()), () => {
      last = number
      cancel = schedule()
      beat()
    })
  }

  return () => cancel()
}
