/**
 * Keeps the SOS kit told of who she is and whom she trusts. What it could not be told is told again after
 * the next commit; until then it goes on with what it knew.
 */
import { contactsDocument } from '../contacts/book.ts'
import type { ContactBook } from '../contacts/contacts.ts'
import { until } from '../core/live.ts'
import type { Derive } from '../docs/documents.ts'
import type { Kit } from '../sos/kit.ts'
import type { Store } from '../store/store.ts'
import type { Session } from '../sync/session.ts'
import type { LocalVault } from '../vault/vault.ts'

/** Counts changes of the document of contacts. */
export interface ContactsWatch {
  /** To be composed with the derivations. */
  readonly derive: Derive
  changes(): number
}

export function createContactsWatch(): ContactsWatch {
  let changes = 0
  return {
    async derive(_tx, name) {
      if (name === contactsDocument) changes++
    },
    changes: () => changes,
  }
}

interface Deps {
  readonly store: Store
  readonly session: Session
  readonly vault: LocalVault
  readonly book: ContactBook
  readonly kit: Kit
  readonly watch: ContactsWatch
}

export interface KitKeeper {
  /** Resolves once the kit has been told, or could not be. */
  told(): Promise<void>
  /** Ends with what it is telling told. */
  stop(): Promise<void>
}

export function keepKitTold({ store, session, vault, book, kit, watch }: Deps): KitKeeper {
  let known: string | undefined
  let telling: Promise<void> = Promise.resolve()

  async function tell(): Promise<void> {
    const now = `${vault.view().vault} ${vault.device} ${session.current()} ${watch.changes()}`
    if (now === known) return
    known = now
    const { contacts } = await book.roster()
    const reachable = await until(book.contacts.addresses, () => true)
    await kit.provision({
      vault: vault.view().vault,
      device: vault.device,
      // libsodium's secret key is seed ‖ public key.
      sosSeed: vault.keys.sos.secretKey.slice(0, 32),
      registered: session.current() !== 'none',
      contacts,
      reachable,
    })
  }

  function tellNext(): void {
    telling = telling.then(tell).catch(() => {
      known = undefined
    })
  }

  const ends = [store.committed.subscribe(tellNext), session.status.subscribe(tellNext)]
  tellNext()
  return {
    told: () => telling,
    async stop() {
      for (const end of ends) end()
      await telling
    },
  }
}
