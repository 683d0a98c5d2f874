import { useState, type FormEvent } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { DigitGroups } from '../../ui/digit-groups.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { maxNameLength } from './max-name-length.ts'

/** The digits of her own keys, to see on all her devices; there are none before the first invitation. */
function OwnIdentity() {
  const { contacts } = useText()
  const digits = useValue('ownIdentity')
  if (digits === undefined) return null
  return (
    <details className="help">
      <summary>{contacts.ownIdentity}</summary>
      <div className="help-content">
        <DigitGroups digits={digits} label={contacts.digits} />
        <p className="hint">{contacts.ownIdentityHint}</p>
      </div>
    </details>
  )
}

/** Her name as others see it. */
export function OwnName() {
  const { contacts, app, day } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const stored = useValue('ownName')
  const [typed, setTyped] = useState<string>()

  function save(event: FormEvent): void {
    event.preventDefault()
    const name = typed?.trim()
    if (!name) return
    void action.run(async () => {
      await calls.setOwnName(name)
      setTyped(undefined)
      announcer.polite(day.saved)
    })
  }

  return (
    <Section title={contacts.ownName}>
      <form onSubmit={save}>
        <Field
          label={contacts.ownName}
          hideLabel
          hint={contacts.ownNameHint}
          maxLength={maxNameLength}
          autoComplete="off"
          value={typed ?? stored ?? ''}
          onChange={(event) => setTyped(event.target.value)}
        />
        <FaultNote fault={action.fault} />
        <button type="submit" className="button" disabled={action.busy || !typed?.trim()}>
          {app.save}
        </button>
      </form>
      <OwnIdentity />
    </Section>
  )
}
