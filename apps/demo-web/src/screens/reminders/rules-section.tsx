/** Her reminders: on and off with one tap, added and changed in a dialog. */
import type { CivilDate, ReminderRule, ReminderSettings } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useAhead } from '../../backend/use-ahead.ts'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useToday } from '../../calendar/today.ts'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { RuleForm } from './rule-form.tsx'
import { nameOf, silenceOf, summaryOf } from './rule-text.ts'
import { useWording } from './use-wording.ts'

interface RuleLineProps {
  readonly rule: ReminderRule
  readonly isOn: boolean
  /** It is on, and has no next time. */
  readonly isSilent: boolean
  readonly today: CivilDate
  set(on: boolean): void
  change(): void
  remove(): void
}

function RuleLine(props: RuleLineProps) {
  const { rule, isOn, isSilent, today, set, change, remove } = props
  const { reminders, app } = useText()
  const wording = useWording()
  const name = nameOf(rule, wording.text)
  const what = `${name}, ${summaryOf(rule, wording)}`
  return (
    <li>
      <label className="switch grow">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          onChange={(event) => set(event.target.checked)}
        />
        <span>
          {name}
          <small>{summaryOf(rule, wording)}</small>
          {isSilent && <small>{reminders.silence[silenceOf(rule, today)]}</small>}
        </span>
      </label>
      <span className="row">
        <button
          type="button"
          className="button"
          aria-label={reminders.changeLabel(what)}
          onClick={change}
        >
          {app.change}
        </button>
        <button
          type="button"
          className="button"
          aria-label={reminders.removeLabel(what)}
          onClick={remove}
        >
          {app.remove}
        </button>
      </span>
    </li>
  )
}

/** Whether each rule is on, by its id; a tap shows at once. */
function useSwitches(rules: readonly ReminderRule[]) {
  const [stored, setStored] = useState<Readonly<Record<string, boolean>>>({})
  const now = Object.fromEntries(rules.map(({ id, on }) => [id, on]))
  if (JSON.stringify(now) !== JSON.stringify(stored)) setStored(now)
  return useAhead(stored)
}

/** `new` while one is being added. */
type Editing = ReminderRule | 'new' | undefined

export function RulesSection({ settings }: { settings: ReminderSettings | undefined }) {
  const { reminders, app, day } = useText()
  const text = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const today = useToday()
  const rules = settings?.rules ?? []
  const switches = useSwitches(rules)
  const next = useValue('nextReminders')
  const [editing, setEditing] = useState<Editing>()
  const [removing, setRemoving] = useState<ReminderRule>()

  function edit(what: Editing): void {
    action.forget()
    setEditing(what)
  }

  async function store(work: () => Promise<void>): Promise<void> {
    await work()
    setEditing(undefined)
    announcer.polite(day.saved)
  }

  const set = (rule: ReminderRule, on: boolean): Promise<void> =>
    switches.change({ [rule.id]: on }, () => calls.putReminder({ ...rule, on }))

  return (
    <Section title={reminders.rulesTitle}>
      {!settings && <p>{app.loading}</p>}
      {settings && rules.length === 0 && <p>{reminders.none}</p>}
      <ul className="people entries">
        {rules.map((rule) => (
          <RuleLine
            key={rule.id}
            rule={rule}
            isOn={switches.shown[rule.id] ?? rule.on}
            today={today}
            isSilent={rule.on && next !== undefined && !next.some(({ id }) => id === rule.id)}
            set={(on) => void action.run(() => store(() => set(rule, on)))}
            change={() => edit(rule)}
            remove={() => setRemoving(rule)}
          />
        ))}
      </ul>
      {!editing && <FaultNote fault={action.fault} />}
      <button type="button" className="button" disabled={!settings} onClick={() => edit('new')}>
        {reminders.add}
      </button>
      <Dialog
        open={editing !== undefined}
        title={editing === 'new' ? reminders.addTitle : reminders.changeTitle}
        close={() => setEditing(undefined)}
      >
        {editing && (
          <RuleForm
            rule={editing === 'new' ? undefined : editing}
            quietHours={settings?.quietHours}
            today={today}
            busy={action.busy}
            fault={action.fault}
            save={(rule) => void action.run(() => store(() => calls.putReminder(rule)))}
            cancel={() => setEditing(undefined)}
          />
        )}
      </Dialog>
      <RemoveDialog
        what={removing}
        title={(rule) => reminders.removeTitle(nameOf(rule, text))}
        text={reminders.removeText}
        remove={({ id }) => void action.run(() => store(() => calls.removeReminder(id)))}
        close={() => setRemoving(undefined)}
      />
    </Section>
  )
}
