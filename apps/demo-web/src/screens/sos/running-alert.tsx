/** An alert that went off: how far it is, who knows, and ending it. */
import type { Alert } from '@selene/client-sdk'
import { useEffect, useRef, useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { isOpen } from '../../sos/ended.ts'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { useLanguage, useText } from '../../strings/language.tsx'
import { ageText, momentText } from '../../strings/moment.ts'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { AlertContacts, AlertResponders } from './alert-people.tsx'
import { maxNoteLength } from './max-note-length.ts'
import { PositionLine } from './position-line.tsx'
import { WriteYourself } from './write-yourself.tsx'

function AlertTimes({ alert }: { alert: Alert }) {
  const { text, locale } = useLanguage()
  const now = useNow()
  const when = (at: number): string =>
    `${momentText(at, locale, now)}, ${ageText(at, { locale, now, justNow: text.ages.now })}`
  return (
    <dl className="facts">
      <div>
        <dt>{text.sos.raised}</dt>
        <dd>{when(alert.raisedAt)}</dd>
      </div>
      {alert.sentAt !== undefined && (
        <div>
          <dt>{text.sos.sent}</dt>
          <dd>{when(alert.sentAt)}</dd>
        </div>
      )}
    </dl>
  )
}

function Unsent({ alert }: { alert: Alert }) {
  const { sos } = useText()
  const { hasAccount } = useOwnAlert()
  if (!alert.unsent) return null
  const nobodyKnows = alert.sentAt === undefined && isOpen(alert)
  const why = hasAccount ? sos.unsentText : sos.unsentNoAccountText
  return (
    <div className="note note-bad" role="alert">
      <Icon name="clock" />
      <div>
        <strong>{hasAccount ? sos.unsent : sos.unsentNoAccount}</strong>
        <p>{nobodyKnows ? why : sos.unsentChange}</p>
      </div>
    </div>
  )
}

function AddWords({ alert }: { alert: Alert }) {
  const { sos } = useText()
  const calls = useCalls()
  const action = useAction()
  const [note, setNote] = useState('')
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        if (note.trim() === '') return
        void action
          .run(() => calls.update(alert.id, { note: note.trim() }))
          .then((went) => went && setNote(''))
      }}
    >
      <Field
        label={sos.note}
        maxLength={maxNoteLength}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <FaultNote fault={action.fault} />
      <button type="submit" className="button" disabled={action.busy}>
        {sos.noteAdd}
      </button>
    </form>
  )
}

function Ending({ alert }: { alert: Alert }) {
  const { sos } = useText()
  const calls = useCalls()
  const action = useAction()
  const isTest = alert.kind === 'test'
  const act = (work: () => Promise<void>) => ({
    type: 'button' as const,
    disabled: action.busy,
    onClick: () => void action.run(work),
  })
  return (
    <>
      {isOpen(alert) ? (
        <div className="row endings">
          <button className="button button-safe" {...act(() => calls.resolve(alert.id))}>
            <Icon name="check" />
            {isTest ? sos.endTest : sos.safe}
          </button>
          {!isTest && (
            <button className="button" {...act(() => calls.cancel(alert.id))}>
              {sos.cancelAlert}
            </button>
          )}
        </div>
      ) : (
        <button className="button button-main" {...act(() => calls.dismiss(alert.id))}>
          {sos.dismiss}
        </button>
      )}
      <FaultNote fault={action.fault} />
    </>
  )
}

/** How far her alert is, in words; one that nobody she knows is told of says so. */
export function usePhaseText({ phase, contacts }: Alert): string {
  const { sos } = useText()
  const { hasAccount } = useOwnAlert()
  if (phase === 'queued' && !hasAccount) return sos.unsentNoAccount
  return phase === 'sent' && contacts.length === 0 ? sos.sentToNobody : sos.phases[phase]
}

export function RunningAlert({ alert }: { alert: Alert }) {
  const { sos } = useText()
  const announcer = useAnnouncer()
  const phase = usePhaseText(alert)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [alert.id])
  useEffect(() => announcer.urgent(phase), [announcer, phase])
  const open = isOpen(alert)
  return (
    <>
      <div className="phase" data-phase={alert.phase}>
        {alert.kind === 'test' && <span className="badge">{sos.testBadge}</span>}
        {alert.kind === 'medical' && <span className="badge">{sos.medicalBadge}</span>}
        <h2 className="phase-word" ref={heading} tabIndex={-1}>
          {phase}
        </h2>
        <AlertTimes alert={alert} />
      </div>
      <Unsent alert={alert} />
      <Ending alert={alert} />
      <AlertContacts alert={alert} />
      <WriteYourself alert={alert} />
      <AlertResponders alert={alert} />
      {open && <PositionLine />}
      {open && <AddWords alert={alert} />}
    </>
  )
}
