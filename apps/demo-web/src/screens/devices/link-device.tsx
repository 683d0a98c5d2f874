/** The side of linking that lets another device in: scan its code, or paste it. */
import { useCallback, useState, type FormEvent } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { CodeScanner } from '../../ui/code-scanner.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

export function LinkDevice() {
  const { devices } = useText()
  const calls = useCalls()
  const action = useAction()
  const announcer = useAnnouncer()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [linked, setLinked] = useState<string>()
  const found = useCallback((text: string) => setCode(text), [])

  function link(event: FormEvent): void {
    event.preventDefault()
    const label = name.trim() || devices.linkNameDefault
    void action.run(async () => {
      await calls.admit(code.trim(), label)
      setCode('')
      setName('')
      setLinked(label)
      announcer.polite(devices.linked(label))
    })
  }

  return (
    <Section title={devices.linkTitle} lead={devices.linkLead}>
      <form onSubmit={link}>
        <CodeScanner found={found} />
        <Field
          label={devices.linkCode}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Field
          label={devices.linkName}
          autoComplete="off"
          maxLength={60}
          placeholder={devices.linkNameDefault}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <FaultNote fault={action.fault} />
        {linked !== undefined && (
          <p className="note note-good">
            <Icon name="check" />
            {devices.linked(linked)}
          </p>
        )}
        <button type="submit" className="button button-main" disabled={action.busy}>
          {devices.link}
        </button>
      </form>
    </Section>
  )
}
