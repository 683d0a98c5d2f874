/** A form that works with the way back: what lacks leads her to it, and what it did is said. */
import { useRef, useState, type ReactNode } from 'react'
import { useAction } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { Icon } from '../../ui/icon.tsx'

interface WayFormProps {
  readonly submit: string
  readonly tone?: 'main' | 'alarm'
  /** Said once it is done; the form shows it until it is used again. */
  readonly done?: string
  readonly busyText?: string
  /** Whether something is not filled in; it is said once she has tried. */
  readonly isLacking: boolean
  work(): Promise<void>
  children(tried: boolean): ReactNode
}

export function WayForm(props: WayFormProps) {
  const { submit, tone = 'main', done, busyText, isLacking, work, children } = props
  const { wayBack } = useText()
  const { run, busy, fault } = useAction()
  const announcer = useAnnouncer()
  const form = useRef<HTMLFormElement>(null)
  const [tried, setTried] = useState(false)
  const [isDone, setDone] = useState(false)

  async function attempt(): Promise<void> {
    setDone(false)
    if (!(await run(work))) return
    setTried(false)
    if (done === undefined) return
    setDone(true)
    announcer.polite(done)
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!isLacking) void attempt()
        // What is lacking is marked with the next drawing.
        else
          requestAnimationFrame(() =>
            form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
          )
      }}
    >
      {children(tried && isLacking)}
      <FaultNote fault={fault} />
      {isDone && (
        <p className="note note-good">
          <Icon name="check" />
          {done}
        </p>
      )}
      <p role="status">
        {busy && (
          <span className="with-icon">
            <i className="spinner" aria-hidden="true" />
            {busyText ?? wayBack.working}
          </span>
        )}
      </p>
      <button type="submit" className={`button button-${tone}`} disabled={busy}>
        {submit}
      </button>
    </form>
  )
}
