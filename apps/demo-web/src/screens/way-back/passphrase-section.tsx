/** A new passphrase in the place of the old one, by one of the ways back. */
import { useState } from 'react'
import { useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { minPassphraseLength } from '../devices/min-passphrase-length.ts'
import { useWay } from './use-way.ts'
import { WayFields } from './way-fields.tsx'
import { WayForm } from './way-form.tsx'

export function PassphraseSection() {
  const { wayBack, devices } = useText()
  const calls = useCalls()
  const way = useWay()
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const isShort = next.length < minPassphraseLength
  const differs = next !== again
  const input = { type: 'password', autoComplete: 'new-password' } as const

  async function change(): Promise<void> {
    await calls.changePassphrase({ by: way.secret, next })
    way.clear()
    setNext('')
    setAgain('')
  }

  return (
    <Section title={wayBack.passphraseTitle} lead={wayBack.passphraseLead}>
      <WayForm
        submit={wayBack.passphraseChange}
        done={wayBack.passphraseChanged}
        isLacking={way.isLacking || isShort || differs}
        work={change}
      >
        {(tried) => (
          <>
            <WayFields way={way} tried={tried} />
            <Field
              {...input}
              label={wayBack.next}
              hint={devices.passphraseHint}
              fault={tried && isShort ? devices.passphraseShort : undefined}
              value={next}
              onChange={(event) => setNext(event.target.value)}
            />
            <Field
              {...input}
              label={wayBack.nextAgain}
              fault={tried && differs ? devices.passphraseDiffers : undefined}
              value={again}
              onChange={(event) => setAgain(event.target.value)}
            />
          </>
        )}
      </WayForm>
    </Section>
  )
}
