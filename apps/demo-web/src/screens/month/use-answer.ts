/** Writes what she answers into the day that it is about, and says that it was stored. */
import type { DiaryChange } from '@selene/client-sdk'
import type { CivilDate } from '@selene/client-sdk/calendar'
import { useAction, useCalls } from '../../backend/use-backend.tsx'
import { useText } from '../../strings/language.tsx'
import { useAnnouncer } from '../../ui/announcer.tsx'
import type { Fault } from '../../worker/fault.ts'

interface Answering {
  readonly busy: boolean
  readonly fault: Fault | undefined
  write(date: CivilDate, change: DiaryChange): Promise<boolean>
}

export function useAnswer(): Answering {
  const calls = useCalls()
  const { busy, fault, run } = useAction()
  const announcer = useAnnouncer()
  const { day } = useText()
  return {
    busy,
    fault,
    write: (date, change) =>
      run(async () => {
        await calls.edit(date, change)
        announcer.polite(day.saved)
      }),
  }
}
