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
import {
  draftOf,
  faultsOf,
  isDated,
  maxLabelLength,
  newRule,
  ruleOf,
  wholeLimits,
  withKind,
  type RuleDraft,
  type RuleField,
} from './rule-draft.ts'

interface Asking {
  readonly draft: RuleDraft
  readonly faults: readonly RuleField[]
  set(change: Partial<RuleDraft>): void
}

type WholeField = keyof typeof wholeLimits

function WholeInput({
  field,
  label,
  asking,
}: {
  field: WholeField
  label: string
  asking: Asking
}) {
  const { reminders } = useText()
  const { draft, faults, set } = asking
  const [min, max] = wholeLimits[field]
  return (
    <Field
      label={label}
      fault={faults.includes(field) ? reminders.wholeFault(min, max) : undefined}
      inputMode="numeric"
      autoComplete="off"
      className="input-short"
      value={draft[field]}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  )
}

function OwnInputs({ asking }: { asking: Asking }) {
  const { reminders } = useText()
  const { draft, faults, set } = asking
  return (
    <>
      <Field
        label={reminders.label}
        hint={reminders.labelHint}
        fault={faults.includes('label') ? reminders.labelFault(maxLabelLength) : undefined}
        autoComplete="off"
        value={draft.label}
        onChange={(event) => set({ label: event.target.value })}
      />
      <ChoiceChips
        legend={reminders.repeat}
        options={optionsOf(reminders.repeats)}
        value={draft.repeat}
        choose={(repeat) => set({ repeat })}
      />
      {draft.repeat !== 'once' && (
        <WholeInput field="every" label={reminders.every[draft.repeat]} asking={asking} />
      )}
    </>
  )
}

/** What a kind needs beside the time. */
function KindInputs({ asking }: { asking: Asking }) {
  const { reminders } = useText()
  const { draft, faults, set } = asking
  const { kind } = draft
  return (
    <>
      {kind === 'own' && <OwnInputs asking={asking} />}
      {kind === 'period-due' && (
        <WholeInput field="daysBefore" label={reminders.daysBefore} asking={asking} />
      )}
      {kind === 'pill' && (
        <ChoiceChips
          legend={reminders.pack}
          options={optionsOf(reminders.packs)}
          value={draft.pack}
          choose={(pack) => set({ pack })}
        />
      )}
      {kind === 'check-up' && (
        <WholeInput field="everyMonths" label={reminders.everyMonths} asking={asking} />
      )}
      {isDated(kind) && (
        <Field
          label={reminders.from[kind]}
          type="date"
          className="input-date"
          fault={faults.includes('from') ? reminders.dateFault : undefined}
          value={draft.from}
          onChange={(event) => set({ from: event.target.value })}
        />
      )}
    </>
  )
}

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
