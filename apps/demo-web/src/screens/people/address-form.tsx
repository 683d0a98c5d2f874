/** The questions about somebody without the app. */
import type { Reachable } from '@selene/client-sdk'
import { useState } from 'react'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { EntryForm } from '../../ui/entry-form.tsx'
import { Field } from '../../ui/field.tsx'
import { optionsOf } from '../../ui/options-of.ts'
import type { Fault } from '../../worker/fault.ts'
import { faultsOf, reachableOf, type AddressDraft } from './address-draft.ts'
import { maxNameLength } from './max-name-length.ts'

interface AddressFormProps {
  readonly first: AddressDraft
  readonly busy: boolean
  readonly fault: Fault | undefined
  save(person: Reachable): void
  cancel(): void
}

export function AddressForm({ first, busy, fault, save, cancel }: AddressFormProps) {
  const { addresses, contacts } = useText()
  const [draft, setDraft] = useState(first)
  const [tried, setTried] = useState(false)
  const set = (change: Partial<AddressDraft>): void => setDraft({ ...draft, ...change })
  const faults = tried ? faultsOf(draft) : {}
  const isPhone = draft.kind === 'phone'

  function submit(): boolean {
    setTried(true)
    const person = reachableOf(draft)
    if (person) save(person)
    return person !== undefined
  }

  return (
    <EntryForm busy={busy} fault={fault} save={submit} cancel={cancel}>
      <Field
        label={contacts.inviteName}
        autoComplete="off"
        maxLength={maxNameLength}
        fault={faults.name && addresses.nameFault}
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <ChoiceChips
        legend={addresses.kind}
        options={optionsOf(addresses.kinds)}
        value={draft.kind}
        choose={(kind) => set({ kind })}
      />
      <Field
        label={addresses.kinds[draft.kind]}
        hint={isPhone ? addresses.phoneHint : undefined}
        type={isPhone ? 'tel' : 'email'}
        autoComplete="off"
        maxLength={254}
        fault={faults.address && addresses.faults[draft.kind]}
        value={draft.address}
        onChange={(event) => set({ address: event.target.value })}
      />
    </EntryForm>
  )
}
