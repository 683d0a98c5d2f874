/** How long cycles have lasted, and how likely each length of the running one is. */
import { cycleLengthChart, type ChartOptions } from '@selene/client-sdk/charts'
import { useCallback, useMemo } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { lengthData } from '../../charts/length-data.ts'
import { useText } from '../../strings/language.tsx'
import { ChartFigure } from '../../ui/chart.tsx'
import { Section } from '../../ui/section.tsx'

export function LengthsSection() {
  const { insights } = useText()
  const history = useValue('cycles')
  const forecast = useValue('forecast')
  const data = useMemo(() => lengthData(history?.cycles ?? [], forecast), [history, forecast])
  const draw = useCallback((options: ChartOptions) => cycleLengthChart(data, options), [data])
  if (!history) return null
  return (
    <Section title={insights.lengthsTitle}>
      {data.cycles.length === 0 ? (
        <p className="lead">{insights.lengthsNone}</p>
      ) : (
        <ChartFigure draw={draw} tableTitle={insights.asTable} />
      )}
    </Section>
  )
}
