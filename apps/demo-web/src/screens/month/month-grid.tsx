/** The grid of a month, walked by keys as the ARIA grid pattern has it: one day takes the focus. */
import type { Day } from '@selene/client-sdk'
import { dayOfMonth, isCivilDate, monthOf, type CivilDate } from '@selene/client-sdk/calendar'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import type { ExpectedDay } from '../../calendar/forecast-marks.ts'
import { useFirstWeekday } from '../../calendar/first-weekday.ts'
import { firstDayOf, lastDayOf, weeksOf } from '../../calendar/month-grid.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { Link, useRouting } from '../../use-route.tsx'
import { bleedingMarks } from '../day/day-screen.tsx'
import { dateAfterKey } from './grid-keys.ts'
import { expectedMarks, fertileMarks } from './marks.ts'
import { WeekdayHead } from './weekday-head.tsx'

interface MonthGridProps {
  readonly month: string
  readonly title: string
  readonly today: CivilDate
  readonly expected: ReadonlyMap<CivilDate, ExpectedDay>
}

/** Whether anything but bleeding is logged. */
const hasOther = ({ values, importedNote }: Day): boolean =>
  importedNote !== undefined || Object.keys(values).some((name) => !name.startsWith('bleeding.'))

interface DayCellProps {
  readonly date: CivilDate
  readonly day: Day | undefined
  readonly expected: ExpectedDay | undefined
  readonly isToday: boolean
  readonly isFocusable: boolean
}

function DayCell({ date, day, expected, isToday, isFocusable }: DayCellProps) {
  const { month, forecast, choices } = useText()
  const { locale } = useLanguage()
  const strength = day?.values['bleeding.value']
  const others = day !== undefined && hasOther(day)
  // What is logged is known, and nothing beside it is expected.
  const bleeding = strength === undefined ? expected?.bleeding : undefined
  const fertile = expected?.fertile
  const said = [
    dateText(date, locale, { dateStyle: 'long' }),
    ...(isToday ? [month.todayMark] : []),
    ...(strength === undefined
      ? []
      : [month.bleeding(choices['bleeding.value'].options[strength] ?? '')]),
    ...(others ? [month.logged] : []),
    ...(strength === undefined && !others ? [month.empty] : []),
    ...(bleeding ? [forecast.marks.bleeding[bleeding]] : []),
    ...(fertile ? [forecast.marks.fertile[fertile]] : []),
  ]
  return (
    <td role="gridcell">
      <Link
        to={{ name: 'day', date }}
        className="day-cell"
        data-date={date}
        tabIndex={isFocusable ? 0 : -1}
        aria-label={said.join(', ')}
        {...(isToday && { 'aria-current': 'date' as const })}
      >
        <span className="day-number">{dayOfMonth(date)}</span>
        <span className="day-marks" aria-hidden="true">
          {strength !== undefined && <i className={`mark ${bleedingMarks[strength]}`} />}
          {bleeding && <i className={`mark ${expectedMarks[bleeding]}`} />}
          {fertile && <i className={`mark ${fertileMarks[fertile]}`} />}
          {others && <i className="mark mark-other" />}
        </span>
      </Link>
    </td>
  )
}

export function MonthGrid({ month, title, today, expected }: MonthGridProps) {
  const { go } = useRouting()
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  const [picked, setPicked] = useState<CivilDate>()
  const days = useValue('range', firstDayOf(month), lastDayOf(month)) ?? []
  const byDate = new Map(days.map((day) => [day.date, day]))
  const firstWeekday = useFirstWeekday()
  const weeks = weeksOf(month, firstWeekday)
  const start = monthOf(today) === month ? today : firstDayOf(month)
  const focusable = picked && monthOf(picked) === month ? picked : start

  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    grid.current?.querySelector<HTMLElement>(`[data-date="${focusable}"]`)?.focus()
  }, [focusable])

  function walk(event: KeyboardEvent): void {
    const { date } = (event.target as HTMLElement).dataset
    if (!isCivilDate(date)) return
    const next = dateAfterKey(event.key, date, firstWeekday)
    if (!next) return
    event.preventDefault()
    moved.current = true
    setPicked(next)
    if (monthOf(next) !== month) go({ name: 'month', month: monthOf(next) })
  }

  return (
    <table ref={grid} role="grid" className="month-grid" aria-label={title} onKeyDown={walk}>
      <WeekdayHead weeks={weeks} />
      <tbody>
        {weeks.map((week, row) => (
          <tr key={row}>
            {week.map((date, column) =>
              date ? (
                <DayCell
                  key={date}
                  date={date}
                  day={byDate.get(date)}
                  expected={expected.get(date)}
                  isToday={date === today}
                  isFocusable={date === focusable}
                />
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
