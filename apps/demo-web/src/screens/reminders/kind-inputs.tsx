/** What a kind of reminder asks for beside the time. */
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Field } from '../../ui/field.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import {
  isDated,
  maxLabelLength,
  wholeLimits,
  type RuleDraft,
  type RuleField,
} from './rule-draft.ts'

/** A rule that is being asked for. */
export interface Asking {
  readonly draft: RuleDraft
  /** What to say is wrong. */
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
export function KindInputs({ asking }: { asking: Asking }) {
  const { reminders } = useText()
  const { draft, faults, set } = asking
  const { kind } = draft
  const isOnce = kind === 'own' && draft.repeat === 'once'
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
          label={isOnce ? reminders.onceOn : reminders.from[kind]}
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
