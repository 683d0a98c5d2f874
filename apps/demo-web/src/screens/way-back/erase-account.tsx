/** The end of the account: typed, proven twice, and then for good. */
import { useState } from 'react'
import { useCalls } from '../../backend/use-backend.tsx'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { useProof } from '../../lock/use-proof.ts'
import { useText } from '../../strings/language.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { useWay } from './use-way.ts'
import { WayFields } from './way-fields.tsx'
import { WayForm } from './way-form.tsx'

function EraseForm({ cancel }: { cancel(): void }) {
  const { wayBack, devices, app } = useText()
  const calls = useCalls()
  const way = useWay()
  const proof = useProof()
  const [typed, setTyped] = useState('')
  const isOther = typed.trim().toUpperCase() !== wayBack.eraseWord
  return (
    <>
      <WayForm
        submit={wayBack.erase}
        tone="alarm"
        isLacking={way.isLacking || proof.isLacking || isOther}
        work={() => calls.eraseAccount(proof.secret, way.secret)}
      >
        {(tried) => (
          <>
            <ProofFields legend={devices.proof} proof={proof} tried={tried} />
            <WayFields way={way} tried={tried} />
            <Field
              label={wayBack.eraseType(wayBack.eraseWord)}
              fault={tried && isOther ? wayBack.eraseTypeWrong(wayBack.eraseWord) : undefined}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </>
        )}
      </WayForm>
      <button type="button" className="button" onClick={cancel}>
        {app.cancel}
      </button>
    </>
  )
}

export function EraseAccount() {
  const { wayBack } = useText()
  const [isAsking, setAsking] = useState(false)
  return (
    <Section title={wayBack.eraseTitle} lead={wayBack.eraseLead}>
      {isAsking ? (
        <EraseForm cancel={() => setAsking(false)} />
      ) : (
        <button type="button" className="button" onClick={() => setAsking(true)}>
          {wayBack.eraseStart}
        </button>
      )}
    </Section>
  )
}
