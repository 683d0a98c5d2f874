/** On how many days of each phase a symptom came. */
import { symptomPhaseChart, type ChartOptions } from '@selene/client-sdk/charts'
import { useCallback, useMemo } from 'react'
import { useValue } from '../../backend/use-backend.tsx'
import { mostRows, symptomData, symptomName } from '../../charts/symptom-data.ts'
import { useText } from '../../strings/language.tsx'
import { ChartFigure } from '../../ui/chart.tsx'
import { Section } from '../../ui/section.tsx'

export function SymptomsSection() {
  const text = useText()
  const { insights } = text
  const symptoms = useValue('symptoms')
  const data = useMemo(
    () =>
      symptoms &&
      symptomData(symptoms, {
        phases: text.insights.phases,
        symptom: (symptom) => symptomName(symptom, text),
      }),
    [symptoms, text],
  )
  const draw = useCallback(
    (options: ChartOptions) => symptomPhaseChart(data ?? { phases: [], symptoms: [] }, options),
    [data],
  )
  if (!symptoms) return null
  const { rows, cycles, observedOvulations } = symptoms
  const rest = rows.length - mostRows
  return (
    <Section title={insights.symptomsTitle}>
      {rows.length === 0 ? (
        <p className="lead">{insights.symptomsNone}</p>
      ) : (
        <>
          <ChartFigure draw={draw} tableTitle={insights.asTable} />
          <p className="small">
            {insights.symptomsPhases(observedOvulations, cycles)}{' '}
            {rest > 0 && insights.symptomsRest(rest)}
          </p>
        </>
      )}
    </Section>
  )
}
