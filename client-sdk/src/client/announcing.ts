/** Has contacts told of new share keys while sync is up to date: after a new epoch, and for contacts that came since. */
import type { ContactBook } from '../contacts/contacts.ts'
import type { LocalVault } from '../vault/vault.ts'
import type { ContactsWatch } from './kit-profile.ts'
import type { Replication } from './replication.ts'
import { isUpToDate } from './sync-state.ts'

interface Deps {
  readonly replication: Replication
  readonly vault: LocalVault
  readonly book: ContactBook
  readonly watch: ContactsWatch
}

export function keepKeysAnnounced({ replication, vault, book, watch }: Deps): {
  /** Ends with what it is telling told. */
  stop(): Promise<void>
} {
  let known: string | undefined
  let telling: Promise<void> | undefined

  function look(): void {
    const facts = replication.facts()
    if (telling || facts.warning || facts.ending || !isUpToDate(facts)) return
    const now = `${vault.view().vault} ${vault.view().epochs.length} ${watch.changes()}`
    if (now === known) return
    known = now
    telling = book
      .announce()
      // Told again with the next change of anything in sync.
      .catch(() => void (known = undefined))
      .finally(() => void (telling = undefined))
  }

  const end = replication.changed.subscribe(look)
  return {
    async stop() {
      end()
      await telling
    },
  }
}
