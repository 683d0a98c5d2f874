/** People without the app: numbers and addresses that lie in her diary alone, to write to in an alert. */
import type { AddressContact, Reachable } from '@selene/client-sdk'
import { useState } from 'react'
import { useAction, useCalls, useLive } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { RemoveDialog } from '../../ui/remove-dialog.tsx'
import { Section } from '../../ui/section.tsx'
import { newAddress, type AddressDraft } from './address-draft.ts'
import { AddressForm } from './address-form.tsx'

interface LineProps {
  readonly person: AddressContact
  change(): void
  remove(): void
}

function AddressLine({ person: { kind, name, address }, change, remove }: LineProps) {
  const { addresses, app } = useText()
  return (
    <li>
      <Icon name={kind === 'phone' ? 'phone' : 'mail'} />
      <span className="grow">
        <strong>{name}</strong>
        <small>{address}</small>
      </span>
      <span className="row">
        <button
          type="button"
          className="button"
          aria-label={addresses.changeLabel(name)}
          onClick={change}
        >
          {app.change}
        </button>
        <button
          type="button"
          className="button"
          aria-label={addresses.removeLabel(name)}
          onClick={remove}
        >
          {app.remove}
        </button>
      </span>
    </li>
  )
}

export function AddressesSection() {
  const { addresses, app, day } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const live = useLive('addresses')
  const list = live.status === 'ready' ? live.value : []
  const [editing, setEditing] = useState<AddressDraft>()
  const [removing, setRemoving] = useState<AddressContact>()

  function edit(draft: AddressDraft): void {
    action.forget()
    setEditing(draft)
  }

  async function store(work: () => Promise<void>): Promise<void> {
    await work()
    setEditing(undefined)
    announcer.polite(day.saved)
  }

  const save = (id: AddressDraft['id'], person: Reachable): Promise<void> =>
    id === undefined ? calls.addAddress(person) : calls.changeAddress(id, person)

  return (
    <Section title={addresses.title} lead={addresses.lead}>
      <ul className="people entries">
        {list.map((person) => (
          <AddressLine
            key={person.id}
            person={person}
            change={() => edit(person)}
            remove={() => setRemoving(person)}
          />
        ))}
      </ul>
      {!editing && <FaultNote fault={action.fault} />}
      <button
        type="button"
        className="button"
        disabled={live.status !== 'ready'}
        onClick={() => edit(newAddress)}
      >
        {addresses.add}
      </button>
      <p className="hint">{addresses.sealed}</p>
      <Dialog
        open={editing !== undefined}
        title={editing?.id === undefined ? addresses.addTitle : app.change}
        close={() => setEditing(undefined)}
      >
        {editing && (
          <AddressForm
            first={editing}
            busy={action.busy}
            fault={action.fault}
            save={(person) => void action.run(() => store(() => save(editing.id, person)))}
            cancel={() => setEditing(undefined)}
          />
        )}
      </Dialog>
      <RemoveDialog
        what={removing}
        title={({ name }) => addresses.removeTitle(name)}
        text={addresses.removeText}
        remove={({ id }) => void action.run(() => store(() => calls.removeAddress(id)))}
        close={() => setRemoving(undefined)}
      />
    </Section>
  )
}
