/** A secret of hers, typed again before something that somebody else with the open app must not do. */
import type { Secret } from '@selene/client-sdk'
import { useState } from 'react'
import { useValue } from '../backend/use-backend.tsx'
import { secretOf } from './secret-draft.ts'
import { usualWay, ways, type Way } from './usual-way.ts'

export interface ProofDraft {
  /** The ways there are; none where the diary has no lock. */
  readonly ways: readonly Way[]
  readonly way: Way
  choose(way: Way): void
  readonly typed: string
  type(typed: string): void
  readonly isLacking: boolean
  /** Absent where the diary has no lock. */
  readonly secret: Secret | undefined
  clear(): void
}

export function useProof(): ProofDraft {
  const secrets = useValue('secrets') ?? []
  const present = ways.filter((way) => secrets.some(({ kind }) => kind === way))
  const hasLock = present.length > 0 && secrets.every(({ kind }) => kind !== 'platform')
  const [chosen, setChosen] = useState(usualWay)
  const [typed, setTyped] = useState('')
  const way = present.includes(chosen) ? chosen : (present[0] ?? 'pin')
  return {
    ways: hasLock ? present : [],
    way,
    choose(next) {
      setChosen(next)
      setTyped('')
    },
    typed,
    type: setTyped,
    isLacking: hasLock && typed === '',
    secret: hasLock ? secretOf(way, typed) : undefined,
    clear: () => setTyped(''),
  }
}
