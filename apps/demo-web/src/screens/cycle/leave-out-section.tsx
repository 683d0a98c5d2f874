/** Whether this cycle is left out of forecasts and statistics. */
import type { Cycle, LoggedDay } from '@selene/client-sdk/calendar'
import { useMemo } from 'react'
import { useAhead } from '../../backend/use-ahead.ts'
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
  const marked = useMemo(
    () => days.filter(({ values }) => values['cycle.exclude'] === true),
    [days],
  )
  const stored = useMemo(() => ({ isLeftOut: marked.length > 0 }), [marked])
  const ahead = useAhead(stored)

  async function write(isLeftOut: boolean): Promise<void> {
    if (isLeftOut) await calls.edit(cycle.start, { 'cycle.exclude': true })
    else for (const { date } of marked) await calls.edit(date, { 'cycle.exclude': null })
  }

  async function leaveOut(isLeftOut: boolean): Promise<void> {
    await ahead.change({ isLeftOut }, () => write(isLeftOut))
    announcer.polite(day.saved)
  }

  return (
    <Section title={words.leaveOutTitle}>
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={ahead.shown.isLeftOut}
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
