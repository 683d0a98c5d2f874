/** Her contacts, one by one, and the helpers who answered. */
import type { Alert, ContactStanding } from '@selene/client-sdk'
import { useText } from '../../strings/language.tsx'
import type { Strings } from '../../strings/en.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

function standingText(contact: ContactStanding, isSent: boolean, text: Strings): string {
  if (contact.response) return text.responseOf[contact.response]
  if (contact.delivered) return text.sos.delivered
  return isSent ? text.sos.notDelivered : text.sos.notSent
}

export function AlertContacts({ alert }: { alert: Alert }) {
  const text = useText()
  const isSent = alert.sentAt !== undefined
  return (
    <Section title={text.sos.contacts}>
      {alert.contacts.length === 0 && <p>{text.sos.noContacts}</p>}
      <ul className="people" aria-live="polite">
        {alert.contacts.map((contact) => (
          <li key={contact.contact}>
            <Icon name={contact.response || contact.delivered ? 'check' : 'clock'} />
            <strong>{contact.name}</strong>
            <span>{standingText(contact, isSent, text)}</span>
            {contact.note !== undefined && <q>{contact.note}</q>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function AlertResponders({ alert }: { alert: Alert }) {
  const text = useText()
  if (alert.audience === 'contacts') return null
  return (
    <Section title={text.sos.responders}>
      {alert.responders.length === 0 && <p>{text.sos.noResponders}</p>}
      <ul className="people" aria-live="polite">
        {alert.responders.map(({ id, name, state, note }) => (
          <li key={id}>
            <Icon name="check" />
            <strong>{name ?? text.sos.someHelper}</strong>
            <span>{text.responseOf[state]}</span>
            {note !== undefined && <q>{note}</q>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
