/**
 * Answers under way, each with whom it is for. One is given up at once when its reader leaves, its
 * token ends, its session ends or its device is removed (W69).
 */
import type { SessionId, VaultId } from '@selene/shapes'
import type { Claims } from '../core/claims.ts'
import type { Clock } from '../core/clock.ts'

/** Those of the sessions that have not ended and whose device is a member. */
export type Standing = (sessions: readonly SessionId[]) => Promise<ReadonlySet<SessionId>>

export interface Hold {
  /** Aborted when nobody may have the answer any more, or nobody waits for it. */
  readonly signal: AbortSignal
  /** The answer is given, or will not be. */
  release(): void
}

export interface Holds {
  /** Begins an answer. @param leaving Aborted when the client goes away. */
  open(claims: Claims, leaving: AbortSignal): Hold
  /** Gives up the answers of readers who may read no more: of the vault, or all. */
  check(vault?: VaultId): Promise<void>
}

interface Open {
  readonly claims: Claims
  readonly ending: AbortController
}

/** Longer than any answer is held; a timer may not be set for much more than 24 days. */
const longestHoldMs = 3_600_000

export function createHolds({ clock, standing }: { clock: Clock; standing: Standing }): Holds {
  const byVault = new Map<VaultId, Set<Open>>()

  function remove(hold: Open): void {
    const others = byVault.get(hold.claims.vault)
    others?.delete(hold)
    if (others?.size === 0) byVault.delete(hold.claims.vault)
  }

  return {
    open(claims, leaving) {
      const ending = new AbortController()
      const hold = { claims, ending }
      byVault.set(claims.vault, (byVault.get(claims.vault) ?? new Set<Open>()).add(hold))
      const remainingMs = Math.min(Math.max(claims.expiresAt - clock.now(), 0), longestHoldMs)
      const timer = setTimeout(() => ending.abort(), remainingMs)
      return {
        signal: AbortSignal.any([leaving, ending.signal]),
        release() {
          clearTimeout(timer)
          remove(hold)
        },
      }
    },
    async check(vault) {
      const sets = vault === undefined ? [...byVault.values()] : [byVault.get(vault) ?? []]
      const open = sets.flatMap((set) => [...set])
      if (open.length === 0) return
      const standingNow = await standing([...new Set(open.map(({ claims }) => claims.session))])
      for (const { claims, ending } of open) if (!standingNow.has(claims.session)) ending.abort()
    },
  }
}
