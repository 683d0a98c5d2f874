/** Accepting an invitation: the one the page was opened with, or one that is pasted. */
import { useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { useRouting } from '../../use-route.tsx'
import { maxNameLength } from './max-name-length.ts'

/** Without an account only an opened invitation shows: it waits until there is one. */
export function AcceptInvitation({ hasAccount }: { hasAccount: boolean }) {
  const { contacts, app } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const { invitation, forgetInvitation } = useRouting()
  const [pasted, setPasted] = useState('')
  const [name, setName] = useState('')
  const [accepted, setAccepted] = useState<string>()
  const link = invitation ?? pasted.trim()

  function accept(event: FormEvent): void {
    event.preventDefault()
    if (link === '') return
    void action.run(async () => {
      const contact = await calls.accept(link, name.trim() === '' ? undefined : name.trim())
      setAccepted(contact.name)
      announcer.polite(contacts.accepted(contact.name))
      setPasted('')
      setName('')
      forgetInvitation()
    })
  }

  if (!hasAccount && !invitation) return null
  return (
    <Section
      title={contacts.acceptTitle}
      lead={invitation === undefined ? undefined : contacts.acceptLead}
    >
      {accepted !== undefined && (
        <p className="note note-good">
          <Icon name="check" />
          {contacts.accepted(accepted)}
        </p>
      )}
      {!hasAccount && <p>{contacts.needAccount}</p>}
      {hasAccount && (
        <form onSubmit={accept}>
          {invitation === undefined && (
            <Field
              label={contacts.acceptLink}
              required
              autoComplete="off"
              inputMode="url"
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
            />
          )}
          <Field
            label={contacts.acceptName}
            autoComplete="off"
            maxLength={maxNameLength}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <FaultNote fault={action.fault} />
          <div className="row">
            <button type="submit" className="button button-main" disabled={action.busy}>
              {contacts.accept}
            </button>
            {invitation !== undefined && (
              <button type="button" className="button" onClick={forgetInvitation}>
                {contacts.notAccept}
              </button>
            )}
          </div>
        </form>
      )}
      {!hasAccount && (
        <button type="button" className="button" onClick={forgetInvitation}>
          {app.cancel}
        </button>
      )}
    </Section>
  )
}
