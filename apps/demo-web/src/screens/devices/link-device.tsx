/** The side of linking that lets another device in: by its code, or by its word and six digits. */
import { useCallback, useState, type FormEvent } from 'react'
import { ProofFields } from '../../lock/proof-fields.tsx'
import { useProof } from '../../lock/use-proof.ts'
import { useText } from '../../strings/language.tsx'
import { ChoiceChips } from '../../ui/chips.tsx'
import { CodeScanner } from '../../ui/code-scanner.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'
import { CompareDigits } from './compare-digits.tsx'
import { linkMeans, useLink, type Linking, type LinkMeans } from './use-link.ts'

/** What came of it. */
function LinkOutcome({ now, action }: Linking) {
  const { devices } = useText()
  return (
    <>
      <FaultNote fault={action.fault} />
      {now.step === 'differed' && <p className="note note-bad">{devices.digitsDiffered}</p>}
      {now.step === 'linked' && (
        <p className="note note-good">
          <Icon name="check" />
          {devices.linked(now.label)}
        </p>
      )}
      <p role="status">{action.busy && devices.linkMeeting}</p>
    </>
  )
}

function LinkForm({ linking }: { linking: Linking }) {
  const { devices } = useText()
  const proof = useProof()
  const [by, setBy] = useState<LinkMeans>('code')
  const [typed, setTyped] = useState('')
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const found = useCallback((text: string) => setTyped(text), [])
  const isCode = by === 'code'

  async function link(): Promise<void> {
    const label = name.trim() || devices.linkNameDefault
    const gotOn = await linking.link({ by, proof: proof.secret, text: typed.trim(), label })
    if (!gotOn) return
    proof.clear()
    setTyped('')
    setName('')
    setTried(false)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (!proof.isLacking) void link()
  }

  return (
    <form onSubmit={submit}>
      <ChoiceChips
        legend={devices.linkWays}
        options={linkMeans.map((value) => ({ value, label: devices.linkBy[value] }))}
        value={by}
        choose={(next) => {
          setBy(next)
          setTyped('')
        }}
      />
      {isCode && <CodeScanner found={found} />}
      <Field
        label={isCode ? devices.linkCode : devices.linkWord}
        hint={isCode ? undefined : devices.linkWordHint}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Field
        label={devices.linkName}
        autoComplete="off"
        maxLength={60}
        placeholder={devices.linkNameDefault}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <ProofFields legend={devices.proof} proof={proof} tried={tried} />
      <LinkOutcome {...linking} />
      <button type="submit" className="button button-main" disabled={linking.action.busy}>
        {isCode ? devices.link : devices.linkNext}
      </button>
    </form>
  )
}

export function LinkDevice() {
  const { devices } = useText()
  const linking = useLink()
  const { now, action, confirm, refuse } = linking
  if (now.step === 'compare')
    return (
      <Section title={devices.linkTitle}>
        <CompareDigits digits={now.digits} busy={action.busy} same={confirm} differ={refuse} />
      </Section>
    )
  return (
    <Section title={devices.linkTitle} lead={devices.linkLead}>
      <LinkForm linking={linking} />
    </Section>
  )
}
