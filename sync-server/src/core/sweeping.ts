/**
 * Sweeps: what the server does unasked, at its start and every few seconds since. One that fails is
 * logged and tried again at the next round; the others run all the same.
 */
import type { Log } from './log.ts'
import type { Timer } from './timer.ts'

export interface Sweeping {
  /** Resolves when no sweep runs and none will. */
  stop(): Promise<void>
}

const roundMs = 5000

/** Starts a first round at once. @param sweeps By the name that the log gives them. */
export function startSweeping(
  { timer, log }: { timer: Timer; log: Log },
  sweeps: Readonly<Record<string, () => Promise<void>>>,
): Sweeping {
  let round = Promise.resolve()

  async function sweepOne([name, sweep]: [string, () => Promise<void>]): Promise<void> {
    try {
      await sweep()
    } catch (error) {
      log.error({ error, sweep: name }, 'a sweep failed')
    }
  }

  async function sweepAll(): Promise<void> {
    for (const entry of Object.entries(sweeps)) await sweepOne(entry)
  }
  function nextRound(): Promise<void> {
    round = round.then(sweepAll)
    return round
  }

  const cancel = timer.every(roundMs, nextRound)
  void nextRound()
  return {
    stop() {
      cancel()
      return round
    },
  }
}
