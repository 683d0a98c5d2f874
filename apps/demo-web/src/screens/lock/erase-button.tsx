/** Erases what is on this device, after asking. */
import { useState } from 'react'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'

interface EraseButtonProps {
  /** On the button; that it erases, unless told. */
  readonly label?: string
  /** Once it is erased. */
  erased?(): void
}

export function EraseButton({ label, erased }: EraseButtonProps) {
  const { lock, app } = useText()
  const calls = useCalls()
  const { run, busy, fault } = useAction()
  const [asking, setAsking] = useState(false)

  function erase(): void {
    setAsking(false)
    void run(async () => {
      await calls.erase()
      erased?.()
    })
  }

  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => setAsking(true)}>
        {label ?? lock.erase.button}
      </button>
      <FaultNote fault={fault} />
      <Dialog open={asking} title={lock.erase.title} close={() => setAsking(false)}>
        <p>{lock.erase.text}</p>
        <div className="row">
          <button type="button" className="button button-alarm" onClick={erase}>
            {lock.erase.confirm}
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {app.cancel}
          </button>
        </div>
      </Dialog>
    </>
  )
}
