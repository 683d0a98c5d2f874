/** Work that comes round again. Passed in, so that tests decide when. */
export interface Timer {
  /** Starts `work` every so often, but not while it still runs; ends when the returned function is called. */
  every(milliseconds: number, work: () => Promise<void>): () => void
}

/** The process's own timer; it keeps no process alive. `work` must not reject. */
export const systemTimer: Timer = {
  every(milliseconds, work) {
    let running = false
    const timer = setInterval(() => {
      if (running) return
      running = true
      void work().finally(() => {
        running = false
      })
    }, milliseconds)
    timer.unref()
    return () => clearInterval(timer)
  },
}
