/** Ends being each other's contact, after saying what that means. */
import type { Contact } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'

export function RemoveContact({ contact }: { contact: Pick<Contact, 'id' | 'name'> }) {
  const { app, contacts } = useText()
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={busy}
        aria-label={contacts.removeLabel(contact.name)}
        onClick={() => setAsked(true)}
      >
        {contacts.remove}
      </button>
      <FaultNote fault={fault} />
      <Dialog
        open={isAsked}
        title={contacts.removeTitle(contact.name)}
        close={() => setAsked(false)}
      >
        <p>{contacts.removeText}</p>
        <div className="row">
          <button
            type="button"
            className="button button-alarm"
            onClick={() => {
              setAsked(false)
              void run(() => calls.removeContact(contact.id))
            }}
          >
            {contacts.remove}
          </button>
          <button type="button" className="button" onClick={() => setAsked(false)}>
            {app.cancel}
          </button>
        </div>
      </Dialog>
    </>
  )
}
