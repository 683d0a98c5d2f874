/** Work that runs in rounds, one at a time: who asks while one runs gets a whole round after it. */

export interface Rounds {
  /** Resolves after a round that began after this call. */
  run(): Promise<void>
  /** Begins no more rounds, and resolves when none runs. */
  close(): Promise<void>
}

/** `work` must not reject. */
export function createRounds(work: () => Promise<void>): Rounds {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  let closed = false

  async function round(before: Promise<void> | undefined): Promise<void> {
    await before
    next = undefined
    running = closed ? Promise.resolve() : work()
    await running
    running = undefined
  }
  return {
    run: () => (next ??= round(running)),
    async close() {
      closed = true
      await (next ?? running)
    },
  }
}
