/** Tells its listeners that something changed, not what. A listener that throws does not stop the others. */
export interface Signal {
  emit(): void
  /** Returns what ends the subscription. */
  subscribe(heard: () => void): () => void
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>()
  return {
    emit() {
      for (const heard of Array.from(listeners))
        try {
          heard()
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
    },
    subscribe(heard) {
      listeners.add(heard)
      return () => void listeners.delete(heard)
    },
  }
}

/** One signal that emits whenever any of the given ones does. */
export function anyOf(...signals: readonly Signal[]): Signal {
  const joined = createSignal()
  for (const signal of signals) signal.subscribe(() => joined.emit())
  return joined
}
