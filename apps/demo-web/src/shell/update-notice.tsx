import { useSyncExternalStore } from 'react'
import { useText } from '../strings/language.tsx'
import { update } from './update.ts'

/** Says that there is a newer version, here or already in another tab; nothing is reloaded under her hands. */
export function UpdateNotice() {
  const { app } = useText()
  const newer = useSyncExternalStore(update.subscribe, update.get)
  return (
    <div role="status">
      {newer !== 'none' && (
        <p className="note note-action">
          {newer === 'taken' ? app.updateTaken : app.updateReady}
          <button type="button" className="button" onClick={update.load}>
            {app.updateNow}
          </button>
        </p>
      )}
    </div>
  )
}
