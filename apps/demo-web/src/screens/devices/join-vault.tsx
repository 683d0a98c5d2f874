/** A new browser's side of linking: it shows a code, or a word and then six digits, and waits to be let in. */
import { useEffect, useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Section } from '../../ui/section.tsx'
import { CompareDigits } from './compare-digits.tsx'

/** What is shown to the other device. */
type Shown =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string; readonly digits?: string; readonly said?: true }

function Waiting() {
  const { devices } = useText()
  return (
    <p role="status" className="with-icon">
      <i className="spinner" aria-hidden="true" />
      {devices.joinWaiting}
    </p>
  )
}

function ShownCode({ code, cancel }: { code: string; cancel(): void }) {
  const { devices, app } = useText()
  return (
    <>
      <QrCode value={code} label={devices.joinCode} />
      <p>{devices.joinHint}</p>
      <Field
        label={devices.joinCode}
        readOnly
        value={code}
        onFocus={(event) => event.target.select()}
      />
      <Waiting />
      <div className="row">
        <CopyButton value={code} />
        <button type="button" className="button" onClick={cancel}>
          {app.cancel}
        </button>
      </div>
    </>
  )
}

function ShownWord({ word, cancel }: { word: string; cancel(): void }) {
  const { devices, app } = useText()
  return (
    <>
      <div className="field">
        <h3>{devices.joinWord}</h3>
        <p className="digits">
          {word.slice(0, 4)} {word.slice(4)}
        </p>
      </div>
      <p>{devices.joinWordHint}</p>
      <Waiting />
      <button type="button" className="button" onClick={cancel}>
        {app.cancel}
      </button>
    </>
  )
}

export function JoinVault() {
  const { devices } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const [shown, setShown] = useState<Shown>()
  const [differed, setDiffered] = useState(false)

  // A code that nobody looks at any more is taken back.
  useEffect(() => () => void calls.cancelJoining(), [calls])

  async function untilJoined(): Promise<void> {
    try {
      await calls.joined()
      announcer.polite(devices.joined)
    } finally {
      setShown(undefined)
    }
  }

  async function showCode(): Promise<void> {
    setShown({ kind: 'code', text: await calls.startJoining() })
    await untilJoined()
  }

  async function showWord(): Promise<void> {
    const text = await calls.startJoiningByWord()
    setShown({ kind: 'word', text })
    async function compare(): Promise<void> {
      try {
        setShown({ kind: 'word', text, digits: await calls.joiningDigits() })
      } catch {
        // Joining ends with it, and says why.
      }
    }
    void compare()
    await untilJoined()
  }

  function start(show: () => Promise<void>): void {
    setDiffered(false)
    void action.run(show)
  }

  function cancel(): void {
    setShown(undefined)
    void calls.cancelJoining()
  }

  return (
    <Section title={devices.joinTitle} lead={devices.joinLead}>
      {!shown && (
        <div className="row">
          <button
            type="button"
            className="button"
            disabled={action.busy}
            onClick={() => start(showCode)}
          >
            {devices.joinStart}
          </button>
          <button
            type="button"
            className="button"
            disabled={action.busy}
            onClick={() => start(showWord)}
          >
            {devices.joinWordStart}
          </button>
        </div>
      )}
      {shown?.kind === 'code' && <ShownCode code={shown.text} cancel={cancel} />}
      {shown?.kind === 'word' && shown.digits === undefined && (
        <ShownWord word={shown.text} cancel={cancel} />
      )}
      {shown?.kind === 'word' && shown.digits !== undefined && (
        <>
          <CompareDigits
            digits={shown.digits}
            busy={shown.said === true}
            same={() => {
              setShown({ ...shown, said: true })
              void calls.confirmJoining()
            }}
            differ={() => {
              setDiffered(true)
              cancel()
            }}
          />
          {shown.said && <Waiting />}
        </>
      )}
      {differed ? (
        <p className="note note-bad" role="alert">
          {devices.digitsDiffered}
        </p>
      ) : (
        <FaultNote fault={action.fault} />
      )}
    </Section>
  )
}
