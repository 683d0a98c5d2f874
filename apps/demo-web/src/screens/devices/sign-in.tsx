import { useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'

/** Starts a new session after the old one ended; nothing was lost meanwhile. */
export function SignIn() {
  const { devices } = useText()
  const calls = useCalls()
  const action = useAction()
  const [identifier, setIdentifier] = useState('')
  const [passphrase, setPassphrase] = useState('')

  function signIn(event: FormEvent): void {
    event.preventDefault()
    void action.run(() => calls.signIn({ identifier: identifier.trim(), passphrase }))
  }

  return (
    <Section title={devices.signInTitle} lead={devices.signInLead}>
      <form onSubmit={signIn}>
        <Field
          label={devices.identifier}
          required
          autoComplete="username"
          autoCapitalize="none"
          value={identifier}
          onChange={(event) => setIdentifier(event.target.value)}
        />
        <Field
          label={devices.passphrase}
          required
          type="password"
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <FaultNote fault={action.fault} />
        <button type="submit" className="button button-main" disabled={action.busy}>
          {devices.signIn}
        </button>
      </form>
    </Section>
  )
}
