/**
 * When this device says how far it has seen (W22): an hour after the last time, when the app is hidden if it said
 * nothing within the hour, and before it writes to the vault's log; only ever something new.
 */
import type { Clock } from '../core/clock.ts'
import type { Primitives } from '../crypto/primitives.ts'
import type { Documents } from '../docs/documents.ts'
import { wishHeads } from '../docs/heads.ts'
import type { LocalVault } from '../vault/vault.ts'

export interface HeadsBeat {
  /** Queues what is new, and says whether anything was. */
  say(): Promise<boolean>
  /** The app is being hidden: it may not come to say it later. */
  hidden(): Promise<void>
  stop(): void
}

interface Deps {
  readonly clock: Clock
  readonly documents: Documents
  readonly crypto: Primitives
  readonly vault: LocalVault
  /** There is something to send. */
  readonly written: () => void
}

const hourMs = 3_600_000

export function startHeadsBeat({ clock, documents, crypto, vault, written }: Deps): HeadsBeat {
  let saidAt = Number.NEGATIVE_INFINITY
  let cancel = clock.after(hourMs, beat)

  async function say(): Promise<boolean> {
    // What fails is said the next time.
    const says = await documents.write((tx) => wishHeads(tx, { crypto, vault })).catch(() => false)
    if (!says) return false
    saidAt = clock.now()
    written()
    return true
  }

  function beat(): void {
    cancel = clock.after(hourMs, beat)
    void say()
  }

  return {
    say,
    async hidden() {
      // A clock that was set back must not silence it.
      const since = Math.abs(clock.now() - saidAt)
      if (since >= hourMs) await say()
    },
    stop: () => cancel(),
  }
}
