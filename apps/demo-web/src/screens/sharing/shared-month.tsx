/** A month of somebody else's calendar as a table of marks: there is nothing in it to press. */
import { dayOfMonth, type CivilDate, type LoggedDay } from '@selene/client-sdk/calendar'
import type { ExpectedDay } from '../../calendar/forecast-marks.ts'
import { useFirstWeekday } from '../../calendar/first-weekday.ts'
import { weeksOf } from '../../calendar/month-grid.ts'
import { useLanguage } from '../../strings/language.tsx'
import { bleedingMarks } from '../day/day-screen.tsx'
import { expectedMarks, fertileMarks } from '../month/marks.ts'
import { WeekdayHead } from '../month/weekday-head.tsx'

interface SharedMonthProps {
  readonly month: string
  readonly title: string
  readonly days: ReadonlyMap<CivilDate, LoggedDay>
  readonly expected: ReadonlyMap<CivilDate, ExpectedDay>
}

interface CellProps {
  readonly date: CivilDate
  readonly day: LoggedDay | undefined
  readonly expected: ExpectedDay | undefined
}

function Cell({ date, day, expected }: CellProps) {
  const { text } = useLanguage()
  const { month, forecast, choices } = text
  const strength = day?.values['bleeding.value']
  const hasOther =
    day !== undefined && Object.keys(day.values).some((name) => !name.startsWith('bleeding.'))
  const bleeding = strength === undefined ? expected?.bleeding : undefined
  const fertile = expected?.fertile
  const said = [
    ...(strength === undefined
      ? []
      : [month.bleeding(choices['bleeding.value'].options[strength] ?? '')]),
    ...(hasOther ? [month.logged] : []),
    ...(bleeding ? [forecast.marks.bleeding[bleeding]] : []),
    ...(fertile ? [forecast.marks.fertile[fertile]] : []),
  ]
  return (
    <td>
      <div className="day-cell day-cell-still">
        <span className="day-number">{dayOfMonth(date)}</span>
        <span className="unseen">{said.join(', ')}</span>
        <span className="day-marks" aria-hidden="true">
          {strength !== undefined && <i className={`mark ${bleedingMarks[strength]}`} />}
          {bleeding && <i className={`mark ${expectedMarks[bleeding]}`} />}
          {fertile && <i className={`mark ${fertileMarks[fertile]}`} />}
          {hasOther && <i className="mark mark-other" />}
        </span>
      </div>
    </td>
  )
}

export function SharedMonth({ month, title, days, expected }: SharedMonthProps) {
  const weeks = weeksOf(month, useFirstWeekday())
  return (
    <table className="month-grid" aria-label={title}>
      <WeekdayHead weeks={weeks} />
      <tbody>
        {weeks.map((week, row) => (
          <tr key={row}>
            {week.map((date, column) =>
              date ? (
                <Cell key={date} date={date} day={days.get(date)} expected={expected.get(date)} />
              ) : (
                <td key={`empty ${column}`} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
