/** What she shares and with whom, and what is shared with her. */
import { useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { GivenList } from './given-list.tsx'
import { ReceivedSection } from './received-section.tsx'

export function SharingScreen() {
  const { contacts, sharing } = useText()
  const people = useValue('contacts')
  const hasContact = people?.some(({ state }) => state === 'trusted')
  return (
    <Screen name="sharing" title={sharing.title}>
      <p className="lead">{sharing.lead}</p>
      <Section title={sharing.given}>
        <GivenList />
        {hasContact && (
          <Link to={{ name: 'share' }} className="button button-main">
            {sharing.add}
          </Link>
        )}
        {hasContact === false && (
          <>
            <p className="hint">{sharing.needContact}</p>
            <Link to={{ name: 'people' }} className="button">
              {contacts.title}
            </Link>
          </>
        )}
      </Section>
      <ReceivedSection />
    </Screen>
  )
}
