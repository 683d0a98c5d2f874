/** The diary, or a range of it, as a file: a table for other programs, or all of it for this one. */
import { overlaps, type CivilDate, type Episode, type LoggedDay } from '../calendar/index.ts'
import { writeDiaryJson, writeDripCsv } from '../calendar/interchange/index.ts'
import { fullNote, type Day } from './month.ts'

interface Exported {
  readonly days: readonly Day[]
  /** All that are declared; those outside the range are left out. */
  readonly episodes: readonly Episode[]
  readonly range: { readonly from: CivilDate; readonly to: CivilDate }
  readonly today: CivilDate
}

/** An imported note and her own make one text, since other programs know one. */
function withFullNote(day: Day): LoggedDay {
  const note = fullNote(day)
  return {
    date: day.date,
    values: { ...day.values, ...(note !== undefined && { 'note.value': note }) },
  }
}

export function writeExport(
  format: 'drip-csv' | 'json',
  { days, episodes, range, today }: Exported,
): Blob {
  const logged = days.map(withFullNote)
  if (format === 'drip-csv') return new Blob([writeDripCsv(logged)], { type: 'text/csv' })
  const text = writeDiaryJson({
    days: logged,
    episodes: episodes.filter((episode) => overlaps(episode, range.from, range.to)),
    exportedOn: today,
  })
  return new Blob([text], { type: 'application/json' })
}
