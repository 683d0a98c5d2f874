/** Attaches an account to what is already here. */
import { useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { minPassphraseLength } from './min-passphrase-length.ts'

export function CreateAccount({ created }: { created: (recoveryPhrase: string) => void }) {
  const { devices } = useText()
  const calls = useCalls()
  const action = useAction()
  const [identifier, setIdentifier] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = passphrase.length < minPassphraseLength
  const differs = again !== passphrase

  function create(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isShort || differs) return
    void action.run(async () => {
      const { recoveryPhrase } = await calls.register({ identifier: identifier.trim(), passphrase })
      created(recoveryPhrase)
    })
  }

  return (
    <Section title={devices.createTitle}>
      <form onSubmit={create}>
        <Field
          label={devices.identifier}
          hint={devices.identifierHint}
          required
          autoComplete="username"
          autoCapitalize="none"
          value={identifier}
          onChange={(event) => setIdentifier(event.target.value)}
        />
        <Field
          label={devices.passphrase}
          hint={devices.passphraseHint}
          fault={tried && isShort ? devices.passphraseShort : undefined}
          required
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Field
          label={devices.passphraseAgain}
          fault={tried && differs ? devices.passphraseDiffers : undefined}
          required
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
        <FaultNote fault={action.fault} />
        <p role="status">{action.busy && devices.creating}</p>
        <button type="submit" className="button button-main" disabled={action.busy}>
          {devices.create}
        </button>
      </form>
    </Section>
  )
}
