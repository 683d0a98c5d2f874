/** Whether this cycle is left out of forecasts and statistics. */
import type { Cycle, LoggedDay } from '@selene/client-sdk/calendar'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'

interface LeaveOutSectionProps {
  readonly cycle: Cycle
  /** Those of the cycle. */
  readonly days: readonly LoggedDay[]
}

export function LeaveOutSection({ cycle, days }: LeaveOutSectionProps) {
  const { cycle: words, day } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  // Any day of the cycle may carry the mark: one that was imported, say.
  const marked = days.filter(({ values }) => values['cycle.exclude'] === true)

  async function leaveOut(isLeftOut: boolean): Promise<void> {
    if (isLeftOut) await calls.edit(cycle.start, { 'cycle.exclude': true })
    else for (const { date } of marked) await calls.edit(date, { 'cycle.exclude': null })
    announcer.polite(day.saved)
  }

  return (
    <Section title={words.leaveOutTitle}>
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={marked.length > 0}
          disabled={action.busy}
          onChange={(event) => {
            const { checked } = event.target
            void action.run(() => leaveOut(checked))
          }}
        />
        <span>
          {words.leaveOut}
          <small>{words.leaveOutHint}</small>
        </span>
      </label>
      <FaultNote fault={action.fault} />
    </Section>
  )
}
