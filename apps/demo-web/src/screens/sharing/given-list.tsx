/** What she lets others read, until when, with the way to end it. */
import type { ContactId, GivenGrant } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls, useLive } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { useGrantWords } from './use-grant-words.ts'

function GivenLine({ grant, end }: { grant: GivenGrant; end(): void }) {
  const { sharing } = useText()
  const words = useGrantWords()
  const now = useNow()
  return (
    <li>
      <span className="grow">
        <strong>{grant.name}</strong>
        <small>
          {words.what(grant)}; {words.since(grant.from)}
        </small>
        <small>{words.until(grant, now)}</small>
        {grant.refused && <small className="note note-bad">{sharing.refused}</small>}
      </span>
      <button
        type="button"
        className="button"
        aria-label={sharing.endLabel(grant.name)}
        onClick={end}
      >
        {sharing.end}
      </button>
    </li>
  )
}

/** @param contact Only what this person may read. */
export function GivenList({ contact }: { contact?: ContactId }) {
  const { app, sharing } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const now = useNow()
  const live = useLive('given')
  const [ending, setEnding] = useState<GivenGrant>()
  const all = live.status === 'ready' ? live.value : []
  const list = all.filter(
    (grant) => grant.expiresAt > now && (contact === undefined || grant.contact === contact),
  )

  async function end({ id }: GivenGrant): Promise<void> {
    await calls.endGrant(id)
    announcer.polite(sharing.endedNow)
  }

  return (
    <>
      {live.status === 'loading' && <p>{app.loading}</p>}
      {live.status === 'ready' && list.length === 0 && <p>{sharing.givenNone}</p>}
      <ul className="people people-list entries">
        {list.map((grant) => (
          <GivenLine key={grant.id} grant={grant} end={() => setEnding(grant)} />
        ))}
      </ul>
      <FaultNote fault={action.fault} />
      <Dialog
        open={ending !== undefined}
        title={sharing.endTitle(ending?.name ?? '')}
        close={() => setEnding(undefined)}
      >
        <p>{sharing.endText}</p>
        <div className="row">
          <button
            type="button"
            className="button button-alarm"
            onClick={() => {
              if (ending) void action.run(() => end(ending))
              setEnding(undefined)
            }}
          >
            {sharing.end}
          </button>
          <button type="button" className="button" onClick={() => setEnding(undefined)}>
            {app.cancel}
          </button>
        </div>
      </Dialog>
    </>
  )
}
