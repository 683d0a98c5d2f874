/** Work that follows one another: each begins when all before it have ended, also when they failed. */

/** Runs `work` in its turn; what it gives or throws is its caller's alone. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}
