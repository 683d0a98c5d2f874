/**
 * Locks the diary when its vault ends while it is open: this device was removed, or the account erased (W17). Whoever
 * unlocks it is asked what is to become of it; nothing is wiped before. An ending that was known already when she
 * unlocked locks nothing, and one that she brings about herself does not either.
 */
import type { Client } from '@selene/client-sdk'
import type { Keeper } from './keeper.ts'

export interface EndingLock {
  /** What this does may end the vault, and she knows it. */
  expecting(work: () => Promise<void>): Promise<void>
}

export function lockAtEnding({
  opening,
  current,
  safe,
}: Pick<Keeper, 'opening' | 'current' | 'safe'>): EndingLock {
  let watched: Client | undefined
  let endWatch: (() => void) | undefined
  let isExpected = false

  function hasLock(): boolean {
    const state = opening.get()
    return state.status === 'ready' && state.value.state === 'open' && state.value.hasLock
  }

  function watch(client: Client): () => void {
    const live = client.vault.state
    let wasGoingOn = false
    return live.subscribe(() => {
      const state = live.get()
      if (state.status !== 'ready') return
      if (state.value.ending === undefined) wasGoingOn = true
      else if (wasGoingOn && !isExpected && hasLock()) {
        wasGoingOn = false
        // What cannot be locked has failed, and says so itself.
        safe.then((safe) => safe.lock()).catch(() => {})
      }
    })
  }

  opening.subscribe(() => {
    const client = current()
    if (client === watched) return
    endWatch?.()
    watched = client
    isExpected = false
    endWatch = client && watch(client)
  })

  return {
    async expecting(work) {
      isExpected = true
      try {
        await work()
      } catch (error) {
        isExpected = false
        throw error
      }
    },
  }
}
