/** A question that must be answered before anything else; Escape is "no". */
import { useEffect, useId, useRef, type ReactNode } from 'react'

interface DialogProps {
  readonly open: boolean
  readonly title: string
  close(): void
  readonly children: ReactNode
}

export function Dialog({ open, title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{title}</h2>
      {open && children}
    </dialog>
  )
}
