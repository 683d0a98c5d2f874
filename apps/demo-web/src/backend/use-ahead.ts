/** Changes that show before they are stored, for whatever is read from the worker and written to it. */
import { useEffect, useState } from 'react'
import {
  shownValues,
  withChange,
  withoutChange,
  withoutSettled,
  withStored,
  type Ahead,
  type Change,
  type Values,
} from './ahead.ts'

/** What was stored is read again well within this. */
const longestAheadMilliseconds = 3000

interface AheadOf<V extends Values> {
  readonly shown: V
  /** Shows a change at once while it is written; what the write throws takes it back and is thrown on. */
  change(change: Change, write: () => Promise<void>): Promise<void>
}

/** @param values What is stored; the same object until it is read again. */
export function useAhead<V extends Values>(values: V): AheadOf<V> {
  const [ahead, setAhead] = useState<Ahead>({})

  useEffect(() => setAhead((now) => withoutSettled(now, values)), [values, ahead])

  return {
    shown: shownValues(values, ahead),
    async change(change, write) {
      setAhead((now) => withChange(now, change))
      try {
        await write()
      } catch (error) {
        setAhead((now) => withoutChange(now, change))
        throw error
      }
      setAhead((now) => withStored(now, change))
      // Another device may have the last word: then what is stored never says the same.
      setTimeout(() => setAhead((now) => withoutChange(now, change)), longestAheadMilliseconds)
    },
  }
}
