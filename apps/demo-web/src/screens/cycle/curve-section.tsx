/** The curve of a cycle, and below it what the signs show. */
import type { Cycle, LoggedDay, SymptothermalEvaluation } from '@selene/client-sdk/calendar'
import { temperatureChart, type ChartOptions } from '@selene/client-sdk/charts'
import { useCallback, useMemo } from 'react'
import { useWording } from '../../calendar/wording.ts'
import { temperatureData } from '../../charts/temperature-data.ts'
import { ChartFigure } from '../../ui/chart.tsx'
import { Section } from '../../ui/section.tsx'
import { findingTexts } from './evaluation-text.ts'

interface CurveSectionProps {
  readonly cycle: Cycle
  readonly days: readonly LoggedDay[]
  readonly evaluation: SymptothermalEvaluation | undefined
  readonly showsFertility: boolean
}

export function CurveSection({ cycle, days, evaluation, showsFertility }: CurveSectionProps) {
  const wording = useWording()
  const words = wording.text.cycle
  const { temperatureUnit } = wording.units
  const data = useMemo(
    () => temperatureData({ cycle, days, evaluation, showsFertility }),
    [cycle, days, evaluation, showsFertility],
  )
  const draw = useCallback(
    (options: ChartOptions) =>
      temperatureChart(data ?? { start: cycle.start, readings: [] }, {
        ...options,
        ...(temperatureUnit && { temperatureUnit }),
      }),
    [data, cycle.start, temperatureUnit],
  )
  const findings = evaluation ? findingTexts(evaluation, wording) : []
  return (
    <>
      <Section title={words.curve}>
        {data ? (
          <ChartFigure draw={draw} tableTitle={words.asTable} />
        ) : (
          <p className="lead">{words.noCurve}</p>
        )}
      </Section>
      {data && evaluation && (
        <Section title={words.seenTitle}>
          {findings.length === 0 && <p>{words.seenNothing}</p>}
          {findings.map((finding) => (
            <p key={finding}>{finding}</p>
          ))}
        </Section>
      )}
    </>
  )
}
