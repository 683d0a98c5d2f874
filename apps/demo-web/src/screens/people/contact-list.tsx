import type { Contact } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls, useLive } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

function ContactLine({ contact, remove }: { contact: Contact; remove: () => void }) {
  const { text, locale } = useLanguage()
  const { contacts } = text
  const now = useNow()
  const { name, state, expiresAt } = contact
  return (
    <li>
      <Icon name={state === 'trusted' ? 'check' : 'clock'} />
      <span className="grow">
        <strong>{name}</strong>
        <small>
          {contacts.states[state]}
          {state === 'invited' &&
            expiresAt !== undefined &&
            `, ${contacts.until(momentText(expiresAt, locale, now))}`}
        </small>
      </span>
      <button
        type="button"
        className="button"
        aria-label={contacts.removeLabel(name)}
        onClick={remove}
      >
        {contacts.remove}
      </button>
    </li>
  )
}

/** All contacts with what they are to her; removing asks first. */
export function ContactList() {
  const { contacts, app } = useText()
  const calls = useCalls()
  const action = useAction()
  const live = useLive('contacts')
  const list = live.status === 'ready' ? live.value : []
  const [removing, setRemoving] = useState<Contact>()

  function remove(): void {
    if (removing) void action.run(() => calls.removeContact(removing.id))
    setRemoving(undefined)
  }

  return (
    <Section title={contacts.list}>
      {live.status === 'loading' && <p>{app.loading}</p>}
      {live.status === 'ready' && list.length === 0 && <p>{contacts.none}</p>}
      <ul className="people people-list">
        {list.map((contact) => (
          <ContactLine key={contact.id} contact={contact} remove={() => setRemoving(contact)} />
        ))}
      </ul>
      <FaultNote fault={action.fault} />
      <Dialog
        open={removing !== undefined}
        title={contacts.removeTitle(removing?.name ?? '')}
        close={() => setRemoving(undefined)}
      >
        <p>{contacts.removeText}</p>
        <div className="row">
          <button type="button" className="button button-alarm" onClick={remove}>
            {contacts.remove}
          </button>
          <button type="button" className="button" onClick={() => setRemoving(undefined)}>
            {app.cancel}
          </button>
        </div>
      </Dialog>
    </Section>
  )
}
