import { useSyncExternalStore } from 'react'
import { useText } from '../strings/language.tsx'
import { newerVersion, updateNow } from './update.ts'

/** Says that a newer version waits; nothing is reloaded under her hands. */
export function UpdateNotice() {
  const { app } = useText()
  const isNewer = useSyncExternalStore(newerVersion.subscribe, newerVersion.get)
  return (
    <div role="status">
      {isNewer && (
        <p className="note note-action">
          {app.updateReady}
          <button type="button" className="button" onClick={updateNow}>
            {app.updateNow}
          </button>
        </p>
      )}
    </div>
  )
}
