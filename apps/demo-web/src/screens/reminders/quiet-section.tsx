/** Hours without reminders. */
import type { QuietHours, ReminderSettings } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useAhead } from '../../backend/use-ahead.ts'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'

const usualHours: QuietHours = { from: '22:00', to: '07:00' }
const none = {}

const isPossible = ({ from, to }: QuietHours): boolean => from !== '' && to !== '' && from !== to

interface HoursInputsProps {
  readonly hours: QuietHours
  change(hours: QuietHours): void
}

/** Times that cannot be stay here until they can. */
function HoursInputs({ hours, change }: HoursInputsProps) {
  const { reminders } = useText()
  const [draft, setDraft] = useState(hours)

  function set(next: QuietHours): void {
    setDraft(next)
    if (isPossible(next)) change(next)
  }

  return (
    <div className="input-group">
      <div className="row">
        <Field
          label={reminders.quietFrom}
          type="time"
          className="input-short"
          value={draft.from}
          onChange={(event) => set({ ...draft, from: event.target.value })}
        />
        <Field
          label={reminders.quietTo}
          type="time"
          className="input-short"
          fault={isPossible(draft) ? undefined : reminders.quietFault}
          value={draft.to}
          onChange={(event) => set({ ...draft, to: event.target.value })}
        />
      </div>
    </div>
  )
}

export function QuietSection({ settings }: { settings: ReminderSettings | undefined }) {
  const { reminders, day } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const ahead = useAhead<{ readonly quietHours?: QuietHours }>(settings ?? none)
  const hours = ahead.shown.quietHours

  async function store(quietHours: QuietHours | null): Promise<void> {
    await ahead.change({ quietHours }, () => calls.setQuietHours(quietHours))
    announcer.polite(day.saved)
  }
  const change = (hours: QuietHours | null): void => void action.run(() => store(hours))

  return (
    <Section title={reminders.quietTitle} lead={reminders.quietLead}>
      <fieldset className="fields" disabled={!settings}>
        <label className="switch">
          <input
            type="checkbox"
            role="switch"
            checked={hours !== undefined}
            onChange={(event) => change(event.target.checked ? usualHours : null)}
          />
          <span>{reminders.quiet}</span>
        </label>
        {hours && <HoursInputs hours={hours} change={change} />}
      </fieldset>
      <FaultNote fault={action.fault} />
    </Section>
  )
}
