/** What is true of a cycle as a whole, in short sentences. Pure. */
import { daysBetween, type CivilDate, type Cycle } from '@selene/client-sdk/calendar'
import type { Wording } from '../../calendar/wording.ts'

export function cycleFacts(cycle: Cycle, today: CivilDate, { text }: Wording): string[] {
  const { start, length, bleedingDays, notCounted } = cycle
  const words = text.cycle
  return [
    length === undefined ? words.running(daysBetween(start, today) + 1) : words.over(length),
    words.bleeding(bleedingDays),
    ...(notCounted ? [words.notCounted[notCounted]] : []),
  ]
}
