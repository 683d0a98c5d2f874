/** A list of choices while she changes them: each change shows at once and is stored at once. */
import { useAhead } from '../backend/use-ahead.ts'
import type { Change, Values } from '../backend/ahead.ts'
import { useAction } from '../backend/use-backend.tsx'
import { useText } from '../strings/language.tsx'
import { useAnnouncer } from '../ui/announcer.tsx'
import type { Fault } from '../worker/fault.ts'

export interface ChoiceEditing<V, C> {
  /** False until the values have been read. */
  readonly ready: boolean
  readonly values: V
  readonly fault: Fault | undefined
  change(change: C): void
}

interface Choosing<V, C> {
  /** What is stored, once it is known; the same object until it is read again. */
  readonly stored: V | undefined
  readonly none: V
  write(change: C): Promise<void>
}

export function useChoiceEdit<V extends Values, C extends Change>({
  stored,
  none,
  write,
}: Choosing<V, C>): ChoiceEditing<V, C> {
  const action = useAction()
  const announcer = useAnnouncer()
  const { day } = useText()
  const ahead = useAhead(stored ?? none)

  async function store(change: C): Promise<void> {
    await ahead.change(change, () => write(change))
    announcer.polite(day.saved)
  }

  return {
    ready: stored !== undefined,
    values: ahead.shown,
    fault: action.fault,
    change: (change) => void action.run(() => store(change)),
  }
}
