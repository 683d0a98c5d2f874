/** Inviting somebody: a link that is a secret, shown as text and as a QR code. */
import { useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Section } from '../../ui/section.tsx'
import { maxNameLength } from './max-name-length.ts'

interface Invitation {
  readonly name: string
  readonly link: string
  readonly expiresAt: number
}

function ShowInvitation({ invitation, done }: { invitation: Invitation; done: () => void }) {
  const { text, locale } = useLanguage()
  const { contacts, app } = text
  const now = useNow()
  const { name, link, expiresAt } = invitation
  const canShare = 'share' in navigator
  return (
    <Section
      arrives
      title={contacts.inviteFor(name)}
      lead={contacts.inviteHint(momentText(expiresAt, locale, now))}
    >
      <QrCode value={link} label={contacts.qr} />
      <Field
        label={contacts.link}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <div className="row">
        <CopyButton value={link} />
        {canShare && (
          <button
            type="button"
            className="button"
            onClick={() => {
              // She may close the browser's dialog without sharing.
              navigator.share({ text: contacts.shareText, url: link }).catch(() => {})
            }}
          >
            {app.share}
          </button>
        )}
        <button type="button" className="button button-main" onClick={done}>
          {contacts.inviteDone}
        </button>
      </div>
    </Section>
  )
}

export function Invite() {
  const { contacts } = useText()
  const calls = useCalls()
  const action = useAction()
  const [name, setName] = useState('')
  const [invitation, setInvitation] = useState<Invitation>()

  function invite(event: FormEvent): void {
    event.preventDefault()
    const called = name.trim()
    if (called === '') return
    void action.run(async () => {
      setInvitation({ name: called, ...(await calls.invite(called)) })
      setName('')
    })
  }

  if (invitation)
    return <ShowInvitation invitation={invitation} done={() => setInvitation(undefined)} />
  return (
    <Section title={contacts.inviteTitle}>
      <form onSubmit={invite}>
        <Field
          label={contacts.inviteName}
          required
          autoComplete="off"
          maxLength={maxNameLength}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <FaultNote fault={action.fault} />
        <button type="submit" className="button button-main" disabled={action.busy}>
          {contacts.invite}
        </button>
      </form>
    </Section>
  )
}
