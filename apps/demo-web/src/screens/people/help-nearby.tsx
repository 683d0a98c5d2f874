/** Offering help to people nearby, with plain words on what the server learns from it. */
import { useRef, useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useNow } from '../../calendar/today.ts'
import { useLanguage } from '../../strings/language.tsx'
import { momentText } from '../../strings/moment.ts'
import { ChoiceChips } from '../../ui/chips.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import { useSharing } from '../../position/sharing.tsx'

const radiiMetres = [1000, 2000, 5000, 10_000, 20_000] as const

export function HelpNearby() {
  const { text, locale } = useLanguage()
  const { contacts } = text
  const calls = useCalls()
  const action = useAction()
  const now = useNow()
  const location = useValue('location')
  const { positioning, start } = useSharing()
  const isSharing = location?.sharing === true

  // Her wish shows at once, and until the state has followed it.
  const [wanted, setWanted] = useState<boolean>()
  const [refused, setRefused] = useState(false)
  /** Counts her decisions: a position that comes after the next one is not used. */
  const decisions = useRef(0)
  if (wanted === isSharing) setWanted(undefined)

  /** The position comes first: without one nobody nearby could be found. */
  async function offer(): Promise<void> {
    const mine = decisions.current
    const position = await start()
    if (mine !== decisions.current) return
    if (position === 'refused') {
      setRefused(true)
      setWanted(undefined)
    } else await calls.setLocation({ sharing: true, ...(position && { position }) })
  }

  function set(sharing: boolean): void {
    decisions.current += 1
    setRefused(false)
    setWanted(sharing)
    void action
      .run(() => (sharing ? offer() : calls.setLocation({ sharing })))
      .then((went) => {
        // What was not taken is not so; what was taken shows when it is.
        if (!went) setWanted(undefined)
        return went
      })
  }

  return (
    <Section title={contacts.helpTitle} lead={contacts.helpLead}>
      <p>{contacts.helpLearns}</p>
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={wanted ?? isSharing}
          disabled={location === undefined}
          onChange={(event) => set(event.target.checked)}
        />
        <span>{contacts.helpSwitch}</span>
      </label>
      {isSharing && (
        <>
          <ChoiceChips
            legend={contacts.helpRadius}
            options={radiiMetres.map((metres) => ({
              value: metres,
              label: contacts.kilometres(metres / 1000),
            }))}
            value={location.radiusMetres}
            choose={(radiusMetres) =>
              void action.run(() => calls.setLocation({ sharing: true, radiusMetres }))
            }
          />
          <p className="small" role="status">
            {location.sentAt === undefined
              ? contacts.helpWaiting
              : contacts.helpSent(momentText(location.sentAt, locale, now))}
          </p>
        </>
      )}
      <div role="status">
        {action.busy && wanted === true && <p>{contacts.helpLocating}</p>}
        {(refused || (isSharing && positioning.state === 'refused')) && (
          <p className="note note-bad">{contacts.helpRefused}</p>
        )}
      </div>
      <FaultNote fault={action.fault} />
    </Section>
  )
}
