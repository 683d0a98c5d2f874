/** A new browser's side of linking: it shows a code and waits to be let in. */
import { useEffect, useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Section } from '../../ui/section.tsx'

export function JoinVault() {
  const { devices, app } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const [code, setCode] = useState<string>()

  // A code that nobody looks at any more is taken back.
  useEffect(() => () => void calls.cancelJoining(), [calls])

  function start(): void {
    void action.run(async () => {
      setCode(await calls.startJoining())
      try {
        await calls.joined()
        announcer.polite(devices.joined)
      } finally {
        setCode(undefined)
      }
    })
  }

  return (
    <Section title={devices.joinTitle} lead={devices.joinLead}>
      {code === undefined ? (
        <button type="button" className="button" disabled={action.busy} onClick={start}>
          {devices.joinStart}
        </button>
      ) : (
        <>
          <QrCode value={code} label={devices.joinCode} />
          <p>{devices.joinHint}</p>
          <Field
            label={devices.joinCode}
            readOnly
            value={code}
            onFocus={(event) => event.target.select()}
          />
          <p role="status" className="with-icon">
            <i className="spinner" aria-hidden="true" />
            {devices.joinWaiting}
          </p>
          <div className="row">
            <CopyButton value={code} />
            <button
              type="button"
              className="button"
              onClick={() => {
                setCode(undefined)
                void calls.cancelJoining()
              }}
            >
              {app.cancel}
            </button>
          </div>
        </>
      )}
      <FaultNote fault={action.fault} />
    </Section>
  )
}
