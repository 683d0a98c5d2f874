/** All contacts with what they are to her: who is one has a page, who is only invited can be removed here. */
import type { Contact } from '@selene/client-sdk'
import { useLive } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { RemoveContact } from '../contact/remove-contact.tsx'

/** What is to be known of somebody's keys, the most urgent first. */
function keysOf({ keysChanged, keysRenewed, verified }: Contact) {
  if (keysChanged) return { icon: 'warning', text: 'keysChanged' } as const
  if (keysRenewed) return { icon: 'people', text: 'keysRenewed' } as const
  return verified
    ? ({ icon: 'check', text: 'verified' } as const)
    : ({ icon: 'people', text: 'notVerified' } as const)
}

function TrustedLine({ contact }: { contact: Contact }) {
  const { contacts } = useText()
  const { id, name } = contact
  const keys = keysOf(contact)
  return (
    <li>
      <Link to={{ name: 'contact', id }} className="list-link">
        <Icon name={keys.icon} />
        <span className="grow">
          <strong>{name}</strong>
          <small>{contacts.states.trusted}</small>
          <small>{contacts[keys.text]}</small>
        </span>
        <Icon name="next" />
      </Link>
    </li>
  )
}

function InvitedLine({ contact }: { contact: Contact }) {
  const { text, locale } = useLanguage()
  const { contacts } = text
  const now = useNow()
  const { name, state, expiresAt } = contact
  return (
    <li className="list-line">
      <Icon name="clock" />
      <span className="grow">
        <strong>{name}</strong>
        <small>
          {contacts.states[state]}
          {state === 'invited' &&
            expiresAt !== undefined &&
            `, ${contacts.until(momentText(expiresAt, locale, now))}`}
        </small>
      </span>
      <RemoveContact contact={contact} />
    </li>
  )
}

export function ContactList() {
  const { contacts, app } = useText()
  const live = useLive('contacts')
  const list = live.status === 'ready' ? live.value : []
  return (
    <Section title={contacts.list}>
      {live.status === 'loading' && <p>{app.loading}</p>}
      {live.status === 'ready' && list.length === 0 && <p>{contacts.none}</p>}
      <ul className="list list-wide">
        {list.map((contact) =>
          contact.state === 'trusted' ? (
            <TrustedLine key={contact.id} contact={contact} />
          ) : (
            <InvitedLine key={contact.id} contact={contact} />
          ),
        )}
      </ul>
    </Section>
  )
}
