/** Trusted contacts, and offering help nearby. */
import { useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link, useRouting } from '../../use-route.tsx'
import { AcceptInvitation } from './accept-invitation.tsx'
import { AddressesSection } from './addresses-section.tsx'
import { ContactList } from './contact-list.tsx'
import { HelpNearby } from './help-nearby.tsx'
import { Invite } from './invite.tsx'
import { OwnName } from './own-name.tsx'

export function PeopleScreen() {
  const { contacts, devices } = useText()
  const account = useValue('account')
  const { invitation } = useRouting()
  const hasAccount = account !== undefined && account.status !== 'none'
  // An opened invitation comes first, and stays there once it is answered.
  const [isInvited, setInvited] = useState(false)
  if (invitation !== undefined && !isInvited) setInvited(true)
  return (
    <Screen name="people" title={contacts.title}>
      <p className="lead">{contacts.lead}</p>
      {isInvited && <AcceptInvitation hasAccount={hasAccount} />}
      <ContactList />
      {hasAccount && (
        <Link to={{ name: 'sharing' }} className="list-link card">
          <Icon name="file" />
          <span className="grow">
            <strong>{contacts.sharing}</strong>
            <small>{contacts.sharingHint}</small>
          </span>
          <Icon name="next" />
        </Link>
      )}
      {account?.status === 'none' && (
        <Section title={devices.createTitle} lead={contacts.needAccount} tone="quiet">
          <Link to={{ name: 'devices' }} className="button button-main">
            {devices.createTitle}
          </Link>
        </Section>
      )}
      <AddressesSection />
      {hasAccount && (
        <>
          <Invite />
          {!isInvited && <AcceptInvitation hasAccount />}
          <OwnName />
          <HelpNearby />
        </>
      )}
    </Screen>
  )
}
