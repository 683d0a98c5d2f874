/**
 * People without the app: a link each that opens this device's own messages or mail with the text, with no network too.
 * The alert has gone its way before and waits for none of it.
 */
import type { Alert, Reachable } from '@selene/client-sdk'
import { useEffect, useMemo, useState } from 'react'
import { useCalls, useValue } from '../../backend/use-backend.tsx'
import { isOpen } from '../../sos/ended.ts'
import { useOwnAlert } from '../../sos/own-alert.tsx'
import { plainMessage } from '../../sos/plain-message.ts'
import { useLanguage } from '../../strings/language.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

interface Written extends Reachable {
  readonly href: string
}

/** The people with their links; none until they are known. */
function useLinks(alert: Alert, withPlace: boolean): readonly Written[] {
  const { text, locale } = useLanguage()
  const calls = useCalls()
  const people = useValue('reachable')
  const { positioning } = useOwnAlert()
  const [links, setLinks] = useState<readonly Written[]>([])
  const known = positioning.state === 'known' ? positioning.position : undefined
  const position = withPlace ? known : undefined
  const { kind, phase } = alert
  const message = useMemo(
    () =>
      plainMessage({ kind, phase }, position, {
        words: text.sos.plain,
        clock: (at) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at),
      }),
    [kind, phase, position, text, locale],
  )
  useEffect(() => {
    let isGone = false
    async function make(): Promise<void> {
      const made = message ? await calls.messageLinks(message) : []
      if (!isGone) setLinks(made)
    }
    // What cannot be made is not shown; the alert does not need it.
    make().catch(() => {})
    return () => {
      isGone = true
    }
  }, [calls, people, message])
  return links
}

function PersonLine({ person: { kind, name, address, href } }: { person: Written }) {
  const { text } = useLanguage()
  const { plain } = text.sos
  return (
    <li>
      <strong className="grow">{name}</strong>
      <span className="row">
        <a
          className="button"
          href={href}
          aria-label={kind === 'phone' ? plain.write(name) : plain.mail(name)}
        >
          <Icon name="mail" />
          {kind === 'phone' ? plain.writeWord : plain.mailWord}
        </a>
        {kind === 'phone' && (
          <a className="button" href={`tel:${address}`} aria-label={plain.call(name)}>
            <Icon name="phone" />
            {plain.callWord}
          </a>
        )}
      </span>
    </li>
  )
}

export function WriteYourself({ alert }: { alert: Alert }) {
  const { text } = useLanguage()
  const { plain } = text.sos
  const { positioning } = useOwnAlert()
  const [withPlace, setWithPlace] = useState(false)
  const links = useLinks(alert, withPlace)
  if (links.length === 0) return null
  return (
    <Section title={plain.title} lead={isOpen(alert) ? plain.lead : plain.leadEnded}>
      {isOpen(alert) && positioning.state === 'known' && (
        <label className="switch">
          <input
            type="checkbox"
            checked={withPlace}
            onChange={(event) => setWithPlace(event.target.checked)}
          />
          <span>
            {plain.place}
            <small>{plain.placeHint}</small>
          </span>
        </label>
      )}
      <ul className="people entries">
        {links.map((person) => (
          <PersonLine key={`${person.kind} ${person.address}`} person={person} />
        ))}
      </ul>
    </Section>
  )
}
