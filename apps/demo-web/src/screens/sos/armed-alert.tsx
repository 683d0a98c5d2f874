/** The countdown, with one thing to press. */
import type { Alert } from '@selene/client-sdk'
import { useEffect, useRef } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'

const tickMilliseconds = 200

export function ArmedAlert({ alert }: { alert: Alert }) {
  const { sos } = useText()
  const { hasAccount } = useOwnAlert()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const now = useNow(tickMilliseconds)
  const left = Math.max(0, Math.ceil(((alert.firesAt ?? now) - now) / 1000))
  const { id } = alert
  const heading = useRef<HTMLHeadingElement>(null)

  // Not on the button: the key that was held for the alert would press it.
  useEffect(() => heading.current?.focus(), [id])

  useEffect(() => {
    announcer.urgent(sos.armedAnnounce(Math.ceil(((alert.firesAt ?? 0) - Date.now()) / 1000)))
    // Said once for each alert; the seconds are shown.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id])

  return (
    <div className="armed">
      <h2 className="armed-title" ref={heading} tabIndex={-1}>
        {sos.armedTitle}
      </h2>
      <p className="countdown" role="timer" aria-live="off">
        {sos.seconds(left)}
      </p>
      <button
        type="button"
        className="button button-cancel"
        disabled={action.busy}
        onClick={() => void action.run(() => calls.cancel(id))}
      >
        {sos.cancelAlert}
      </button>
      <p className={hasAccount ? 'hint' : 'note note-bad'}>
        {!hasAccount ? sos.armedNoAccount : alert.unsent ? sos.armedUnsent : sos.armedText}
      </p>
      <FaultNote fault={action.fault} />
      <button
        type="button"
        className="button"
        disabled={action.busy}
        onClick={() => void action.run(() => calls.fire(id))}
      >
        {sos.sendNow}
      </button>
    </div>
  )
}
