/** A live value that the worker itself sets, in the form in which the SDK gives its own. */
import { createSignal, type Live } from '@selene/client-sdk'

export interface LiveValue<T> {
  readonly live: Live<T>
  set(next: T): void
  value(): T
}

export function createLiveValue<T>(initial: T): LiveValue<T> {
  const changes = createSignal()
  let value = initial
  return {
    live: {
      get: () => ({ status: 'ready', value }),
      subscribe: changes.subscribe,
      async *[Symbol.asyncIterator]() {
        yield value
      },
    },
    value: () => value,
    set(next) {
      value = next
      changes.emit()
    },
  }
}
