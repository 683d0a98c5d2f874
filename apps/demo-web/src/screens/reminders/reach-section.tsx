/** Says plainly when reminders come here, what they say, and offers the system's notices. */
import { useAction, useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Section } from '../../ui/section.tsx'
import { useNoticePermission } from './notice-permission.ts'

export function ReachSection() {
  const { reminders } = useText()
  const action = useAction()
  const reach = useValue('reminderReach')
  const { permission, ask } = useNoticePermission()
  return (
    <Section title={reminders.reachTitle} tone="quiet">
      {reach && <p>{reminders.reach[reach]}</p>}
      <p>{reminders.neutral(reminders.notice)}</p>
      {reach !== 'none' && <p role="status">{reminders.permission[permission]}</p>}
      {reach !== 'none' && permission === 'default' && (
        <button
          type="button"
          className="button"
          disabled={action.busy}
          onClick={() => void action.run(ask)}
        >
          {reminders.allow}
        </button>
      )}
      <FaultNote fault={action.fault} />
    </Section>
  )
}
