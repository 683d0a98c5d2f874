/** The days of the week above a month. */
import type { CivilDate } from '@selene/client-sdk/calendar'
import { useLanguage } from '../../strings/language.tsx'
import { dateText } from '../../strings/moment.ts'

/** @param props.weeks As {@link weeksOf} gives them: the second is whole. */
export function WeekdayHead({ weeks }: { weeks: readonly (readonly (CivilDate | undefined)[])[] }) {
  const { locale } = useLanguage()
  return (
    <thead>
      <tr>
        {weeks[1]!.map((date, column) => (
          <th key={column} scope="col" abbr={dateText(date!, locale, { weekday: 'long' })}>
            {dateText(date!, locale, { weekday: 'short' })}
          </th>
        ))}
      </tr>
    </thead>
  )
}
