/** Asks before something of hers is taken away. */
import { useText } from '../strings/language.tsx'
import { Dialog } from './dialog.tsx'

interface RemoveDialogProps<T> {
  /** What is to go; absent while nothing is. */
  readonly what: T | undefined
  title(what: T): string
  readonly text: string
  /** What the button says; "Remove" unless given. */
  readonly label?: string
  remove(what: T): void
  close(): void
}

export function RemoveDialog<T>({ what, title, text, label, remove, close }: RemoveDialogProps<T>) {
  const { app } = useText()
  return (
    <Dialog open={what !== undefined} title={what === undefined ? '' : title(what)} close={close}>
      <p>{text}</p>
      <div className="row">
        <button
          type="button"
          className="button button-alarm"
          onClick={() => {
            if (what !== undefined) remove(what)
            close()
          }}
        >
          {label ?? app.remove}
        </button>
        <button type="button" className="button" onClick={close}>
          {app.cancel}
        </button>
      </div>
    </Dialog>
  )
}
