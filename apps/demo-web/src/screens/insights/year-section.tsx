/** A year at a glance, one after the other. */
import type { CivilDate } from '@selene/client-sdk/calendar'
import { yearChart, type ChartOptions } from '@selene/client-sdk/charts'
import { useCallback, useMemo, useState } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { forecastMarks } from '../../calendar/forecast-marks.ts'
import { useToday } from '../../calendar/today.ts'
import { yearData } from '../../charts/year-data.ts'
import { useText } from '../../strings/language.tsx'
import { ChartFigure } from '../../ui/chart.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Section } from '../../ui/section.tsx'

const yearOf = (date: CivilDate): number => Number(date.slice(0, 4))

export function YearSection() {
  const { insights } = useText()
  const today = useToday()
  const [chosen, choose] = useState<number>()
  const year = chosen ?? yearOf(today)
  const cycles = useValue('cycles')?.cycles ?? []
  const first = Math.min(yearOf(cycles[0]?.start ?? today), yearOf(today))
  const days = useValue('range', `${year}-01-01` as CivilDate, `${year}-12-31` as CivilDate)
  const forecast = useValue('forecast')
  const showsFertility = useValue('profile')?.showsFertility === true
  const data = useMemo(
    () => yearData(year, days ?? [], forecastMarks(forecast, showsFertility)),
    [year, days, forecast, showsFertility],
  )
  const draw = useCallback((options: ChartOptions) => yearChart(data, options), [data])
  return (
    <Section title={insights.yearTitle}>
      <div className="year-picker">
        <button
          type="button"
          className="button button-icon"
          aria-label={insights.previousYear}
          disabled={year <= first}
          onClick={() => choose(year - 1)}
        >
          <Icon name="previous" />
        </button>
        <strong aria-live="polite">{year}</strong>
        <button
          type="button"
          className="button button-icon"
          aria-label={insights.nextYear}
          disabled={year > yearOf(today)}
          onClick={() => choose(year + 1)}
        >
          <Icon name="next" />
        </button>
      </div>
      <ChartFigure draw={draw} tableTitle={insights.asTable} />
    </Section>
  )
}
