/** Changing a day: each change is stored at once, and it is said that it was. */
import type { Day, DiaryChange } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { useAhead } from '../../backend/use-ahead.ts'
import { useCalls, useLive } from '../../backend/use-backend.tsx'
import { keepStorage } from '../../shell/storage.ts'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { faultText } from '../../ui/fault-note.tsx'
import { faultOf, type Fault } from '../../worker/fault.ts'

export type SaveState =
  | { readonly state: 'idle' | 'saved' }
  | { readonly state: 'failed'; readonly fault: Fault }

interface DayEditing {
  readonly date: CivilDate
  readonly values: Day['values']
  readonly importedNote: string | undefined
  /** False until the day has been read. */
  readonly ready: boolean
  readonly saved: SaveState
  change(change: DiaryChange): void
}

const DayEditContext = createContext<DayEditing | undefined>(undefined)

const none: Day['values'] = {}

/** How long it is shown that a change was saved. */
const shownMilliseconds = 2500

export function DayEditProvider(props: { date: CivilDate; children: ReactNode }) {
  const { date, children } = props
  const calls = useCalls()
  const announcer = useAnnouncer()
  const text = useText()
  const live = useLive('day', date)
  const day = live.status === 'ready' ? live.value : undefined
  const [saved, setSaved] = useState<SaveState>({ state: 'idle' })
  const values = useAhead(day?.values ?? none)

  useEffect(() => {
    if (saved.state !== 'saved') return
    const timer = setTimeout(() => setSaved({ state: 'idle' }), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [saved])

  async function store(change: DiaryChange): Promise<void> {
    const { importedNote: _, ...fields } = change
    try {
      await values.change(fields, () => calls.edit(date, change))
      setSaved({ state: 'saved' })
      void keepStorage()
      announcer.polite(text.day.saved)
    } catch (error) {
      const fault = faultOf(error)
      setSaved({ state: 'failed', fault })
      announcer.urgent(`${text.day.notSaved}. ${faultText(fault, text)}`)
    }
  }

  const editing: DayEditing = {
    date,
    values: values.shown,
    importedNote: day?.importedNote,
    ready: day !== undefined,
    saved,
    change: (change) => void store(change),
  }
  return <DayEditContext value={editing}>{children}</DayEditContext>
}

export function useDayEdit(): DayEditing {
  const editing = use(DayEditContext)
  if (!editing) throw new TypeError('no day above this component')
  return editing
}
