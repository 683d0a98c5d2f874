/**
 * While she offers help nearby, the page measures where she is and hands it to the SDK, which lets the
 * server know the coarse cell only. It goes on across screens, and stops when she opts out.
 */
import type { Position } from '@selene/client-sdk'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useCalls, useValue } from '../backend/use-backend.tsx'
import {
  forCell,
  measureOnce,
  usePosition,
  usePositionAllowed,
  type Positioning,
} from './use-position.ts'

interface Sharing {
  readonly positioning: Positioning
  /** Measures for the first time, after a gesture of hers: the browser may ask whether it may. */
  start(): Promise<Position | 'refused' | undefined>
}

const SharingContext = createContext<Sharing | undefined>(undefined)

export function SharingProvider({ children }: { children: ReactNode }) {
  const calls = useCalls()
  const location = useValue('location')
  const allowed = usePositionAllowed()
  const [asked, setAsked] = useState(false)
  const positioning = usePosition(location?.sharing === true && (asked || allowed), forCell)
  const position = positioning.state === 'known' ? positioning.position : undefined

  useEffect(() => {
    if (position) void calls.reportPosition(position)
  }, [calls, position])

  const sharing = useMemo(
    () => ({
      positioning,
      async start() {
        const position = await measureOnce(forCell)
        if (position !== 'refused') setAsked(true)
        return position
      },
    }),
    [positioning],
  )
  return <SharingContext value={sharing}>{children}</SharingContext>
}

export function useSharing(): Sharing {
  const sharing = use(SharingContext)
  if (!sharing) throw new TypeError('no sharing above this component')
  return sharing
}
