/** A month at a glance; a day opens from here. */
import { monthOf } from '@selene/client-sdk/calendar'
import { firstDayOf, shiftMonth } from '../../calendar/month-grid.ts'
import { useToday } from '../../calendar/today.ts'
import { useLanguage, useText } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Section } from '../../ui/section.tsx'
import { Link } from '../../use-route.tsx'
import { bleedingMarks } from '../day/day-screen.tsx'
import { MonthGrid } from './month-grid.tsx'

function Legend() {
  const { month, choices } = useText()
  return (
    <Section title={month.legend} tone="quiet">
      <ul className="legend">
        {choices['bleeding.value'].options.map((label, strength) => (
          <li key={label}>
            <i className={`mark ${bleedingMarks[strength]}`} aria-hidden="true" />
            {label}
          </li>
        ))}
        <li>
          <i className="mark mark-other" aria-hidden="true" />
          {month.legendLogged}
        </li>
      </ul>
      <p className="small keys">{month.keys}</p>
    </Section>
  )
}

export function MonthScreen(props: { month?: string }) {
  const text = useText()
  const { locale } = useLanguage()
  const today = useToday()
  const shown = props.month ?? monthOf(today)
  const title = dateText(firstDayOf(shown), locale, { month: 'long', year: 'numeric' })
  return (
    <Screen name="month" title={title}>
      <div className="month-picker">
        <Link
          to={{ name: 'month', month: shiftMonth(shown, -1) }}
          className="button button-icon"
          aria-label={text.month.previous}
        >
          <Icon name="previous" />
        </Link>
        <Link
          to={{ name: 'month', month: shiftMonth(shown, 1) }}
          className="button button-icon"
          aria-label={text.month.next}
        >
          <Icon name="next" />
        </Link>
        {shown !== monthOf(today) && (
          <Link to={{ name: 'month' }} className="button">
            {text.month.thisMonth}
          </Link>
        )}
      </div>
      <MonthGrid month={shown} title={title} today={today} />
      <Legend />
    </Screen>
  )
}
