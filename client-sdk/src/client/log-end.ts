/**
 * Tells a log that was rolled back from one that has not arrived yet (W18). What this device has appended, or was told
 * of by the way, stands in its log before the shape gives it out, and an answer that was under way meanwhile ends
 * before it: so what seems to be missing is fetched twice more first.
 */
import { headOf } from '@selene/shapes'
import type { Clock } from '../core/clock.ts'
import type { Store } from '../store/store.ts'
import { isRolledBack } from '../vault/log-inbox.ts'
import type { LocalVault } from '../vault/vault.ts'

/** When it is fetched again, in milliseconds after it was missed: at once, then when whatever held it up has passed. */
const fetches = [0, 2_000] as const

export interface LogEnd {
  /** The shape is up to date: how the server's log ends. `short`: too early, and not for a moment. */
  look(): Promise<'whole' | 'waiting' | 'short'>
  /** Sync stops: what was missed is looked for anew when it starts again. */
  halt(): void
}

interface Deps {
  readonly store: Store
  readonly vault: LocalVault
  readonly clock: Clock
  readonly fetchAgain: () => void
}

export function createLogEnd({ store, vault, clock, fetchAgain }: Deps): LogEnd {
  let missed: { readonly seq: number; fetched: number } | undefined
  /** Ends the wait for the next fetch. */
  let cancel: (() => void) | undefined

  function halt(): void {
    cancel?.()
    cancel = undefined
    missed = undefined
  }

  function fetchIn(ms: number): void {
    cancel = clock.after(ms, () => {
      cancel = undefined
      fetchAgain()
    })
  }

  return {
    async look() {
      if (!(await isRolledBack(store, vault))) {
        halt()
        return 'whole'
      }
      const { seq } = headOf(vault.view())
      if (missed?.seq !== seq) {
        halt()
        missed = { seq, fetched: 0 }
      }
      // Not an answer to what was asked since.
      if (cancel) return 'waiting'
      const next = fetches[missed.fetched]
      if (next === undefined) return 'short'
      missed.fetched += 1
      fetchIn(next)
      return 'waiting'
    },
    halt,
  }
}
