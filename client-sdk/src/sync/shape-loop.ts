/**
 * Notices that a reader is sent round in circles: by a server that never keeps a shape, or by a cache
 * that gives the same old answer again and again. Each answer looks right by itself; only their number
 * in a short time gives them away. Pure but for what it remembers.
 */

/** What an answer of the server did for the reader. */
export interface Heard {
  /** Told to start anew. */
  readonly refetch: boolean
  /** Where the stream was, and where it is now. */
  readonly from: string | null
  readonly to: string | null
  /** Whether the server was asked to hold the answer until there is news. */
  readonly live: boolean
  readonly tookMs: number
}

export interface LoopWatch {
  /** Takes an answer in; true when too many have led nowhere. It then begins to count anew. */
  isLoop(heard: Heard, now: number): boolean
}

const windowMs = 60_000
/** A shape ends when the server forgets, restarts or changes its tables: not every few seconds. */
const refetchesAllowed = 3
/** Each new connection begins with an answer that may bring nothing. */
const idleAllowed = 20
/** An answer that was held for so long was worth asking for. */
const heldMs = 1000

/** Counts what happened within the window; a clock that was set back begins a new one. */
function createCount(allowed: number) {
  let times: number[] = []
  return {
    exceeds(now: number): boolean {
      times = [...times.filter((at) => at <= now && now - at < windowMs), now]
      return times.length > allowed
    },
    reset(): void {
      times = []
    },
  }
}

const offsetForm = /^(\d+)_(\d+|inf)$/
const operation = (text: string): number =>
  text === 'inf' ? Number.POSITIVE_INFINITY : Number(text)

/** Whether an offset lies further on than another; those of other forms are only the same or not. */
export function isFurther(to: string, from: string): boolean {
  const [there, here] = [offsetForm.exec(to), offsetForm.exec(from)]
  if (!there || !here) return to !== from
  const [tx, before] = [BigInt(there[1]!), BigInt(here[1]!)]
  if (tx !== before) return tx > before
  return operation(there[2]!) > operation(here[2]!)
}

export function createLoopWatch(): LoopWatch {
  const refetches = createCount(refetchesAllowed)
  const idle = createCount(idleAllowed)

  function isTooMuch({ refetch, from, to, live, tookMs }: Heard, now: number): boolean {
    if (refetch) return refetches.exceeds(now)
    if (from !== null && to !== null && isFurther(to, from)) {
      idle.reset()
      return false
    }
    return live && tookMs >= heldMs ? false : idle.exceeds(now)
  }

  return {
    isLoop(heard, now) {
      const found = isTooMuch(heard, now)
      if (found) for (const count of [refetches, idle]) count.reset()
      return found
    },
  }
}
