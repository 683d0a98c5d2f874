/** Takes back the last edit of a day, and says of which day it was. Below the form, so that nothing moves when it comes. */
import type { CivilDate } from '@selene/client-sdk/calendar'
import { useState } from 'react'
import { useAction, useCalls, useValue } from '../../backend/use-backend.tsx'
import { useLanguage } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { FaultNote } from '../../ui/fault-note.tsx'
import { useRouting } from '../../use-route.tsx'
import type { UndoneEdit } from '../../worker/facade.ts'

export function UndoButton({ date }: { date: CivilDate }) {
  const { text, locale } = useLanguage()
  const { day } = text
  const calls = useCalls()
  const announcer = useAnnouncer()
  const { run, busy, fault } = useAction()
  const { go } = useRouting()
  const undoable = useValue('undoable') ?? 0
  const [said, setSaid] = useState<string>()

  function tell(undone: UndoneEdit): string {
    if (undone.outcome === 'nothing-left') return day.undoNothing
    const on = dateText(undone.date, locale, { dateStyle: 'long' })
    if (undone.outcome === 'changed-since') return day.undoChanged(on)
    return undone.left.length > 0 ? day.undonePartly(on) : day.undone(on)
  }

  async function undo(): Promise<void> {
    const undone = await calls.undo()
    const words = tell(undone)
    setSaid(words)
    announcer.polite(words)
    // She is to see what it was.
    if (undone.outcome !== 'nothing-left' && undone.date !== date)
      go({ name: 'day', date: undone.date })
  }

  if (undoable === 0 && said === undefined && !fault) return null
  return (
    <div className="input-group">
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={busy || undoable === 0}
          onClick={() => void run(undo)}
        >
          {day.undo}
        </button>
      </div>
      {said !== undefined && <p className="hint">{said}</p>}
      <FaultNote fault={fault} />
    </div>
  )
}
