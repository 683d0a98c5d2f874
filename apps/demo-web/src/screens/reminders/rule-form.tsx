/** The questions about one reminder; each kind asks for what it needs. */
import {
  checkReminderSettings,
  isExactReminder,
  type CivilDate,
  type QuietHours,
  type ReminderRule,
} from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useNow } from '../../calendar/today.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { EntryForm } from '../../ui/entry-form.tsx'
import { Field } from '../../ui/field.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import type { Fault } from '../../worker/fault.ts'
import { KindInputs, type Asking } from './kind-inputs.tsx'
import { draftOf, faultsOf, newRule, ruleOf, withKind } from './rule-draft.ts'

/** What is odd about the time: it is over, or lies in the quiet hours. */
function useTimeOddity(rule: ReminderRule, quietHours: QuietHours | undefined): string | undefined {
  const { reminders } = useText()
  const now = useNow()
  const isOnce = rule.kind === 'own' && rule.repeat === undefined
  if (isOnce && Date.parse(`${rule.from}T${rule.time}`) < now) return reminders.pastOdd
  const settings = { rules: [{ ...rule, on: true }], ...(quietHours && { quietHours }) }
  if (checkReminderSettings(settings).odd.length === 0) return undefined
  return isExactReminder(rule.kind) ? reminders.quietExact : reminders.quietOdd
}

interface RuleFormProps {
  /** Absent for a new one. */
  readonly rule: ReminderRule | undefined
  readonly quietHours: QuietHours | undefined
  readonly today: CivilDate
  readonly busy: boolean
  readonly fault: Fault | undefined
  save(rule: ReminderRule): void
  cancel(): void
}

export function RuleForm(props: RuleFormProps) {
  const { rule, quietHours, today, busy, fault, save, cancel } = props
  const { reminders } = useText()
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule, today) : newRule(today)))
  const [own] = useState(() => rule ?? { id: crypto.randomUUID(), on: true })
  const [tried, setTried] = useState(false)
  const faults = faultsOf(draft)
  const asking: Asking = {
    draft,
    faults: tried ? faults : [],
    set: (change) => setDraft({ ...draft, ...change }),
  }
  const odd = useTimeOddity(ruleOf(draft, own), quietHours)

  function submit(): boolean {
    setTried(true)
    if (faults.length === 0) save(ruleOf(draft, own))
    return faults.length === 0
  }

  return (
    <EntryForm busy={busy} fault={fault} save={submit} cancel={cancel}>
      <div className="input-group">
        <ChoiceChips
          legend={reminders.kind}
          options={optionsOf(reminders.kinds)}
          value={draft.kind}
          choose={(kind) => setDraft(withKind(draft, kind))}
        />
        <p className="hint">{reminders.meanings[draft.kind]}</p>
      </div>
      <KindInputs asking={asking} />
      <Field
        label={reminders.time}
        type="time"
        className="input-short"
        fault={asking.faults.includes('time') ? reminders.timeFault : undefined}
        odd={odd}
        value={draft.time}
        onChange={(event) => asking.set({ time: event.target.value })}
      />
    </EntryForm>
  )
}
