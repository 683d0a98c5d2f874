/** The open connections of this process, by account. */
import type { VaultId } from '@selene/shapes'
import type { Connection } from './connection.ts'

export interface Hub {
  /** Takes a connection in; beyond the limit the account's oldest one ends. */
  add(connection: Connection): void
  remove(connection: Connection): void
  all(): Connection[]
  wake(accounts: readonly VaultId[]): void
}

export function createHub(connectionsPerAccount: number): Hub {
  const byAccount = new Map<VaultId, Set<Connection>>()
  const all = (): Connection[] => [...byAccount.values()].flatMap((set) => [...set])
  return {
    all,
    add(connection) {
      const { vault } = connection.claims
      const there = byAccount.get(vault) ?? new Set()
      // The newest is the one that is surely alive: a phone that changes networks leaves dead ones behind.
      const open = [...there].filter((other) => !other.ended)
      const surplus = open.length + 1 - connectionsPerAccount
      for (const oldest of open.slice(0, Math.max(surplus, 0))) oldest.end('crowded')
      byAccount.set(vault, there.add(connection))
    },
    remove(connection) {
      const there = byAccount.get(connection.claims.vault)
      there?.delete(connection)
      if (there?.size === 0) byAccount.delete(connection.claims.vault)
    },
    wake(accounts) {
      for (const account of accounts)
        for (const connection of byAccount.get(account) ?? []) connection.wake()
    },
  }
}
