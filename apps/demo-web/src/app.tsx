/** The frame around all screens: sync state, leaving, and what must be seen everywhere. */
import { useEffect, useRef, useState } from 'react'
import { useBackend, useCalls, useValue } from './backend/use-backend.tsx'
import { leave } from './leave.ts'
import { useAutoLock } from './lock/auto-lock.ts'
import { IncomingBanner } from './screens/alerts/incoming-banner.tsx'
import { CurrentScreen } from './screens/current-screen.tsx'
import { EndedScreen } from './screens/ended/ended-screen.tsx'
import { useIsKept } from './screens/ended/kept.ts'
import { FirstRun } from './screens/lock/first-run.tsx'
import { UnlockScreen } from './screens/lock/unlock-screen.tsx'
import { OwnAlertBanner } from './screens/sos/own-alert-banner.tsx'
import { useHiddenTold } from './shell/hidden.ts'
import { Navigation } from './shell/navigation.tsx'
import { OpeningNotice } from './shell/opening-notice.tsx'
import { ReminderBanner } from './shell/reminder-banner.tsx'
import { SyncChip } from './shell/sync-chip.tsx'
import { useSyncedSettings } from './shell/synced-settings.ts'
import { UpdateNotice } from './shell/update-notice.tsx'
import { update } from './shell/update.ts'
import { VaultBanner } from './shell/vault-banner.tsx'
import { useText } from './strings/language.tsx'
import { Icon } from './ui/icon.tsx'
import { useRouting } from './use-route.tsx'
import type { Opening } from './worker/watched.ts'

/** The shell is kept for offline use once the diary is open, so that the two do not fetch at once. */
function useOfflineShell(settled: boolean): void {
  useEffect(() => {
    if (settled) update.start()
  }, [settled])
}

/** Whether the diary waits for her: to say how it is protected, or to open it. */
const isShut = (opening: Opening | undefined): boolean =>
  opening?.state === 'new' || opening?.state === 'locked'

function LockButton() {
  const { lock } = useText()
  const calls = useCalls()
  return (
    <button
      type="button"
      className="button button-leave"
      aria-label={lock.lockLabel}
      // What cannot be locked has failed, and says so itself.
      onClick={() => void calls.lock().catch(() => {})}
    >
      <Icon name="lock" />
      <span className="lock-word">{lock.lockNow}</span>
    </button>
  )
}

/** What was read of the diary does not stay in the page once it is locked. */
function useForgetting(shut: boolean): void {
  const backend = useBackend()
  useEffect(() => {
    if (shut) backend.forget()
  }, [backend, shut])
}

/** What had the focus is gone with the screen that stood before the diary, or with what was open: she is led on. */
function useFocusAcross(isBefore: boolean): void {
  const was = useRef(isBefore)
  useEffect(() => {
    if (was.current !== isBefore) focusContent()
    was.current = isBefore
  }, [isBefore])
}

/** The screen that stands before all others while the diary is not open; `undefined` when none does. */
function useShutScreen(opening: Opening | undefined) {
  const [isBeginning, setBeginning] = useState(false)
  const { route } = useRouting()
  const ending = useValue('vault')?.ending
  const isKept = useIsKept()
  // Calling for help needs no diary.
  if (route.name === 'sos') return undefined
  if (opening?.state === 'new' || isBeginning)
    return (
      <FirstRun
        unsealed={opening?.state === 'new' && opening.unsealed}
        begun={() => setBeginning(true)}
        done={() => setBeginning(false)}
      />
    )
  if (opening?.state === 'locked') return <UnlockScreen fault={opening.fault} />
  // She may still take the diary out before she answers.
  const isTakingOut = route.name === 'export' || route.name === 'backup'
  const isAsked = opening?.state === 'open' && !isKept && !isTakingOut
  return ending && isAsked ? <EndedScreen ending={ending} /> : undefined
}

/** Whether it is not known yet what is to be seen; a diary that another tab goes on with stays to be seen. */
function useIsUnknown(opening: Opening | undefined): boolean {
  const [wasKnown, setWasKnown] = useState(false)
  const isKnown = opening !== undefined && opening.state !== 'opening'
  useEffect(() => {
    if (isKnown) setWasKnown(true)
  }, [isKnown])
  return !isKnown && !wasKnown
}

export function App() {
  const { app, lock } = useText()
  const { route } = useRouting()
  const opening = useValue('opening')
  const shut = isShut(opening)
  const shutScreen = useShutScreen(opening)
  const hasLock = opening?.state === 'open' && opening.hasLock
  useOfflineShell(opening !== undefined && opening.state !== 'opening')
  useAutoLock(hasLock)
  useForgetting(shut)
  useHiddenTold()
  useSyncedSettings()
  useFocusAcross(shutScreen !== undefined)
  // Without the diary there is nothing to show but the call for help and what needs no diary.
  const isAlone = opening?.state === 'failed' && !['sos', 'settings'].includes(route.name)
  const isUnknown = useIsUnknown(opening) && route.name !== 'sos'
  return (
    <div className="frame">
      <a className="skip" href="#content" onClick={skipToContent}>
        {app.skip}
      </a>
      <header className="top">
        <span className="brand">{app.brand}</span>
        <SyncChip />
        {hasLock && <LockButton />}
        <button
          type="button"
          className="button button-leave"
          aria-label={app.leaveLabel}
          onClick={leave}
        >
          <Icon name="leave" />
          {app.leave}
        </button>
      </header>
      <Navigation isShut={shut} />
      <main id="content" tabIndex={-1}>
        <UpdateNotice />
        {!shut && <VaultBanner />}
        <IncomingBanner />
        <OwnAlertBanner />
        <ReminderBanner />
        <OpeningNotice isAlone={isAlone} />
        {opening?.state === 'open' && opening.readOnly && (
          <p className="note note-action">{lock.readOnly}</p>
        )}
        {shutScreen ?? (!isAlone && !isUnknown && <CurrentScreen />)}
      </main>
    </div>
  )
}

const focusContent = (): void => document.getElementById('content')?.focus()

/** The address holds the route, so the link moves the focus by itself. */
function skipToContent(event: { preventDefault(): void }): void {
  event.preventDefault()
  focusContent()
}
