/** The questions about what somebody may read: who, what, from when, until when. */
import type { Contact, GrantScope } from '@selene/client-sdk'
import { useToday } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { ChoiceChips } from '../../ui/chips.tsx'
import { Description, Field, Odd } from '../../ui/field.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import { SelectField } from '../../ui/select-field.tsx'
import { lastDay, type GrantDraft, type GrantFaults } from './grant-draft.ts'

export interface GrantPartProps {
  readonly draft: GrantDraft
  readonly faults: GrantFaults
  set(change: Partial<GrantDraft>): void
}

export function WhoPart({ draft, faults, set, people }: GrantPartProps & { people: Contact[] }) {
  const { sharing } = useText()
  const chosen = people.find(({ id }) => id === draft.contact)
  return (
    <div className="input-group">
      <SelectField
        label={sharing.who}
        fault={faults.contact && sharing.whoFault}
        value={draft.contact}
        options={[
          { value: '', label: sharing.whoNobody },
          ...people.map(({ id, name, verified }) => ({
            value: id,
            label: `${name} (${verified ? sharing.verified : sharing.notVerified})`,
          })),
        ]}
        choose={(contact) => set({ contact: contact as Contact['id'] })}
      />
      <Odd>{chosen && !chosen.verified ? sharing.notVerifiedHint(chosen.name) : undefined}</Odd>
    </div>
  )
}

export function WhatPart({ draft, faults, set }: GrantPartProps) {
  const { sharing } = useText()
  const { scope } = draft
  const change = (name: GrantScope, isOn: boolean): void =>
    set({ scope: new Set(isOn ? [...scope, name] : [...scope].filter((one) => one !== name)) })
  return (
    <fieldset className="fields" aria-describedby="share-what">
      <legend>{sharing.what}</legend>
      {optionsOf(sharing.scopes).map(({ value, label }) => (
        <label key={value} className="switch">
          <input
            type="checkbox"
            checked={scope.has(value)}
            aria-invalid={faults.scope === true}
            onChange={(event) => change(value, event.target.checked)}
          />
          <span>
            {label}
            <small>{sharing.holds[value]}</small>
          </span>
        </label>
      ))}
      <Description id="share-what" hint={sharing.never} fault={faults.scope && sharing.whatFault} />
    </fieldset>
  )
}

export function SincePart({ draft, faults, set }: GrantPartProps) {
  const { sharing } = useText()
  return (
    <div className="input-group">
      <ChoiceChips
        legend={sharing.from}
        options={optionsOf(sharing.sinces)}
        value={draft.since}
        choose={(since) => set({ since })}
      />
      {draft.since === 'own' && (
        <Field
          label={sharing.fromDay}
          type="date"
          className="input-date"
          fault={faults.from && sharing.fromFault}
          value={draft.from}
          onChange={(event) => set({ from: event.target.value })}
        />
      )}
      <p className="hint">{sharing.fromHint}</p>
    </div>
  )
}

export function UntilPart({ draft, faults, set }: GrantPartProps) {
  const { text, locale } = useLanguage()
  const { sharing } = text
  const last = lastDay(draft, useToday())
  return (
    <div className="input-group">
      <ChoiceChips
        legend={sharing.untilTitle}
        options={optionsOf(sharing.untils)}
        value={draft.until}
        choose={(until) => set({ until })}
      />
      {draft.until === 'own' && (
        <Field
          label={sharing.lastDay}
          type="date"
          className="input-date"
          fault={faults.last && sharing.lastFault}
          value={draft.last}
          onChange={(event) => set({ last: event.target.value })}
        />
      )}
      <p aria-live="polite">
        {last && sharing.until(dateText(last, locale, { dateStyle: 'medium' }))}
      </p>
      <p className="hint">{sharing.stays}</p>
    </div>
  )
}
