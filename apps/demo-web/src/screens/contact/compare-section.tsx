/** Sixty digits that both see: that they are the same is more than that an invitation was accepted (W44). */
import type { Contact } from '@selene/client-sdk'
import { useEffect, useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { CodeScanner } from '../../ui/code-scanner.tsx'
import { DigitGroups } from '../../ui/digit-groups.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Section } from '../../ui/section.tsx'

/** The digits of a contact, once they are known. */
function useFingerprint(id: Contact['id'], run: ReturnType<typeof useAction>['run']) {
  const calls = useCalls()
  const [digits, setDigits] = useState<string>()
  useEffect(() => {
    let isGone = false
    void run(async () => {
      const found = await calls.fingerprint(id)
      if (!isGone) setDigits(found)
    })
    return () => {
      isGone = true
    }
  }, [calls, id, run])
  return digits
}

function Camera({ digits, found }: { digits: string; found(shown: string): void }) {
  const { contacts } = useText()
  return (
    <details className="help">
      <summary>{contacts.camera}</summary>
      <div className="help-content">
        <p>{contacts.cameraHint}</p>
        <QrCode value={digits.replaceAll(' ', '')} label={contacts.cameraCode} />
        <CodeScanner found={found} />
      </div>
    </details>
  )
}

interface CompareProps {
  readonly digits: string
  readonly busy: boolean
  /** What the other's screen shows. */
  compare(shown: string): void
  differ(): void
}

function Compare({ digits, busy, compare, differ }: CompareProps) {
  const { contacts } = useText()
  return (
    <>
      <DigitGroups digits={digits} label={contacts.digits} />
      <div className="row">
        <button
          type="button"
          className="button button-main"
          disabled={busy}
          onClick={() => compare(digits)}
        >
          {contacts.same}
        </button>
        <button type="button" className="button" disabled={busy} onClick={differ}>
          {contacts.differ}
        </button>
      </div>
      <Camera digits={digits} found={compare} />
    </>
  )
}

export function CompareSection({ contact }: { contact: Contact }) {
  const { contacts } = useText()
  const calls = useCalls()
  const announcer = useAnnouncer()
  const { run, busy, fault } = useAction()
  const digits = useFingerprint(contact.id, run)
  const [differed, setDiffered] = useState(false)

  async function compare(shown: string): Promise<void> {
    const isSame = await calls.verifyContact(contact.id, shown)
    setDiffered(!isSame)
    if (isSame) announcer.polite(contacts.isVerified)
  }

  return (
    <Section title={contacts.compareTitle}>
      {contact.verified ? (
        <p className="note note-good">
          <Icon name="check" />
          {contacts.isVerified}
        </p>
      ) : (
        <p>
          {contacts.compareAccepted} {contacts.compareLead(contact.name)}
        </p>
      )}
      {digits !== undefined && !contact.verified && (
        <Compare
          digits={digits}
          busy={busy}
          compare={(shown) => void run(() => compare(shown))}
          differ={() => setDiffered(true)}
        />
      )}
      {digits !== undefined && contact.verified && (
        <details className="help">
          <summary>{contacts.compareAgain}</summary>
          <div className="help-content">
            <DigitGroups digits={digits} label={contacts.digits} />
          </div>
        </details>
      )}
      <div role="alert">
        {differed && !contact.verified && (
          <p className="note note-bad">
            <Icon name="warning" />
            <span>{contacts.differed}</span>
          </p>
        )}
      </div>
      <FaultNote fault={fault} />
    </Section>
  )
}
