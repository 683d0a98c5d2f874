/** What others let her read: one line each, and a look for news. */
import { useState } from 'react'
import { useAction, useCalls, useLive } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { useGrantWords } from './use-grant-words.ts'

export function ReceivedSection() {
  const { app, sharing } = useText()
  const calls = useCalls()
  const action = useAction()
  const words = useGrantWords()
  const now = useNow()
  const live = useLive('received')
  const [hasLooked, setLooked] = useState(false)
  const list = (live.status === 'ready' ? live.value : []).filter(
    ({ expiresAt }) => expiresAt > now,
  )

  async function look(): Promise<void> {
    setLooked(false)
    await calls.refreshGrants()
    setLooked(true)
  }

  return (
    <Section title={sharing.received}>
      {live.status === 'loading' && <p>{app.loading}</p>}
      {live.status === 'ready' && list.length === 0 && <p>{sharing.receivedNone}</p>}
      <ul className="list list-wide">
        {list.map((grant) => (
          <li key={grant.id}>
            <Link to={{ name: 'shared', id: grant.id }} className="list-link">
              <span className="grow">
                <strong>{grant.name}</strong>
                <small>{words.what(grant)}</small>
                <small>{words.until(grant, now)}</small>
              </span>
              <Icon name="next" />
            </Link>
          </li>
        ))}
      </ul>
      <p className="hint">{sharing.receivedHint}</p>
      <FaultNote fault={action.fault} />
      <p role="status">{hasLooked && sharing.looked}</p>
      <button
        type="button"
        className="button"
        disabled={action.busy}
        onClick={() => void action.run(look)}
      >
        {sharing.look}
      </button>
    </Section>
  )
}
