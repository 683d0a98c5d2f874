/** What would keep an alert from people now. Pure. */
import { limits } from '@selene/shapes'
import type { Readiness, ReadinessGap } from './alert.ts'
import type { KitState } from './journal.ts'
import { peopleOf } from './profile.ts'

interface Facts {
  readonly state: KitState
  readonly isDurable: boolean
  readonly hasServer: boolean
}

export function readinessOf({ state, isDurable, hasServer }: Facts): Readiness {
  const { profile, lastTestAt } = state
  const contacts = Math.min(peopleOf(state).length, limits.sosSlots)
  const found: readonly [ReadinessGap, boolean][] = [
    ['no-account', !profile?.registered],
    ['no-contacts', contacts === 0],
    ['no-server', !hasServer],
    ['not-durable', !isDurable],
    ['never-tested', lastTestAt === undefined],
  ]
  return {
    contacts,
    gaps: found.filter(([, isOpen]) => isOpen).map(([gap]) => gap),
    ...(lastTestAt !== undefined && { lastTestAt }),
  }
}
