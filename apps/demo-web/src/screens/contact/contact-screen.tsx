/** One contact: whether nobody stands between the two, what they may read, and the end of it. */
import type { Contact, ContactId } from '@selene/client-sdk'
import { useLive } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { GivenList } from '../sharing/given-list.tsx'
import { CompareSection } from './compare-section.tsx'
import { RemoveContact } from './remove-contact.tsx'

function KeysChanged({ name }: { name: string }) {
  const { contacts } = useText()
  return (
    <Section title={contacts.keysTitle} tone="alarm">
      <p>{contacts.keysText(name)}</p>
      <p>{contacts.keysDo}</p>
    </Section>
  )
}

function TrustedContact({ contact }: { contact: Contact }) {
  const { contacts, sharing } = useText()
  const { id, name } = contact
  return (
    <>
      <p className="lead">
        {contacts.states.trusted}. {contact.verified ? contacts.verified : contacts.notVerified}.
      </p>
      {contact.keysChanged && <KeysChanged name={name} />}
      {contact.keysRenewed && !contact.keysChanged && (
        <Section title={contacts.renewedTitle} tone="quiet">
          <p>{contacts.renewedText(name)}</p>
        </Section>
      )}
      <CompareSection key={id} contact={contact} />
      <Section title={sharing.given}>
        <GivenList contact={id} />
        <Link to={{ name: 'share', id }} className="button">
          {sharing.addWith(name)}
        </Link>
      </Section>
      <Section title={contacts.remove} lead={contacts.removeHint} tone="quiet">
        <RemoveContact contact={contact} />
      </Section>
    </>
  )
}

export function ContactScreen({ id }: { id?: ContactId }) {
  const { app, contacts } = useText()
  const live = useLive('contacts')
  const contact =
    live.status === 'ready'
      ? live.value.find((one) => one.id === id && one.state === 'trusted')
      : undefined
  return (
    <Screen name="contact" title={contact?.name ?? contacts.list}>
      {live.status === 'loading' && <p className="note">{app.loading}</p>}
      {contact && <TrustedContact contact={contact} />}
      {live.status === 'ready' && !contact && <p>{contacts.unknown}</p>}
      <p>
        <Link to={{ name: 'people' }}>{contacts.title}</Link>
      </p>
    </Screen>
  )
}
