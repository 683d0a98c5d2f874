/** A form in a dialog: what it cannot take leads her to the first input that lacks something. */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useText } from '../strings/language.tsx'
import type { Fault } from '../worker/fault.ts'
import { FaultNote } from './fault-note.tsx'

interface EntryFormProps {
  readonly busy: boolean
  readonly fault: Fault | undefined
  /** On the button; saving, unless told. */
  readonly submit?: string
  readonly tone?: 'main' | 'alarm'
  /** Takes what was entered; says whether it could. */
  save(): boolean
  cancel(): void
  readonly children: ReactNode
}

export function EntryForm(props: EntryFormProps) {
  const { busy, fault, submit, tone = 'main', save, cancel, children } = props
  const { app } = useText()
  const form = useRef<HTMLFormElement>(null)
  const [refusals, setRefusals] = useState(0)
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
  return (
    <form
      ref={form}
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!save()) setRefusals((before) => before + 1)
      }}
    >
      {children}
      <FaultNote fault={fault} />
      <div className="row">
        <button type="submit" className={`button button-${tone}`} disabled={busy}>
          {submit ?? app.save}
        </button>
        <button type="button" className="button" onClick={cancel}>
          {app.cancel}
        </button>
      </div>
    </form>
  )
}
