/**
 * Her own alert for the whole app: what she does about it, and the position that follows it. The page
 * measures (the worker cannot), and every fix worth it is added to the open alert, on whichever screen.
 */
import type { Alert, Position } from '@selene/client-sdk'
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useCalls, useValue } from '../backend/use-backend.tsx'
import {
  forAlert,
  usePosition,
  usePositionAllowed,
  type Positioning,
} from '../position/use-position.ts'
import { isWorthSending } from '../position/worth-sending.ts'
import { isOpen } from './ended.ts'

interface OwnAlert {
  /** Whether an alert can be sent at all, with a network or without; true while it is not known. */
  readonly hasAccount: boolean
  /** `undefined` while it is not known whether there is one. */
  readonly alert: Alert | null | undefined
  readonly positioning: Positioning
  /** What this page added to the alert last. */
  readonly sent: Position | undefined
  /** After a gesture of hers: the browser may ask whether it may. */
  startPositioning(): void
  stopPositioning(): void
}

const OwnAlertContext = createContext<OwnAlert | undefined>(undefined)

export function OwnAlertProvider({ children }: { children: ReactNode }) {
  const calls = useCalls()
  const alert = useValue('alert')
  const hasAccount = useValue('readiness')?.gaps.includes('no-account') !== true
  const allowed = usePositionAllowed()
  const [asked, setAsked] = useState(false)
  const open = alert ? isOpen(alert) : false
  const positioning = usePosition(asked || (open && allowed), forAlert)
  const id = open ? alert?.id : undefined
  const [sent, setSent] = useState<Position>()
  const last = useRef<{ id: string; position: Position }>(undefined)
  const position = positioning.state === 'known' ? positioning.position : undefined

  useEffect(() => {
    if (!id || !position) return
    const before = last.current?.id === id ? last.current.position : undefined
    if (!isWorthSending(before, position)) return
    last.current = { id, position }
    // An alert that ended meanwhile takes no position; there is nobody to tell.
    calls.update(id, { position }).then(
      () => setSent(position),
      () => {},
    )
  }, [calls, id, position])

  // Once the alert has ended nobody needs to know where she is.
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !open) setAsked(false)
    wasOpen.current = open
  }, [open])

  const own = useMemo(
    () => ({
      hasAccount,
      alert,
      positioning,
      sent: open ? sent : undefined,
      startPositioning: () => setAsked(true),
      stopPositioning: () => setAsked(false),
    }),
    [hasAccount, alert, positioning, sent, open],
  )
  return <OwnAlertContext value={own}>{children}</OwnAlertContext>
}

export function useOwnAlert(): OwnAlert {
  const own = use(OwnAlertContext)
  if (!own) throw new TypeError('no alert above this component')
  return own
}
