/** A day to read, in words: a line of a list. */
import type { LoggedDay } from '@selene/client-sdk/calendar'
import { useWording } from '../../calendar/wording.ts'
import { dateText } from '../../strings/moment.ts'
import { dayWords } from './day-words.ts'

interface DayLineProps {
  readonly day: LoggedDay
  /** Said where the day holds nothing. */
  readonly empty?: string
}

export function DayLine({ day, empty }: DayLineProps) {
  const wording = useWording()
  const { logged, notes } = dayWords(day.values, wording)
  const isEmpty = logged.length + notes.length === 0
  const date = dateText(day.date, wording.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
  })
  return (
    <li>
      <span className="grow">
        <strong>{date}</strong>
        <small>{isEmpty ? empty : logged.join('; ')}</small>
      </span>
      {notes.map((note) => (
        <q key={note}>{note}</q>
      ))}
    </li>
  )
}
