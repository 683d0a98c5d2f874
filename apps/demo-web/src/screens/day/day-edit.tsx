/** Changing a day: each change is stored at once, and it is said that it was. */
import type { Day, DiaryChange } from '@selene/client-sdk'
import type { CivilDate, DayChange } from '@selene/client-sdk/calendar'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { useCalls, useLive } from '../../backend/use-backend.tsx'
import { keepStorage } from '../../shell/storage.ts'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import { faultText } from '../../ui/fault-note.tsx'
import { faultOf, type Fault } from '../../worker/fault.ts'
import {
  shownValues,
  withChange,
  withoutChange,
  withoutSettled,
  withStored,
  type Ahead,
} from './ahead.ts'

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

/** A stored day is read again well within this. */
const longestAheadMilliseconds = 3000

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
  const [ahead, setAhead] = useState<Ahead>({})
  const values = day?.values ?? none

  useEffect(() => {
    if (saved.state !== 'saved') return
    const timer = setTimeout(() => setSaved({ state: 'idle' }), shownMilliseconds)
    return () => clearTimeout(timer)
  }, [saved])

  useEffect(() => setAhead((now) => withoutSettled(now, values)), [values, ahead])

  async function store(change: DiaryChange, fields: DayChange): Promise<void> {
    try {
      await calls.edit(date, change)
      setAhead((now) => withStored(now, fields))
      // Another device may have the last word on a field: then the day never says the same.
      setTimeout(() => setAhead((now) => withoutChange(now, fields)), longestAheadMilliseconds)
      setSaved({ state: 'saved' })
      void keepStorage()
      announcer.polite(text.day.saved)
    } catch (error) {
      const fault = faultOf(error)
      setAhead((now) => withoutChange(now, fields))
      setSaved({ state: 'failed', fault })
      announcer.urgent(`${text.day.notSaved}. ${faultText(fault, text)}`)
    }
  }

  const editing: DayEditing = {
    date,
    values: shownValues(values, ahead),
    importedNote: day?.importedNote,
    ready: day !== undefined,
    saved,
    change(change) {
      const { importedNote: _, ...fields } = change
      setAhead((now) => withChange(now, fields))
      void store(change, fields)
    },
  }
  return <DayEditContext value={editing}>{children}</DayEditContext>
}

export function useDayEdit(): DayEditing {
  const editing = use(DayEditContext)
  if (!editing) throw new TypeError('no day above this component')
  return editing
}
